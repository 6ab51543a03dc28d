import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createDataSource } from "../../src/store/dataSource";
import { openLoad } from "../bench/openLoad";
import { openConnections } from "../bench/posting";
import { freshDatabase } from "../cluster/database";
import { submission } from "../graphql/claims";
import { submitDocument } from "../graphql/submitting";
import { ask, startServiceProcess, tokenFor } from "./serviceProcess";

interface Submitted {
  readonly answer: { readonly decision: { readonly id: string } | null };
}

test("far more than it can do is answered or refused early, and what was answered is stored", async () => {
  const database = await freshDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), "overload-"));
  const service = await startServiceProcess({ dataFolder, databaseUrl: database.url });
  const { address } = service;
  try {
    const tokens = await Promise.all(["one", "two", "three"].map((client) => tokenFor(dataFolder, client)));
    const bodyOf = (place: number): string =>
      JSON.stringify({ query: submitDocument, variables: { input: submission({ memberId: `O${place}` }) } });
    let isOver = false;
    const health = pollHealth(address, () => isOver);
    const connections = await openConnections(address, 300);
    const answers = await openLoad({ connections, tokens, perSecond: 3_000, seconds: 2, bodyOf });
    await connections.close();
    isOver = true;
    expect(new Set(await health)).toEqual(new Set([200]));
    const refused = answers.filter(({ httpCode }) => httpCode !== 200);
    expect(refused.length).toBeGreaterThan(0);
    const kindOf = ({ httpCode, retryAfter }: (typeof answers)[number]) => `${httpCode} ${retryAfter}`;
    expect(new Set(refused.map(kindOf))).toEqual(new Set(["503 1"]));
    const served = answers.flatMap(({ httpCode, text }) => (httpCode === 200 ? [idIn(text)] : []));
    expect(await storedAmong(database.url, served)).toBe(served.length);
    const input = submission({ memberId: "AFTER" });
    const { answer } = await ask<Submitted>(address, tokens[0] ?? "", submitDocument, { input });
    expect(answer.decision).not.toBeNull();
  } finally {
    await service.kill("SIGTERM");
    await database.drop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}, 60_000);

async function pollHealth(address: string, isOver: () => boolean): Promise<number[]> {
  const codes: number[] = [];
  for (; !isOver(); await wait(100)) codes.push((await fetch(`${address}/healthz`)).status);
  return codes;
}

function idIn(text: string): string {
  const { data }: { data: Submitted } = JSON.parse(text);
  return data.answer.decision?.id ?? "";
}

async function storedAmong(url: string, ids: readonly string[]): Promise<number> {
  const database = await createDataSource(url).initialize();
  const [{ count }] = await database.query<{ count: number }[]>(
    "select count(*)::int as count from decision where id::text = any($1)",
    [ids],
  );
  await database.destroy();
  return count;
}
