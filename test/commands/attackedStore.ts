import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideInOrder } from "../../src/cases/decideInOrder";
import { Request } from "../../src/adjudication/request";
import { Instant } from "../../src/claim/instant";
import { signReceipt } from "../../src/ledger/receipt";
import { purgeLeaf } from "../../src/ledger/purgeLeaf";
import { Decision } from "../../src/member/decision";
import { appendParameters, appendStatement } from "../../src/store/append";
import { Queryable } from "../../src/store/queryable";
import { withWritePath } from "../../src/store/writePath";
import { claimRequest, claimSession, historicalSession, importRequest } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";
import { databaseUrl, dropDatabase, execute } from "../cluster/database";
import { origin } from "../ledger/logKeys";
import { fillStore } from "./filledStore";
import { receiptKey, seal, sign, trustedKeys } from "./sealedStore";

/** A filled and sealed store, to be copied, and what a person outside holds of it. */
export interface AttackedStore {
  /** Of the database as it was some hundred entries ago, and now. */
  readonly olderUrl: string;
  readonly url: string;
  readonly checkpointFolder: string;
  /** Notes of trees that contain all that is attacked, by somebody who holds them. */
  readonly held: readonly string[];
  /** The decisions of a member with three, all sealed. */
  readonly victims: readonly Decision[];
  /** Receipts of the victims. */
  readonly receipts: readonly string[];
  readonly remove: () => Promise<void>;
}

/** The member whose decisions are attacked, and those who are purged. */
export const victim = "MEMBER-VICTIM";
const purged = "MEMBER-PURGED";
const withoutClock = appendStatement.replace("and clock_timestamp() < decided_at + interval '5 seconds'", "");

/** Decides and stores as the service would have done it at another time. */
export async function storeAt(service: TestService, now: Instant, requests: Request[]): Promise<Decision[]> {
  const memberIds = requests.map((request) => {
    return request.kind === "review" ? request.review.memberId : request.session.memberId;
  });
  return withWritePath(service.database, async (path) => {
    const streams = new Map(
      [...(await path.readStreams(memberIds))].map(([memberId, read]) => [memberId, { ...read, now }]),
    );
    const { rulings, rows, changes } = decideInOrder(requests, streams, [], service);
    await service.database.query(withoutClock, appendParameters(rows, changes));
    for (const version of service.policyVersions) await path.storePolicyVersion(version);
    return [...rulings.values()].map((ruling) => {
      if (ruling.kind !== "decided") throw new Error(`expected a decision, got ${JSON.stringify(ruling)}`);
      return ruling.decision;
    });
  });
}

const membersOfCrowd = 100;

/** Some hundred entries: every kind of decision, an exception, a purge; two tiles, and passes of all sizes. */
export async function attackedStore(): Promise<AttackedStore> {
  const service = await freshService();
  const folder = await mkdtemp(join(tmpdir(), "esi-checkpoints-"));
  const { database } = service;
  for (const key of trustedKeys) {
    const use = key.includes("/receipts") ? "receipt" : "checkpoint";
    await database.query("insert into audit_key (verifier_key, use) values ($1, $2)", [key, use]);
  }
  const old = await storeAt(service, "2014-05-05T10:00:00.000Z", [
    importRequest(historicalSession(purged, "2013-02-10")),
    importRequest(historicalSession(purged, "2013-03-10")),
  ]);
  const victims: Decision[] = [];
  for (const month of ["01", "02", "03"]) {
    const crowd = Array.from({ length: membersOfCrowd }, (_, place) =>
      claimRequest(claimSession(`CROWD-${place}`, `2025-${month}-11`)),
    );
    await storeAt(service, `2025-${month}-20T10:00:00.000Z`, crowd.slice(0, membersOfCrowd / 2));
    const request = claimRequest(claimSession(victim, `2025-${month}-10`));
    victims.push(...(await storeAt(service, `2025-${month}-20T10:00:01.000Z`, [request])));
    await storeAt(service, `2025-${month}-20T10:00:02.000Z`, crowd.slice(membersOfCrowd / 2));
  }
  const held = [await sealAndSign(database, 100, folder)];
  const olderUrl = await copyOf(service.url);
  await fillStore(service);
  await sealAndSign(database, 7, folder);
  await purgeByOwner(database, old);
  held.push(await sealAndSign(database, 7, folder));
  const receipts = await Promise.all(victims.map((decision) => receiptFor(database, decision)));
  const { url } = service;
  await service.database.destroy();
  const remove = async () => {
    await Promise.all([url, olderUrl].map(drop));
    await rm(folder, { recursive: true });
  };
  return { olderUrl, url, checkpointFolder: folder, held, victims, receipts, remove };
}

async function sealAndSign(database: Queryable, entriesOfPass: number, folder: string): Promise<string> {
  const head = await seal(database, entriesOfPass);
  if (!head) throw new Error("expected something to seal");
  return sign(database, head, folder);
}

async function purgeByOwner(database: Queryable, decisions: readonly Decision[]): Promise<void> {
  const [{ now: purgedAt }] = await database.query<{ now: Instant }[]>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  );
  const id = "01900000-0000-7000-8000-00000000aaaa";
  const decisionIds = decisions.map((decision) => decision.id);
  const leaf = purgeLeaf({ sequence: 1, id, purgedAt, basis: "Schedule 7", decisionIds });
  await database.query("select purge_member($1, '2015-01-01', 1, $2, $3, 'Schedule 7', $4)", [
    ...[decisions[0].memberId, id, purgedAt, leaf],
  ]);
}

async function receiptFor(database: Queryable, { id, decidedAt }: Decision): Promise<string> {
  const [{ leaf_hash: leafHash }] = await database.query<{ leaf_hash: Buffer }[]>(
    "select leaf_hash from decision where id = $1",
    [id],
  );
  return signReceipt({ origin, decisionId: id, leafHash, decidedAt }, receiptKey.signer);
}

let copies = 0;

/** A copy of a database that nobody is connected to. */
export async function copyOf(url: string): Promise<string> {
  copies += 1;
  const name = nameOf(url);
  const copy = `${name}_${copies}`;
  const server = process.env.ESI_TEST_SERVER ?? "";
  await execute(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await execute(server, `create database ${copy} template ${name}`);
  return databaseUrl(url, copy);
}

export async function drop(url: string): Promise<void> {
  await dropDatabase(process.env.ESI_TEST_SERVER ?? "", nameOf(url));
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
