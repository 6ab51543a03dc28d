import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { pino } from "pino";
import { openCheckpoint } from "../../src/ledger/checkpoint";
import { NoteVerifier } from "../../src/ledger/signedNote";
import { notesIn } from "../../src/sealer/checkpointFolder";
import { LogKeys } from "../../src/sealer/logKeys";
import { mostEntries, Sealed, sealEntries } from "../../src/sealer/sealEntries";
import { SealerSetting } from "../../src/sealer/sealer";
import { Database } from "../../src/store/dataSource";
import { Queryable } from "../../src/store/queryable";
import { withTransaction } from "../../src/store/transaction";
import { freshService, TestService } from "../cases/testService";
import { logKey, origin, receiptKey } from "../ledger/logKeys";
import { TextbookTree } from "../ledger/textbookTree";

export const keysForTests: LogKeys = {
  origin,
  checkpointSigners: [logKey.signer],
  receiptSigner: receiptKey.signer,
};

/** What a process has written to its log, a line at a time. */
export interface LogLine {
  readonly level: number;
  readonly code?: string;
  readonly reason?: string;
  readonly msg: string;
}

export interface SealedService extends TestService {
  readonly setting: SealerSetting;
  readonly folder: string;
  readonly lines: readonly LogLine[];
}

/** A service on a database of its own, with a folder for its checkpoints. */
export async function sealedService(): Promise<SealedService> {
  const service = await freshService();
  const folder = await mkdtemp(join(tmpdir(), "esi-sealer-"));
  const lines: LogLine[] = [];
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const setting = { database: service.database, keys: keysForTests, checkpointFolder: folder, log };
  const close = async (): Promise<void> => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...service, setting, folder, lines, close };
}

export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

let made = 0;

/** A plain row, as small as the table allows. Only what the sealer looks at is as it would be. */
export async function insertDecision(
  client: Client,
  memberId: string,
  sequence: number,
  ageSeconds = 0,
): Promise<string> {
  made += 1;
  const { rows } = await client.query<{ id: string }>(
    `insert into decision (member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
       decided_at, client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions,
       procedure_codes, failed_rules, provider_npis, record, salt, leaf)
     values ($1, $2, gen_random_uuid(), 'ADJUDICATION', 'DENIED', $3, '2025-03-10', clock_timestamp() - $5 * interval '1 second',
       'client', $3, sha256(''), null, null, '{}', '{}', '{}', '{}', '{}', substr(sha256(''), 1, 16), $4)
     returning id`,
    [
      ...[memberId, sequence, `C-${process.pid}-${made}`],
      Buffer.from(`leaf ${memberId} ${sequence} ${made}`),
      ageSeconds,
    ],
  );
  return rows[0].id;
}

export function sealOnce(database: Database, limit = mostEntries): Promise<Sealed> {
  return withTransaction(database, (queryable) => sealEntries(queryable, limit));
}

/** Passes until one has sealed something: other tests on the server may hold back the horizon. */
export async function sealSome(database: Database, limit = mostEntries): Promise<number> {
  for (let tries = 1; ; tries++) {
    const sealed = await sealOnce(database, limit);
    if (sealed.kind === "sealed" && sealed.entries > 0) return sealed.entries;
    if (tries === 400) throw new Error(`nothing could be sealed: ${sealed.kind}`);
    await delay(25);
  }
}

export async function sealAll(database: Database): Promise<void> {
  await until(async () => {
    await sealOnce(database);
    const { entries, leaves } = await sizeOf(database);
    return entries === leaves;
  });
}

/** Waits until everything is sealed, by whomever. */
export async function untilSealed(database: Queryable): Promise<void> {
  await until(async () => {
    const { entries, leaves } = await sizeOf(database);
    return entries === leaves;
  });
}

/** Waits until something holds, at most ten seconds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await delay(20);
  }
}

export async function sizeOf(database: Queryable): Promise<{ entries: number; leaves: number }> {
  const [size] = await database.query<{ entries: number; leaves: number }[]>(
    "select (select count(*) from audit_source)::int as entries, (select count(*) from audit_leaf)::int as leaves",
  );
  return size;
}

export async function sealedIds(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ entry_id: string }[]>(
    "select entry_id from audit_leaf order by leaf_index",
  );
  return rows.map(({ entry_id: id }) => id);
}

interface LeafRow {
  readonly leaf_index: string;
  readonly leaf: Buffer;
  readonly leaf_hash: Buffer;
  readonly member_id: string | null;
  readonly ordinal: number;
}

const everyLeaf = `
select l.leaf_index, l.leaf_hash, coalesce(d.leaf, e.leaf, p.leaf) as leaf, d.member_id,
       coalesce(d.member_sequence, e.sequence, p.sequence) as ordinal
  from audit_leaf l
  left join decision d on d.id = l.entry_id
  left join policy_exception e on e.id = l.entry_id
  left join purge p on p.id = l.entry_id
 order by l.leaf_index`;

/** Holds the whole log against a tree of its own: places, order, hashes, every head, every tile. */
export async function expectSoundLog(database: Queryable): Promise<TextbookTree> {
  const rows = await database.query<LeafRow[]>(everyLeaf);
  expect(rows.map(({ leaf_index: index }) => index)).toEqual(rows.map((_, place) => String(place)));
  const tree = new TextbookTree(rows.map(({ leaf }) => leaf));
  const wrong = rows.filter(({ leaf_hash: hash }, place) => !hash.equals(tree.leafHash(place)));
  expect(wrong).toEqual([]);
  const last = new Map<string | null, number>();
  for (const { member_id: member, ordinal } of rows) {
    if (member !== null) expect(ordinal).toBe((last.get(member) ?? 0) + 1);
    last.set(member, ordinal);
  }
  const heads = await database.query<{ tree_size: string; root: Buffer }[]>(
    "select tree_size, root from audit_head order by tree_size",
  );
  const rightRoot = ({ tree_size: size, root }: { tree_size: string; root: Buffer }) =>
    tree.root(Number(size)).equals(root);
  expect(heads.filter((head) => !rightRoot(head))).toEqual([]);
  expect(Number(heads.at(-1)?.tree_size ?? 0)).toBe(rows.length);
  const tiles = await database.query<{ from: number; to: number; root: Buffer }[]>(
    `select (256 ^ (level + 1))::int * idx::int as from, (256 ^ (level + 1))::int * (idx::int + 1) as to, root
       from audit_tile`,
  );
  expect(tiles).toHaveLength(Math.floor(rows.length / 256));
  expect(tiles.filter(({ from, to, root }) => !tree.root(to, from).equals(root))).toEqual([]);
  return tree;
}

/** Holds the folder and what is stored of signatures against the tree; tells the sizes that are published. */
export async function expectSoundCheckpoints(
  { database, folder }: { readonly database: Queryable; readonly folder: string },
  tree: TextbookTree,
  verifiers: readonly NoteVerifier[] = [logKey.verifier],
): Promise<number[]> {
  const notes = await notesIn(folder);
  for (const { note, treeSize } of notes) {
    const opened = openCheckpoint(note, verifiers);
    expect(opened).toEqual({ value: { origin, treeSize, rootHash: tree.root(Number(treeSize)) } });
  }
  const stored = await database.query<{ tree_size: string }[]>(
    "select distinct tree_size from audit_checkpoint order by tree_size",
  );
  const sizes = notes.map(({ treeSize }) => String(treeSize));
  expect(stored.map(({ tree_size: size }) => size)).toEqual(sizes);
  return sizes.map(Number);
}

const clock = performance.now.bind(performance);
let aheadMilliseconds = 0;

/** Makes the process's clock that only runs forward run ahead, until mocks are restored. */
export function letPass(seconds: number): void {
  if (!jest.isMockFunction(performance.now)) {
    aheadMilliseconds = 0;
    jest.spyOn(performance, "now").mockImplementation(() => clock() + aheadMilliseconds);
  }
  aheadMilliseconds += seconds * 1_000;
}
