import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { exampleOperations } from "../../src/demo/exampleOperations";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { expectGolden } from "../golden";
import { ask, ServiceProcess, startServiceProcess, tokenFor } from "../processes/serviceProcess";
import { generatedParts, partOf, withParts } from "./generatedParts";
import { loading } from "./loading";
import { proving } from "./proving";
import { canRunShown } from "./shownCommands";
import { whenThingsChange } from "./whenThingsChange";

const readmeFile = join(__dirname, "..", "..", "README.md");
const readme = readFileSync(readmeFile, "utf8");

let database: TestDatabase;
let folder: string;
let service: ServiceProcess;
let token: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "esi-readme-"));
  service = await startServiceProcess({ dataFolder: folder, databaseUrl: database.url, args: [] });
  token = await tokenFor(folder);
}, 60_000);

afterAll(async () => {
  await service.kill("SIGTERM");
  await rm(folder, { recursive: true });
  await database.drop();
});

test("the request gets the answer, and the tables are those of the program; `npm run accept` writes them anew", async () => {
  const parts = generatedParts();
  const { query, variables } = JSON.parse(/-d '(.*)'/.exec(parts.request)?.[1] ?? "");
  const data = await ask<object>(service.address, token, query, variables);
  const answer = `\`\`\`json\n${JSON.stringify({ data }, null, 2)}\n\`\`\`\n`;
  const changes = await whenThingsChange((operation, about) => send(operation, about), await denied());
  await allSealed();
  const { address } = service;
  const place = { address, dataFolder: folder, databaseUrl: database.url };
  const shown: Record<string, string> = canRunShown()
    ? { proving: proving(place), loading: loading(place) }
    : {};
  expectGolden(readmeFile, withParts(readme, { ...parts, answer, changes, ...shown }));
}, 60_000);

/** Waits until the log holds what was decided. */
async function allSealed(): Promise<void> {
  const isSealed = async () => {
    const { complete } = await send<{ complete: { unsealed: object[] } | null }>(
      "query ($id: ID!) { complete: memberCompleteness(memberId: $id) { unsealed { decisionId } } }",
      { id: "DEMO-FOUR-SESSIONS" },
    );
    return complete?.unsealed.length === 0;
  };
  for (let tries = 0; tries < 300; tries++) {
    if (await isSealed()) return;
    await delay(100);
  }
  throw new Error("what was decided is not in a checkpoint after 30 s");
}

function send<Fields extends object>(query: string, variables: object): Promise<Fields> {
  return ask<Fields>(service.address, token, query, variables);
}

/** The decision that the README's request came to. */
async function denied(): Promise<{ deniedId: string; deniedAt: string }> {
  const { decision } = await send<{ decision: { id: string; decidedAt: string } }>(
    `query Denied($memberId: ID!, $key: String!) {
      decision: decisionByIdempotencyKey(memberId: $memberId, idempotencyKey: $key) { id decidedAt }
    }`,
    { memberId: "DEMO-FOUR-SESSIONS", key: "readme-1" },
  );
  return { deniedId: decision.id, deniedAt: decision.decidedAt };
}

test("every generated part has its place in the README", () => {
  for (const name of [...Object.keys(generatedParts()), "answer", "changes", "proving", "loading"])
    expect(partOf(readme, name)).toBeDefined();
});

test("the start message has the README's request, with the address it is served at", () => {
  const pasted = partOf(readme, "request")
    ?.replace(/^```sh\n|```\n$/g, "")
    .trim();
  const here = pasted
    ?.replace("http://127.0.0.1:4000", service.address)
    .replace("npm run", `ESI_DATA_DIR=${folder} npm run`);
  expect(service.written()).toContain(here);
});

test.each(exampleOperations)(
  "the explorer's operation “$title” runs on the demo population",
  async ({ query, variables }) => {
    const data = await ask<Record<string, { userErrors?: unknown[] } | null>>(
      service.address,
      token,
      query,
      variables,
    );
    for (const field of Object.values(data)) {
      expect(field).not.toBeNull();
      expect(field?.userErrors ?? []).toEqual([]);
    }
  },
);

test("a token of the local issuer opens nothing but what its scopes allow", async () => {
  await expect(ask(service.address, "no-token", "{ policyVersions { id } }", {})).rejects.toThrow(
    /bearer token/,
  );
});
