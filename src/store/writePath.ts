import { PoolClient } from "pg";
import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { Database } from "./dataSource";
import { DecisionRow } from "./decisionRow";
import { storePolicyVersion } from "./policyVersions";
import { parseRecord } from "./record";

/** A member's stream as it was read, and what the next link of it is arbitrated by. */
export interface StreamRead {
  /** The database's clock at the read. */
  readonly now: Instant;
  readonly stream: readonly Decision[];
  /** Leaf hash of the last decision; null where there is none. */
  readonly lastLeafHash: Buffer | null;
}

/** A decision to be stored, and the leaf hash of the member's decision before it. */
export interface NewRow extends Omit<DecisionRow, "leafHash"> {
  readonly previousLeafHash: Buffer | null;
}

/** One connection of the pool, held for the two statements of the write path. */
export interface WritePath {
  readonly readStreams: (memberIds: readonly string[]) => Promise<Map<string, StreamRead>>;
  readonly append: (rows: readonly NewRow[]) => Promise<Set<string>>;
  readonly storePolicyVersion: (version: SealedPolicyVersion) => Promise<void>;
}

export async function withWritePath<T>(database: Database, use: (path: WritePath) => Promise<T>): Promise<T> {
  const queryRunner = database.createQueryRunner();
  try {
    const client: PoolClient = await queryRunner.connect();
    return await use({
      readStreams: (memberIds) => readStreams(client, memberIds),
      append: (rows) => append(client, rows),
      storePolicyVersion: (version) => storePolicyVersion(client, version),
    });
  } finally {
    await queryRunner.release();
  }
}

export const streamStatement = `
select m.member_id, d.leaf_hash, d.record,
       to_char(statement_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now
  from unnest($1::text[]) as m (member_id)
  left join decision d on d.member_id = m.member_id
 order by m.member_id collate "C", d.member_sequence`;

interface StreamRow {
  readonly member_id: string;
  readonly leaf_hash: Buffer | null;
  readonly record: string | null;
  readonly now: Instant;
}

/**
 * Statement 1: the streams of the members, with one clock for all. Every member asked for is in the answer.
 */
async function readStreams(
  client: PoolClient,
  memberIds: readonly string[],
): Promise<Map<string, StreamRead>> {
  const values = [[...new Set(memberIds)]];
  const { rows } = await client.query<StreamRow>({ name: "stream", text: streamStatement, values });
  const streams = new Map<string, { now: Instant; stream: Decision[]; lastLeafHash: Buffer | null }>();
  for (const { member_id: memberId, leaf_hash: leafHash, record, now } of rows) {
    const read = streams.get(memberId) ?? { now, stream: [], lastLeafHash: null };
    streams.set(memberId, read);
    if (record === null) continue;
    read.stream.push(parseRecord(record));
    read.lastLeafHash = leafHash;
  }
  return streams;
}

const columns = `member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
  decided_at, client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions,
  procedure_codes, failed_rules, provider_npis, record, salt, leaf`;

/**
 * The first new row of each member is arbitrated by the primary key, its further ones follow it. A row is
 * only stored behind the very decision that it was decided on, and not by a process that slept between
 * reading and writing. Members are taken in one order, so that batches that cross cannot deadlock.
 */
export const appendStatement = `
with new_row as materialized (
  select * from json_to_recordset($1::json) as r (
    member_id text, member_sequence integer, id uuid, kind text, disposition text, claim_number text,
    date_of_service date, decided_at timestamptz, client_id text, idempotency_key text, request_hash bytea,
    supersedes integer, policy_version_id text, regions text[], procedure_codes text[], failed_rules text[],
    provider_npis text[], record text, salt bytea, leaf bytea, previous_leaf_hash bytea, is_first boolean)
), first_row as (
  insert into decision (${columns})
  select ${columns}
    from new_row n
   where is_first
     and clock_timestamp() < decided_at + interval '5 seconds'
     and (member_sequence = 1 or previous_leaf_hash = (
       select previous.leaf_hash from decision previous
        where previous.member_id = n.member_id and previous.member_sequence = n.member_sequence - 1))
   order by member_id collate "C"
  on conflict (member_id, member_sequence) do nothing
  returning member_id
), further_row as (
  insert into decision (${columns})
  select ${columns}
    from new_row
   where not is_first and member_id in (select member_id from first_row)
   order by member_id collate "C", member_sequence
)
select member_id from first_row`;

/**
 * Statement 2: stores new decisions, several of one member in the order of their sequence. Answers the
 * members whose rows are stored; of any other nothing is, and what was decided for it must be decided again
 * on its stream as it is now.
 */
async function append(client: PoolClient, rows: readonly NewRow[]): Promise<Set<string>> {
  const values = [appendParameter(rows)];
  const stored = await client.query<{ member_id: string }>({ name: "append", text: appendStatement, values });
  return new Set(stored.rows.map(({ member_id: memberId }) => memberId));
}

/** The one parameter of statement 2: all rows as JSON text. */
export function appendParameter(rows: readonly NewRow[]): string {
  const started = new Set<string>();
  const newRows = rows.map((row) => {
    const isFirst = !started.has(row.memberId);
    started.add(row.memberId);
    return wireRow(row, isFirst);
  });
  return JSON.stringify(newRows);
}

function wireRow(row: NewRow, isFirst: boolean): object {
  return {
    member_id: row.memberId,
    member_sequence: row.memberSequence,
    id: row.id,
    kind: row.kind,
    disposition: row.disposition,
    claim_number: row.claimNumber,
    date_of_service: row.dateOfService,
    decided_at: row.decidedAt,
    client_id: row.clientId,
    idempotency_key: row.idempotencyKey,
    request_hash: hexText(row.requestHash),
    supersedes: row.supersedes,
    policy_version_id: row.policyVersionId,
    regions: row.regions,
    procedure_codes: row.procedureCodes,
    failed_rules: row.failedRules,
    provider_npis: row.providerNpis,
    record: row.record,
    salt: hexText(row.salt),
    leaf: hexText(row.leaf),
    previous_leaf_hash: row.previousLeafHash && hexText(row.previousLeafHash),
    is_first: isFirst,
  };
}

function hexText(bytes: Buffer): string {
  return `\\x${bytes.toString("hex")}`;
}
