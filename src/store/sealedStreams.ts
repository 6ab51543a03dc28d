import { compared, StoredColumns } from "./comparedColumns";
import { listedRow, ListedRow, MemberRange } from "./everyStream";
import { exactInstantText } from "./instantText";
import { Queryable } from "./queryable";

/** Some members: those of a range, or of them only those named. */
export interface MemberChoice extends MemberRange {
  readonly members?: readonly string[];
}

/** A decision with all that is stored of it, and its place in the log. Nothing in it is read here. */
export interface SealedRow {
  readonly memberSequence: number;
  readonly id: string;
  readonly record: string;
  readonly salt: Buffer;
  readonly leaf: Buffer;
  /** As the database computed it. */
  readonly leafHash: Buffer;
  /** The columns that follow from the record. */
  readonly columns: StoredColumns;
  /** Whether the table of policy versions has the one that the row names; true where it names none. */
  readonly isVersionStored: boolean;
  /** Absent while it is not sealed. */
  readonly sealed?: SealedPlace;
  /** How long ago it was decided, by the clock of the database. */
  readonly ageSeconds: number;
  /** Decided at a time that is not yet, by more than clocks differ. */
  readonly isAhead: boolean;
  /** Whether the log has all that was written so early; false where that cannot be said. */
  readonly isPassed: boolean;
}

/** Where the log has an entry, and the hash of the leaf that it has there. */
export interface SealedPlace {
  /** Decimal text. */
  readonly leafIndex: string;
  readonly leafHash: Buffer;
}

/** The decisions of a member in their order, and its rows of the work list at the same moment. */
export interface SealedStream {
  readonly decisions: readonly SealedRow[];
  readonly listed: readonly ListedRow[];
}

interface StreamRow extends StoredColumns {
  readonly member_id: string;
  readonly member_sequence: number;
  readonly id: string | null;
  readonly record: string;
  readonly salt: Buffer;
  readonly leaf: string;
  readonly leaf_hash: Buffer;
  readonly is_version_stored: boolean;
  readonly age: number;
  readonly is_ahead: boolean;
  readonly is_passed: boolean;
  readonly leaf_index: string | null;
  readonly sealed_hash: Buffer;
  readonly decision_id: string | null;
  readonly cause_sequence: number;
  readonly caused_at: string;
}

const chosen = `($1::text is null or member_id > $1) and ($2::text is null or member_id <= $2)
  and ($3::text[] is null or member_id = any ($3))`;

/** Those that are not of the member alone. */
const names = compared
  .map(([name]) => name)
  .filter((name) => name !== "member_id" && name !== "member_sequence");

/** Whether a time is to come, by more than clocks differ. */
export const isAhead = (time: string) => `${time} > statement_timestamp() + interval '60 seconds'`;

/** Whether a transaction is before that of the last leaf, where both are of this cluster. */
export const isPassed = (xact: string) =>
  `coalesce(${xact} < (
     select low_water
       from audit_head
      where tree_size = (select max(tree_size) from audit_head)
        and cluster_id = (select system_identifier from pg_control_system())), false)`;

/** Each leaf is looked up by itself: the planner would rather read the whole log for each range. */
const statement = `
select member_id, member_sequence, ${names.map((name) => `d.${name}`).join(", ")}, d.record, d.salt, d.leaf,
       d.leaf_hash, d.is_version_stored, d.age, d.is_ahead, d.is_passed, d.leaf_index, d.sealed_hash,
       c.decision_id, c.cause_sequence,
       ${exactInstantText("c.caused_at")} as caused_at
  from (select ${compared.map(([name, read]) => `${read} as ${name}`).join(", ")},
               record, salt, encode(leaf, 'escape') as leaf, decision.leaf_hash,
               policy_version_id is null
               or policy_version_id = any (array(select id from policy_version)) as is_version_stored,
               extract(epoch from statement_timestamp() - decided_at)::float8 as age,
               ${isAhead("decided_at")} as is_ahead, ${isPassed("xact")} as is_passed,
               l.leaf_index, l.leaf_hash as sealed_hash
          from decision
          left join lateral (
                 select leaf_index, leaf_hash from audit_leaf where entry_id = id limit 1) l on true
         where ${chosen}) d
  full join (select * from readjudication_candidate where ${chosen}) c
 using (member_id, member_sequence)
 order by member_id, member_sequence`;

/** The streams of the members chosen by one statement: each is whole, or was so a moment ago. */
export async function readSealedStreams(
  database: Queryable,
  { after, upTo, members }: MemberChoice,
): Promise<SealedStream[]> {
  const parameters = [after ?? null, upTo ?? null, members ?? null];
  const streams: { memberId: string; decisions: SealedRow[]; listed: ListedRow[] }[] = [];
  for (const row of await database.query<StreamRow[]>(statement, parameters)) {
    let stream = streams.at(-1);
    if (stream?.memberId !== row.member_id) {
      stream = { memberId: row.member_id, decisions: [], listed: [] };
      streams.push(stream);
    }
    if (row.id !== null) stream.decisions.push(sealedRow(row, row.id));
    if (row.decision_id !== null) stream.listed.push(listedRow(row, row.decision_id));
  }
  return streams;
}

function sealedRow(row: StreamRow, id: string): SealedRow {
  const { record, salt, leaf, leaf_hash: leafHash, age: ageSeconds } = row;
  const { leaf_index: leafIndex, sealed_hash: sealedHash } = row;
  const { member_sequence: memberSequence, is_version_stored: isVersionStored } = row;
  const sealed = leafIndex === null ? undefined : { leafIndex, leafHash: sealedHash };
  return {
    memberSequence,
    id,
    record,
    salt,
    leaf: bytesOf(leaf),
    leafHash,
    columns: row,
    isVersionStored,
    sealed,
    ageSeconds,
    isAhead: row.is_ahead,
    isPassed: row.is_passed,
  };
}

/** Bytes from a text in which a backslash stands before another one and before each that is not ASCII. */
function bytesOf(escaped: string): Buffer {
  const letterOf = (_: string, code: string) =>
    code === "\\" ? code : String.fromCharCode(parseInt(code, 8));
  const letters = escaped.includes("\\") ? escaped.replace(/\\(\\|[0-7]{3})/g, letterOf) : escaped;
  return Buffer.from(letters, "latin1");
}

/** Members in a list at once. */
const membersAtOnce = 500;

/**
 * The members whose decisions are in the log from an index on, or in no log: in lists, while the transaction
 * lasts that it begins.
 */
export async function* changedMembers(
  connection: Queryable,
  fromIndex: bigint,
): AsyncGenerator<MemberChoice> {
  await connection.query("begin transaction read only");
  try {
    await connection.query(
      `declare changed no scroll cursor for
       select distinct d.member_id
         from decision d
         left join audit_leaf l on l.entry_id = d.id
        where l.leaf_index is null or l.leaf_index >= ${fromIndex}`,
    );
    for (;;) {
      const rows = await connection.query<{ member_id: string }[]>(`fetch ${membersAtOnce} from changed`);
      if (rows.length === 0) return;
      yield { members: rows.map(({ member_id: memberId }) => memberId) };
    }
  } finally {
    await connection.query("rollback");
  }
}
