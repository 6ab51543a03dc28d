import { PoolClient } from "pg";
import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import { ExceptionEntry } from "../policy/exceptionRegister";
import { SealedPolicyVersion } from "../policy/policyVersion";
import { append, NewRow, WorkListChange } from "./append";
import { Database } from "./dataSource";
import { readExceptions } from "./exceptions";
import { instantText } from "./instantText";
import { storePolicyVersion } from "./policyVersions";
import { parseRecord } from "./record";

/** A member's stream as it was read, and what the next link of it is arbitrated by. */
export interface StreamRead {
  /** The database's clock at the read. */
  readonly now: Instant;
  readonly stream: readonly Decision[];
  /** Leaf hash of the last decision; null where there is none. */
  readonly lastLeafHash: Buffer | null;
  /** How many entries the register of exceptions had at the read. */
  readonly exceptionSequence: number;
}

/** One connection of the pool, held for the two statements of the write path. */
export interface WritePath {
  readonly readStreams: (memberIds: readonly string[]) => Promise<Map<string, StreamRead>>;
  readonly readExceptions: (after: number) => Promise<ExceptionEntry[]>;
  readonly append: (rows: readonly NewRow[], changes: readonly WorkListChange[]) => Promise<Set<string>>;
  readonly storePolicyVersion: (version: SealedPolicyVersion) => Promise<void>;
}

export async function withWritePath<T>(database: Database, use: (path: WritePath) => Promise<T>): Promise<T> {
  const queryRunner = database.createQueryRunner();
  try {
    const client: PoolClient = await queryRunner.connect();
    return await use({
      readStreams: (memberIds) => readStreams(client, memberIds),
      readExceptions: async (after) => (await readExceptions(queryRunner, after)).entries,
      append: (rows, changes) => append(client, rows, changes),
      storePolicyVersion: (version) => storePolicyVersion(client, version),
    });
  } finally {
    await queryRunner.release();
  }
}

/**
 * Lateral, so that it goes by the key however few rows there are when it is prepared: a plan made for a young
 * table is kept until PostgreSQL analyzes it, and would read more of it with each decision.
 */
export const streamStatement = `
select m.member_id, d.leaf_hash, d.record,
       ${instantText("statement_timestamp()")} as now,
       (select coalesce(max(sequence), 0) from policy_exception) as exception_sequence
  from unnest($1::text[]) as m (member_id)
  left join lateral (
    select leaf_hash, record, member_sequence
      from decision
     where member_id = m.member_id
     order by member_sequence
  ) d on true
 order by m.member_id collate "C", d.member_sequence`;

interface StreamRow {
  readonly member_id: string;
  readonly leaf_hash: Buffer | null;
  readonly record: string | null;
  readonly now: Instant;
  readonly exception_sequence: number;
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
  const streams = new Map<string, StreamRead & { stream: Decision[] }>();
  for (const { member_id: memberId, leaf_hash: lastLeafHash, record, ...row } of rows) {
    const { now, exception_sequence: exceptionSequence } = row;
    const stream = streams.get(memberId)?.stream ?? [];
    if (record !== null) stream.push(parseRecord(record));
    streams.set(memberId, { now, stream, lastLeafHash, exceptionSequence });
  }
  return streams;
}
