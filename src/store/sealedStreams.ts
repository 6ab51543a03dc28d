import { DecisionRow } from "./decisionRow";
import { listedRow, ListedRow, MemberRange } from "./everyStream";
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
  /** The values of the columns that follow from the record, as JSON, in the order of their names. */
  readonly columns: string;
  /** Whether the table of policy versions has the one that the row names; true where it names none. */
  readonly isVersionStored: boolean;
  /** Absent while it is not sealed. */
  readonly sealed?: SealedPlace;
  /** How long ago it was decided, by the clock of the database. */
  readonly ageSeconds: number;
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

type Compared = Omit<DecisionRow, "record" | "salt" | "leaf" | "leafHash">;

/** What is compared: the name of each column, how it is read, and what a row says of it. */
const compared: readonly (readonly [name: string, read: string, value: (row: Compared) => unknown])[] = [
  ["member_id", "member_id", ({ memberId }) => memberId],
  ["member_sequence", "member_sequence", ({ memberSequence }) => memberSequence],
  ["id", "id", ({ id }) => id],
  ["kind", "kind", ({ kind }) => kind],
  ["disposition", "disposition", ({ disposition }) => disposition],
  ["claim_number", "claim_number", ({ claimNumber }) => claimNumber],
  ["date_of_service", "date_of_service", ({ dateOfService }) => dateOfService],
  ["decided_at", "decided_at at time zone 'UTC'", ({ decidedAt }) => timestampText(decidedAt)],
  ["client_id", "client_id", ({ clientId }) => clientId],
  ["idempotency_key", "idempotency_key", ({ idempotencyKey }) => idempotencyKey],
  ["request_hash", "encode(request_hash, 'hex')", ({ requestHash }) => requestHash.toString("hex")],
  ["supersedes", "supersedes", ({ supersedes }) => supersedes],
  ["policy_version_id", "policy_version_id", ({ policyVersionId }) => policyVersionId],
  ["regions", "regions", ({ regions }) => regions],
  ["procedure_codes", "procedure_codes", ({ procedureCodes }) => procedureCodes],
  ["failed_rules", "failed_rules", ({ failedRules }) => failedRules],
  ["provider_npis", "provider_npis", ({ providerNpis }) => providerNpis],
];

/** The names of the columns in which the stored values are not those of the row. */
export function differingColumns(stored: string, row: Compared): string[] {
  const texts = compared.map(([, , valueOf]) => JSON.stringify(valueOf(row)));
  // As the database writes a list; where it writes a text in another way, the values tell.
  if (stored === `[${texts.join(", ")}]`) return [];
  const values: unknown[] = JSON.parse(stored);
  return compared.flatMap(([name], place) => (JSON.stringify(values[place]) === texts[place] ? [] : name));
}

/** As the database writes a time in JSON: without the zeros at its end. */
function timestampText(instant: string): string {
  return instant.replace(/\.?0*Z$/, "");
}

interface StreamRow {
  readonly member_id: string;
  readonly member_sequence: number;
  readonly id: string | null;
  readonly record: string;
  readonly salt: Buffer;
  readonly leaf: Buffer;
  readonly leaf_hash: Buffer;
  readonly columns: string;
  readonly is_version_stored: boolean;
  readonly age: number;
  readonly leaf_index: string | null;
  readonly sealed_hash: Buffer;
  readonly decision_id: string | null;
  readonly cause_sequence: number;
  readonly caused_at: string;
}

const chosen = `($1::text is null or member_id > $1) and ($2::text is null or member_id <= $2)
  and ($3::text[] is null or member_id = any ($3))`;

/** Each leaf is looked up by itself: the planner would rather read the whole log for each range. */
const statement = `
select member_id, member_sequence, d.id, d.record, d.salt, d.leaf, d.leaf_hash, d.columns,
       d.is_version_stored, d.age, d.leaf_index, d.sealed_hash, c.decision_id, c.cause_sequence,
       to_char(c.caused_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as caused_at
  from (select member_id, member_sequence, id, record, salt, leaf, decision.leaf_hash,
               json_build_array(${compared.map(([, read]) => read).join(", ")})::text as columns,
               policy_version_id is null
               or exists (select from policy_version p where p.id = policy_version_id) as is_version_stored,
               extract(epoch from statement_timestamp() - decided_at)::float8 as age,
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
  const { record, salt, leaf, leaf_hash: leafHash, columns, age: ageSeconds } = row;
  const { leaf_index: leafIndex, sealed_hash: sealedHash } = row;
  const { member_sequence: memberSequence, is_version_stored: isVersionStored } = row;
  const sealed = leafIndex === null ? undefined : { leafIndex, leafHash: sealedHash };
  return { memberSequence, id, record, salt, leaf, leafHash, columns, isVersionStored, sealed, ageSeconds };
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
