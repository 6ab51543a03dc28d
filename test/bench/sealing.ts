import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { mostEntries, sealEntries } from "../../src/sealer/sealEntries";
import { createDataSource } from "../../src/store/dataSource";
import { withTransaction } from "../../src/store/transaction";
import { BuiltService, startBuiltService } from "./builtService";
import { benchCluster } from "./cluster";
import { httpLoad, Load } from "./httpLoad";
import { bodyFor } from "./submitting";
import { perSecond, quantile, Row } from "./table";

const port = 4_919;
const connections = 16;
const rounds = 5;
const secondsOfRound = 3;
const backlog = 50_000;

/**
 * What the sealer costs those who submit, how soon it seals what they submit, and how fast it makes up for
 * lost time.
 */
export async function measureSealing(): Promise<Row[]> {
  const cluster = await benchCluster();
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  try {
    const service = await startBuiltService(cluster.folder, port);
    const turns: Turn[] = [];
    try {
      await measureLoad(service, "warm");
      for (let round = 0; round < rounds; round++) turns.push(await measureTurn(service, client, round));
    } finally {
      await service.close();
    }
    return [costRow(turns), await lagRow(client), await backlogRow(client, cluster.url)];
  } finally {
    await client.end();
    await cluster.close();
  }
}

interface Turn {
  readonly sealed: Load;
  readonly unsealed: Load;
}

/** First the one, then the other: the order changes from turn to turn. */
async function measureTurn(service: BuiltService, client: Client, round: number): Promise<Turn> {
  const isSealedFirst = round % 2 === 0;
  const before = isSealedFirst && (await measureLoad(service, `S${round}`));
  const unsealed = await whileHeldBack(client, () => measureLoad(service, `U${round}`));
  return { unsealed, sealed: before || (await measureLoad(service, `S${round}`)) };
}

function measureLoad(service: BuiltService, name: string): Promise<Load> {
  const token = service.token("claims:submit");
  const bodyOf = (place: number) => bodyFor(`${name}-${place}`);
  return httpLoad(service.address, token, connections, secondsOfRound, bodyOf);
}

/** While another has its locks the sealer does nothing; afterwards it catches up before anything goes on. */
async function whileHeldBack<T>(client: Client, act: () => Promise<T>): Promise<T> {
  await untilSealed(client);
  await client.query("select pg_advisory_lock(7114, 1), pg_advisory_lock(7114, 2)");
  const result = await act();
  await client.query("select pg_advisory_unlock_all()");
  await untilSealed(client);
  return result;
}

async function untilSealed(client: Client): Promise<void> {
  const text = "select (select count(*) from audit_source) = (select count(*) from audit_leaf) as is_sealed";
  for (;;) {
    const { rows } = await client.query<{ is_sealed: boolean }>(text);
    if (rows[0].is_sealed) return;
    await delay(100);
  }
}

function costRow(turns: readonly Turn[]): Row {
  const ratioOf = ({ sealed, unsealed }: Turn) => rateOf(sealed) / rateOf(unsealed);
  const byRatio = [...turns].sort((one, other) => ratioOf(one) - ratioOf(other));
  const { sealed, unsealed } = byRatio[Math.floor(byRatio.length / 2)];
  const range = `${ratioOf(byRatio[0]).toFixed(2)} to ${ratioOf(byRatio[byRatio.length - 1]).toFixed(2)}`;
  return {
    what: `submitting over HTTP, ${connections} connections, with the sealer at work (ratios ${range})`,
    measured: `${perSecond(sealed.count, sealed.seconds)}, p99 ${sealed.p99.toFixed(1)} ms`,
    floor: `${perSecond(unsealed.count, unsealed.seconds)} without, p99 ${unsealed.p99.toFixed(1)} ms`,
    ratio: rateOf(sealed) / rateOf(unsealed),
    aim: "ratio ≥ 0.9",
  };
}

function rateOf({ count, seconds }: Load): number {
  return count / seconds;
}

const lags = `
select extract(epoch from h.at - d.decided_at)::double precision * 1000 as lag
  from decision d
  join audit_leaf l on l.entry_id = d.id
 cross join lateral (select at from audit_head where tree_size > l.leaf_index order by tree_size limit 1) h
 where d.member_id like 'S%'`;

/** From the time of a decision to the head that has it, which is committed with it. */
async function lagRow(client: Client): Promise<Row> {
  const { rows } = await client.query<{ lag: number }>(lags);
  const values = rows.map(({ lag }) => lag);
  const [p50, p99] = [0.5, 0.99].map((share) => `${quantile(values, share).toFixed(0)} ms`);
  return {
    what: `from a decision to its leaf, ${values.length.toLocaleString("en-US")} decisions`,
    measured: `p50 ${p50}, p99 ${p99}, slowest ${quantile(values, 1).toFixed(0)} ms`,
    aim: "p99 ≤ 2 s",
  };
}

const waitingRows = `
do $$ begin
  for i in 1..${backlog} loop
    insert into decision (member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
      decided_at, client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions,
      procedure_codes, failed_rules, provider_npis, record, salt, leaf)
    select 'B' || i, 1, gen_random_uuid(), kind, disposition, claim_number, date_of_service, clock_timestamp(),
      client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions, procedure_codes,
      failed_rules, provider_npis, record, salt, leaf || i::text::bytea
      from decision where member_id = 'S0-0';
    commit;
  end loop;
end $$`;

/** Entries that wait because no sealer was at work, each of a transaction of its own. */
async function backlogRow(client: Client, url: string): Promise<Row> {
  await client.query("set synchronous_commit = off");
  await client.query(waitingRows);
  const database = await createDataSource(url).initialize();
  try {
    const start = performance.now();
    let entries = 0;
    for (let last = mostEntries; last === mostEntries; entries += last) {
      const sealed = await withTransaction(database, (queryable) => sealEntries(queryable));
      if (sealed.kind !== "sealed") throw new Error(sealed.kind);
      last = sealed.entries;
    }
    const seconds = (performance.now() - start) / 1_000;
    return {
      what: `sealing a backlog of ${entries.toLocaleString("en-US")} entries`,
      measured: `${perSecond(entries, seconds)}, ${seconds.toFixed(1)} s`,
      aim: "–",
    };
  } finally {
    await database.destroy();
  }
}
