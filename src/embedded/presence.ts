import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { errorCode, unless } from "./errorCode";
import { addressOf, launch, pidOf, type Launch, type Server } from "./server";
import { run } from "./serverUser";

/**
 * Each process that uses the server holds this lock shared, on a connection of its own that dies with it. So
 * the last one to leave knows that it is the last.
 */
const presenceLock = 7_272_022;
const pauseMs = 10;
/** Recovery after a kill -9 takes seconds, seldom more. */
const patienceMs = 60_000;
const relaunchPauseMs = 200;
/** After a kill -9 the old server's children hold its memory for up to 2 s; launches fail until then. */
const mostLaunches = 20;

/** A connection that holds the presence lock, to the running server or to one started for it. */
export async function enter(server: Server): Promise<Client> {
  let launched: Launch | undefined;
  let launches = 0;
  const patience = AbortSignal.timeout(patienceMs);
  while (!patience.aborted) {
    const found = await connect(server);
    if (found instanceof Client && (await isPresent(found))) return found;
    if (found === "nobody listens" && launched?.hasEnded !== false) {
      if (launches === mostLaunches) break;
      if (launches > 0) await sleep(relaunchPauseMs);
      launched = await launch(server);
      launches += 1;
    }
    await sleep(pauseMs);
  }
  throw new Error(`the embedded PostgreSQL does not start: ${await lastWords(server)} (${server.log})`);
}

/** Ends a presence, and with the last one the server. */
export async function leave(server: Server, presence: Client): Promise<void> {
  await presence.end();
  const client = await connect(server);
  if (!(client instanceof Client)) return;
  try {
    const { rows } = await client.query("select 1 where pg_try_advisory_lock($1)", [presenceLock]);
    const isLast = rows.length > 0;
    if (isLast) await stop(server);
  } finally {
    await client.end();
  }
}

/** pg_ctl's own waiting would wait for a server that another process starts meanwhile, too. */
async function stop(server: Server): Promise<void> {
  const pid = await pidOf(server);
  await run(server.binaries.pgCtl, ["stop", "-D", server.cluster, "-m", "fast", "-W"], server.user);
  const patience = AbortSignal.timeout(patienceMs);
  while ((await pidOf(server)) === pid) {
    if (patience.aborted) throw new Error(`the embedded PostgreSQL does not stop (${server.log})`);
    await sleep(pauseMs);
  }
}

export async function ensureDatabase(client: Client, name: string): Promise<void> {
  const { rows } = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (rows.length > 0) return;
  const madeMeanwhile = unless("42P04", "23505");
  const statement = `create database ${client.escapeIdentifier(name)} template template0`;
  await client.query(statement).catch(madeMeanwhile);
}

async function connect(server: Server): Promise<Client | "nobody listens" | "not ready"> {
  const address = await addressOf(server);
  if (address === undefined) return "nobody listens";
  const client = new Client({
    ...address,
    user: "postgres",
    database: "postgres",
    ssl: false,
    application_name: "esi presence",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined); // a lost server is noticed by those who ask it something
  try {
    await client.connect();
    return client;
  } catch (error) {
    const code = errorCode(error);
    if (["ENOENT", "ECONNREFUSED"].includes(code)) return "nobody listens";
    if (["57P01", "57P03", "ECONNRESET", "EPIPE", ""].includes(code)) return "not ready";
    throw error;
  }
}

/** Takes the lock; false where the server goes away at this moment. */
async function isPresent(client: Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_lock_shared($1)", [presenceLock]);
    return true;
  } catch {
    await client.end();
    return false;
  }
}

async function lastWords({ log }: Server): Promise<string> {
  const text = (await readFile(log, "utf8").catch(unless("ENOENT"))) ?? "";
  return text.trimEnd().split("\n").at(-1) ?? "";
}
