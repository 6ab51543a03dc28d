import { Instant } from "../claim/instant";
import { largestLogIndex } from "../ledger/logIndex";
import { instantText } from "./instantText";
import { Queryable } from "./queryable";

/** What the log holds, or will hold, of a decision, and what opens it. */
export interface DecisionEntry {
  readonly decisionId: string;
  readonly memberSequence: number;
  readonly decidedAt: Instant;
  readonly leaf: string;
  readonly leafHash: Buffer;
  /** Undefined until it is sealed. */
  readonly leafIndex?: bigint;
}

/** The salt and the record that a decision's leaf stands for. */
export interface Opening {
  readonly decisionId: string;
  readonly memberId: string;
  readonly salt: Buffer;
  readonly record: string;
}

/** Which kind of entry a leaf stands for. */
export type EntrySource = "decision" | "policy_exception" | "purge";

/** An entry of the log. */
export interface LogEntry {
  readonly leafIndex: bigint;
  readonly entryId: string;
  readonly source: EntrySource;
  readonly leafHash: Buffer;
  /** Undefined where it has been taken away, which nobody may do. */
  readonly leaf?: string;
  /** Its content was erased after its retention; the leaf is what is left. */
  readonly isPurged: boolean;
}

interface DecisionEntryRow {
  readonly id: string;
  readonly member_sequence: number;
  readonly decided_at: Instant;
  readonly leaf: Buffer;
  readonly leaf_hash: Buffer;
  readonly leaf_index: string | null;
}

const decisionEntries = `
select d.id, d.member_sequence, d.leaf, d.leaf_hash, l.leaf_index,
       ${instantText("d.decided_at")} as decided_at
  from decision d
  left join audit_leaf l on l.entry_id = d.id`;

/** The entries of the decisions with these ids, in any order. */
export async function findDecisionEntries(
  queryable: Queryable,
  ids: readonly string[],
): Promise<DecisionEntry[]> {
  const rows = await queryable.query<DecisionEntryRow[]>(`${decisionEntries} where d.id = any ($1::uuid[])`, [
    ids,
  ]);
  return rows.map(decisionEntryOf);
}

/** Those of a part of a member's stream, both ends inclusive. */
export async function readMemberEntries(
  queryable: Queryable,
  memberId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<DecisionEntry[]> {
  const rows = await queryable.query<DecisionEntryRow[]>(
    `${decisionEntries}
      where d.member_id = $1 and d.member_sequence between $2 and $3
      order by d.member_sequence`,
    [memberId, from, to],
  );
  return rows.map(decisionEntryOf);
}

/** The last place in a member's stream that is in the tree of a size; 0 where none is. */
export async function readSealedLength(
  queryable: Queryable,
  memberId: string,
  treeSize: bigint,
): Promise<number> {
  const [{ length }] = await queryable.query<{ length: number }[]>(
    `select coalesce(max(d.member_sequence), 0) as length
       from decision d
       join audit_leaf l on l.entry_id = d.id
      where d.member_id = $1 and l.leaf_index < $2`,
    [memberId, treeSize],
  );
  return length;
}

/** What opens the leaves of the decisions with these ids, in any order. */
export async function findOpenings(queryable: Queryable, ids: readonly string[]): Promise<Opening[]> {
  return queryable.query<Opening[]>(
    `select id as "decisionId", member_id as "memberId", salt, record
       from decision
      where id = any ($1::uuid[])`,
    [ids],
  );
}

interface LogEntryRow {
  readonly leaf_index: string;
  readonly entry_id: string;
  readonly source: EntrySource;
  readonly leaf_hash: Buffer;
  readonly leaf: Buffer | null;
  readonly is_purged: boolean;
}

const logEntries = `
select l.leaf_index, l.entry_id, l.source, l.leaf_hash, x.entry_id is not null as is_purged,
       coalesce(d.leaf, x.leaf, e.leaf, p.leaf) as leaf
  from audit_leaf l
  left join decision d on d.id = l.entry_id and l.source = 'decision'
  left join purged_decision x on x.entry_id = l.entry_id and l.source = 'decision'
  left join policy_exception e on e.id = l.entry_id and l.source = 'policy_exception'
  left join purge p on p.id = l.entry_id and l.source = 'purge'`;

/** The entries of the log from an index on. */
export async function readLogEntries(queryable: Queryable, from: bigint, limit: number): Promise<LogEntry[]> {
  const rows = await queryable.query<LogEntryRow[]>(
    `${logEntries} where l.leaf_index between $1 and $2 order by l.leaf_index`,
    [from, lastOf(from, limit)],
  );
  return rows.map(logEntryOf);
}

function lastOf(from: bigint, limit: number): bigint {
  const last = from + BigInt(limit) - 1n;
  return last < largestLogIndex ? last : largestLogIndex;
}

/** The entry of the log with an id; undefined where none is sealed. */
export async function findLogEntry(queryable: Queryable, entryId: string): Promise<LogEntry | undefined> {
  const rows = await queryable.query<LogEntryRow[]>(`${logEntries} where l.entry_id = $1`, [entryId]);
  return rows.map(logEntryOf).at(0);
}

function decisionEntryOf(row: DecisionEntryRow): DecisionEntry {
  return {
    decisionId: row.id,
    memberSequence: row.member_sequence,
    decidedAt: row.decided_at,
    leaf: row.leaf.toString("utf8"),
    leafHash: row.leaf_hash,
    leafIndex: row.leaf_index === null ? undefined : BigInt(row.leaf_index),
  };
}

function logEntryOf(row: LogEntryRow): LogEntry {
  return {
    leafIndex: BigInt(row.leaf_index),
    entryId: row.entry_id,
    source: row.source,
    leafHash: row.leaf_hash,
    leaf: row.leaf?.toString("utf8"),
    isPurged: row.is_purged,
  };
}
