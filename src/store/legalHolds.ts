import { Instant } from "../claim/instant";
import { Connection } from "./connection";
import { instantText } from "./instantText";
import { Queryable } from "./queryable";
import { underLock } from "./tableLock";

/** A hold of one matter is placed on members, or lifted from them. */
export interface HoldDeclaration {
  readonly memberIds: readonly string[];
  readonly reference: string;
  readonly isPlaced: boolean;
}

/** What a declaration came to for one member. */
export interface DeclaredHold {
  /** False where it was so already. */
  readonly isChange: boolean;
  readonly hasDecisions: boolean;
}

/** A matter that holds members now. */
export interface StandingHold {
  readonly reference: string;
  readonly members: number;
  /** When the first of them was placed. */
  readonly since: Instant;
}

/** Declares a hold for all members or for none; the answers are in their order. No purge runs meanwhile. */
export async function declareHold(
  connection: Connection,
  { memberIds, reference, isPlaced }: HoldDeclaration,
): Promise<DeclaredHold[]> {
  return underLock(connection, ["legal_hold"], () =>
    connection.query<DeclaredHold[]>(
      `with named as (
         select * from unnest($1::text[]) with ordinality as n (member_id, place)
       ), changed as (
         insert into legal_hold (member_id, reference, is_placed)
         select member_id, $2, $3
           from named n
          where coalesce((select is_placed from legal_hold h
                           where h.member_id = n.member_id and h.reference = $2
                           order by sequence desc limit 1), false) <> $3
          order by place
         returning member_id
       )
       select member_id in (select member_id from changed) as "isChange",
              exists (select from decision d where d.member_id = n.member_id) as "hasDecisions"
         from named n
        order by place`,
      [memberIds, reference, isPlaced],
    ),
  );
}

const standing = `
select member_id, reference, at
  from (select distinct on (member_id, reference) *
          from legal_hold order by member_id, reference, sequence desc) newest
 where is_placed`;

/** The matters that hold members, oldest first. */
export async function standingHolds(database: Queryable): Promise<StandingHold[]> {
  return database.query<StandingHold[]>(
    `select reference, count(*)::integer as members,
            ${instantText("min(at)")} as since
       from (${standing}) s
      group by reference
      order by min(at), reference`,
  );
}

/** The members that a matter holds now, by id. */
export async function membersUnderHold(database: Queryable, reference: string): Promise<string[]> {
  const rows = await database.query<{ member_id: string }[]>(
    `select member_id from (${standing} and reference = $1) s order by member_id`,
    [reference],
  );
  return rows.map(({ member_id: memberId }) => memberId);
}
