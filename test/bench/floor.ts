import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { decide } from "../../src/adjudication/decide";
import { policyUnder } from "../../src/cases/exceptions";
import { sealDecision } from "../../src/ledger/leaf";
import { requestHash } from "../../src/adjudication/request";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { rowOf } from "../../src/store/decisionRow";
import { appendParameters, appendStatement } from "../../src/store/append";
import { streamStatement } from "../../src/store/writePath";
import { claimRequest, claimSession } from "../cases/claims";

/** How many decisions a second the database takes when nothing but the two statements is sent to it. */
export interface Floor {
  readonly by: string;
  readonly perSecond: number;
}

const run = promisify(execFile);
const memberPlaceholder = "MEMBER-PLACEHOLDER";
const idPlaceholder = "00000000-0000-7000-8000-000000000000";

/** By pgbench where there is one, which costs next to nothing itself; else by a plain loop of the driver. */
export async function measureFloor(
  url: string,
  folder: string,
  connections: number,
  seconds: number,
): Promise<Floor> {
  const hasPgbench = await run("pgbench", ["--version"]).then(
    () => true,
    () => false,
  );
  return hasPgbench
    ? pgbenchFloor(url, folder, connections, seconds)
    : driverFloor(url, connections, seconds);
}

/** The first parameter of the second statement for a first decision, with placeholders for what differs. */
function rowTemplate(): string {
  const request = claimRequest(claimSession(memberPlaceholder, "2025-03-10"));
  const now = new Date().toISOString();
  const policy = policyUnder([], molinaEsiVersions);
  const ruling = decide(request, [], policy, { now, id: idPlaceholder });
  if (ruling.kind !== "decided") throw new Error("expected a decision");
  const sealed = sealDecision(ruling.decision, Buffer.alloc(16, 1), {
    previousLeafHash: null,
    policyHash: molinaEsiVersions[0].contentHash,
  });
  const row = {
    ...rowOf(ruling.decision, sealed, requestHash(request)),
    decidedAt: "2100-01-01T00:00:00.000Z",
    previousLeafHash: null,
  };
  return appendParameters([row], [])[0];
}

/**
 * Each connection prepares the two statements once, as the driver does, and then executes them for new
 * members.
 */
async function pgbenchFloor(
  url: string,
  folder: string,
  connections: number,
  seconds: number,
): Promise<Floor> {
  const member = "'F' || :client_id || '-' || :number";
  const literal = `'${rowTemplate().replaceAll("'", "''")}'`;
  const withMember = `replace(${literal}, '${memberPlaceholder}', ${member})`;
  const parameter = `replace(${withMember}, '${idPlaceholder}', gen_random_uuid()::text)`;
  const script = join(folder, "floor.sql");
  const commands = [
    "\\if :prepared",
    "\\else",
    `prepare stream (text[]) as ${streamStatement};`,
    `prepare append (json, json) as ${appendStatement};`,
    "\\set prepared 1",
    "\\endif",
    "\\set number random(1, 1000000000)",
    `execute stream (array[${member}]);`,
    `execute append ((${parameter})::json, '[]');`,
  ];
  await writeFile(script, commands.join("\n"));
  const { searchParams, username, pathname } = new URL(url);
  const where = [
    "-h",
    searchParams.get("host") ?? "127.0.0.1",
    "-p",
    searchParams.get("port") ?? "5432",
    "-U",
    username,
  ];
  const load = [
    "-n",
    "-D",
    "prepared=0",
    "-c",
    String(connections),
    "-j",
    "1",
    "-T",
    String(seconds),
    "-f",
    script,
  ];
  const { stdout } = await run("pgbench", [...where, ...load, pathname.slice(1)]);
  return { by: "pgbench", perSecond: Number(/^tps = ([0-9.]+)/m.exec(stdout)?.[1]) };
}

/** How many rows a second the database takes when nothing but the second statement is sent to it, so many at once. */
export async function measureBatchFloor(
  url: string,
  connections: number,
  rows: number,
  seconds: number,
): Promise<Floor> {
  const row = rowTemplate().slice(1, -1);
  const start = performance.now();
  const lane = async (name: string): Promise<number> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    let count = 0;
    for (; performance.now() < start + seconds * 1_000; count += rows) {
      const members = Array.from({ length: rows }, (_, place) => `B${name}-${count + place}`);
      const batch = members.map((member) => row.replaceAll(memberPlaceholder, member)).join(",");
      await client.query({ name: "append", text: appendStatement, values: [`[${batch}]`, "[]"] });
    }
    await client.end();
    return count;
  };
  const lanes = Array.from({ length: connections }, (_, place) => lane(`${start}-${place}`));
  const stored = (await Promise.all(lanes)).reduce((sum, count) => sum + count, 0);
  return { by: "plain pg", perSecond: stored / ((performance.now() - start) / 1_000) };
}

async function driverFloor(url: string, connections: number, seconds: number): Promise<Floor> {
  const template = rowTemplate();
  const start = performance.now();
  const end = start + seconds * 1_000;
  const counts = await Promise.all(
    Array.from({ length: connections }, (_, lane) => driverLane(url, `${start}-${lane}`, template, end)),
  );
  return { by: "plain pg", perSecond: counts.reduce((sum, count) => sum + count, 0) / seconds };
}

async function driverLane(url: string, lane: string, template: string, end: number): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  let count = 0;
  for (; performance.now() < end; count++) {
    const member = `F${lane}-${count}`;
    await client.query({ name: "stream", text: streamStatement, values: [[member]] });
    const values = [template.replaceAll(memberPlaceholder, member), "[]"];
    await client.query({ name: "append", text: appendStatement, values });
  }
  await client.end();
  return count;
}
