import { Client } from "pg";
import { consistencyPath, entryProof, logCheckpoint } from "../../src/cases/auditLog";
import { Service } from "../../src/cases/service";
import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { verifierKeyText } from "../../src/ledger/verifierKey";
import { localOrigin, openLogKeys } from "../../src/sealer/logKeys";
import { mostEntries, sealEntries } from "../../src/sealer/sealEntries";
import { signNewestHead } from "../../src/sealer/signHead";
import { storeLogKey } from "../../src/store/logKeys";
import { migrate } from "../../src/store/migrate";
import { withTransaction } from "../../src/store/transaction";
import { serviceOn } from "../cases/testService";
import { runBuilt } from "./builtCommand";
import { BenchCluster, benchCluster } from "./cluster";
import { fillMillionStore } from "./millionStore";
import { measureSearch } from "./search";
import { perSecond, quantile, Row } from "./table";

const proofs = 1_000;

/**
 * What auditors do, on a store of 1,000,000 decisions. ESI_BENCH_STORE names a folder that keeps the store for
 * another run: it takes long to fill.
 */
export async function measureAudit(): Promise<Row[]> {
  const cluster = await storeCluster(process.env.ESI_BENCH_STORE);
  const service = await serviceOn(cluster.url);
  try {
    await migrate(service.database);
    return [
      ...(await fill(cluster.url, service)),
      ...(await seal(service, cluster.folder)),
      ...(await measureProofs(service)),
      ...(await measureSearch(service)),
      ...(await measureCommands(cluster.url, service)),
    ];
  } finally {
    await service.close();
    await cluster.close();
  }
}

async function storeCluster(folder: string | undefined): Promise<BenchCluster> {
  if (folder === undefined) return benchCluster();
  const { url, stop } = await startEmbeddedPostgres({ dataFolder: folder });
  return { url, folder, close: stop };
}

async function countOf(table: string, { database }: Service): Promise<number> {
  const [{ count }] = await database.query<{ count: string }[]>(`select count(*) from ${table}`);
  return Number(count);
}

async function fill(url: string, service: Service): Promise<Row[]> {
  if ((await countOf("decision", service)) > 0) return [];
  const start = performance.now();
  await fillMillionStore(url);
  const seconds = (performance.now() - start) / 1_000;
  await vacuum(url);
  const decisions = await countOf("decision", service);
  const what = `filling the store with ${decisions.toLocaleString("en-US")} decisions, in batches`;
  return [{ what, measured: perSecond(decisions, seconds), aim: "–" }];
}

async function vacuum(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("vacuum analyze");
  await client.end();
}

/** The whole backlog, as after an upgrade from a version that did not seal. */
async function seal(service: Service, folder: string): Promise<Row[]> {
  const { database } = service;
  const before = await countOf("audit_leaf", service);
  const start = performance.now();
  const passes: number[] = [];
  for (let sealed = mostEntries; sealed === mostEntries; ) {
    const began = performance.now();
    const pass = await withTransaction(database, (queryable) => sealEntries(queryable));
    passes.push(performance.now() - began);
    sealed = pass.kind === "sealed" ? pass.entries : 0;
  }
  const seconds = (performance.now() - start) / 1_000;
  // Those of the service that is started on the folder.
  const keys = await openLogKeys(folder, localOrigin);
  for (const { key } of keys.checkpointSigners)
    await storeLogKey(database, verifierKeyText(key), "checkpoint");
  const publication = { keys, checkpointFolder: `${folder}/checkpoints` };
  await withTransaction(database, (queryable) => signNewestHead(queryable, publication));
  const leaves = (await countOf("audit_leaf", service)) - before;
  if (leaves < mostEntries) return [];
  const measured = `${perSecond(leaves, seconds)}, slowest pass ${Math.max(...passes).toFixed(0)} ms`;
  return [{ what: `sealing a backlog of ${leaves.toLocaleString("en-US")}`, measured, aim: "≥ 20,000/s" }];
}

async function measureProofs(service: Service): Promise<Row[]> {
  const ids = await service.database.query<{ id: string }[]>(
    "select entry_id as id from audit_leaf order by random() limit $1",
    [proofs],
  );
  const inclusion: number[] = [];
  for (const { id } of ids) {
    const start = performance.now();
    if (!(await entryProof(id, undefined, service))) throw new Error("a leaf without a proof");
    inclusion.push(performance.now() - start);
  }
  const newest = await logCheckpoint(undefined, service);
  if (!newest) throw new Error("no checkpoint");
  const consistency: number[] = [];
  for (let step = 1; step <= proofs; step++) {
    const first = { ...newest, treeSize: (newest.treeSize * BigInt(step)) / BigInt(proofs + 1) + 1n };
    const start = performance.now();
    await consistencyPath(first, newest, service);
    consistency.push(performance.now() - start);
  }
  return [
    row("inclusion proof, all reading with it", inclusion),
    row("path of a consistency proof", consistency),
  ];
}

function row(what: string, times: readonly number[]): Row {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(1));
  return { what, measured: `p50 ${p50} ms, p99 ${p99} ms`, aim: "p99 ≤ 20 ms" };
}

async function measureCommands(url: string, service: Service): Promise<Row[]> {
  const decisions = await countOf("decision", service);
  const floor = decisions / (await secondsToRead(url));
  const rows: Row[] = [];
  for (const format of ["ndjson", "csv"]) {
    const { seconds, megabytes } = await runBuilt(["export", "--format", format], url);
    rows.push({
      what: `exporting all of it as ${format}`,
      measured: `${perSecond(decisions, seconds)}, at most ${Math.round(megabytes)} MB`,
      floor: `${perSecond(floor, 1)} read alone`,
      ratio: decisions / seconds / floor,
      aim: "constant memory",
    });
  }
  const { seconds, megabytes } = await runBuilt(["verify", "--workers", "2"], url);
  rows.push({
    what: "verifying all of it, 2 threads",
    measured: `${perSecond(decisions, seconds)}, ${seconds.toFixed(0)} s, at most ${Math.round(megabytes)} MB`,
    floor: `${perSecond(floor, 1)} read alone`,
    ratio: decisions / seconds / floor,
    aim: "≤ 60 s",
  });
  return rows;
}

/** The floor: every record, leaf and salt brought over once, and looked at by nobody. */
async function secondsToRead(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const start = performance.now();
  await client.query("begin; declare every cursor for select record, leaf, leaf_hash, salt from decision");
  while ((await client.query("fetch 1000 from every")).rows.length > 0);
  await client.query("commit");
  await client.end();
  return (performance.now() - start) / 1_000;
}
