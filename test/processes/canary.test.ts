import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runCommand } from "../commands/commandProcess";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { history, line, session, submission } from "../graphql/claims";
import { declareDocument, review, reviewDocument } from "../graphql/correcting";
import { databasePid, ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/**
 * Words that nobody else would write, where members, claims and people stand: they go through every way of
 * the service, its failures too, and must come out nowhere but in the answers that were asked for.
 */
const word = {
  member: "CANARYMEMBER7731",
  claim: "CANARYCLAIM7731",
  key: "CANARYKEY7731",
  reason: "CANARYREASON7731",
  document: "CANARYDOCUMENT7731",
  operation: "CANARYOPERATION7731",
  header: "CANARYHEADER7731",
  literal: "CANARYLITERAL7731",
  diagnosis: "Q77Z17Q",
  npi: "1773177310",
} as const;

let folder: GuardedFolder;
let service: ServiceProcess;
let token: string;
/** What came back that was an error, and what was written beside the answers. */
const said: string[] = [];

beforeAll(async () => {
  folder = await guardedFolder();
  service = await startServiceProcess({ dataFolder: folder.path });
  token = await tokenFor(folder.path);
}, 60_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await folder.remove();
});

interface Sending {
  readonly path?: string;
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a body; where anything of it failed, what is told of that is kept. */
async function send(body: unknown, { path = "/graphql", bearer = token, headers }: Sending = {}) {
  const reply = await fetch(`${service.address}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${bearer}`,
      "user-agent": word.header,
      "x-request-id": `${word.header} not an id`,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  said.push(JSON.stringify([...reply.headers]));
  const text = await reply.text();
  const { errors, data = {} }: { errors?: unknown; data?: Record<string, unknown> } =
    path === "/graphql" || reply.status >= 400 ? JSON.parse(text) : {};
  if (errors !== undefined) said.push(JSON.stringify(errors));
  return { httpCode: reply.status, fields: data ?? {}, text };
}

const claim = (given: object = {}) =>
  session({
    memberId: word.member,
    claimNumber: word.claim,
    lines: [line({ diagnosisCodes: [word.diagnosis] })],
    ...given,
  });
const key = (place: number) => `${word.key}-${place}`;
const told = "decision { id } userErrors { code message field }";
const submit = `mutation ${word.operation}($input: SubmitClaimSessionInput!) { answer: submitClaimSession(input: $input) { ${told} } }`;

async function submitSome(): Promise<string> {
  const input = { idempotencyKey: key(1), session: claim() };
  const { fields } = await send({ query: submit, variables: { input } });
  const { decision } = fields.answer as { decision: { id: string } };
  // The same key for something else, a second claim of the number, wrong forms, a void of what is not there.
  const others = [
    { idempotencyKey: key(1), session: claim({ placeOfService: "22" }) },
    { idempotencyKey: key(2), session: claim() },
    {
      idempotencyKey: key(3),
      session: claim({ claimNumber: `${word.claim}\u0000`, billingProviderNpi: word.npi }),
    },
    { idempotencyKey: `${word.key} 4`, session: claim({ dateOfService: word.literal }) },
    { idempotencyKey: key(5), session: claim({ frequency: "VOID", originalClaimNumber: word.literal }) },
    submission(
      { memberId: word.member, claimNumber: `${word.claim}-6`, dateOfService: "2025-06-12" },
      key(6),
    ),
  ];
  for (const one of others) await send({ query: submit, variables: { input: one } });
  return decision.id;
}

async function failInEveryWay(): Promise<void> {
  const unknownField = { ...claim(), [word.literal]: 1 };
  await send({ query: submit, variables: { input: { idempotencyKey: key(7), session: unknownField } } });
  await send({ query: submit, variables: { input: word.literal } });
  await send({ query: `{ member(id: "${word.member}") { nothing } }` });
  await send({
    query: `{ member(id: "${word.member}") { decisions(first: "${word.literal}") { totalCount } } }`,
  });
  await send({
    query: `query { member(id: "${word.member}") { sessions(from: "${word.literal}") { region } } }`,
  });
  await send({ query: `{ decision(id: "${word.literal}") { id } }`, operationName: word.operation });
  await send({ query: `{ member(id: "${word.member}` });
  await send({
    query: `query ${word.operation} { decisions(filter: { claimNumber: "${word.claim} " }) { totalCount } }`,
  });
  await send(`{"query": "${word.member}"`);
  await send(`{"query": "{ x }", "variables": {"${word.member}": 1, "${word.member}": 2}}`);
  await send(word.member, { headers: { "content-type": "text/plain" } });
  await send({ query: submit }, { bearer: `${word.header}.${word.header}.${word.header}` });
  await send({ query: submit, variables: { input: "x".repeat(2_000_000) + word.member } });
  await send({ format: "csv", filter: { memberId: `${word.member} ` } }, { path: "/export" });
  await send({ format: word.literal }, { path: "/export" });
  await send({}, { path: `/${word.member}?${word.claim}` });
  const bearer = await tokenFor(folder.path, "portal", ["policy:write"]);
  await send({ query: `{ member(id: "${word.member}") { id } }` }, { bearer });
  await send(
    { query: submit, variables: { input: { idempotencyKey: key(8), session: claim() } } },
    { bearer },
  );
}

async function readInEveryWay(decisionId: string): Promise<void> {
  const member = `member(id: "${word.member}")`;
  for (const query of [
    `{ ${member} { sessions { region } decisions { nodes { claimNumber explanation } } } }`,
    `{ decisions(filter: { memberId: "${word.member}" }) { totalCount nodes { claimNumber } } }`,
    `{ decision(id: "${decisionId}") { audit { opening { record } } } }`,
    `{ decisionByIdempotencyKey(memberId: "${word.member}", idempotencyKey: "${key(1)}") { id } }`,
    `{ replayDecision(id: "${decisionId}") { identical } }`,
    `{ memberCompleteness(memberId: "${word.member}") { head } }`,
    `{ accessLog(memberId: "${word.member}") { nodes { subject operation } } }`,
    `{ ${member} { readjudicationCandidates { direction } } }`,
  ])
    await send({ query });
  const query =
    "query ($session: ClaimSessionInput!) { previewClaimSession(session: $session) { disposition } }";
  await send({ query, variables: { session: claim({ claimNumber: `${word.claim}-9` }) } });
  await send({ format: "ndjson", filter: { memberId: word.member } }, { path: "/export" });
  await send({ format: "csv", filter: { memberId: word.member } }, { path: "/access-log" });
}

async function changeInEveryWay(decisionId: string): Promise<void> {
  const reviewing = { reason: word.reason, documentReference: word.document };
  const input = { ...review(word.member, decisionId, reviewing), idempotencyKey: key(10) };
  await send({ query: reviewDocument, variables: { input } });
  await send({ query: reviewDocument, variables: { input: { ...input, decisionId: word.literal } } });
  const exception = {
    ...{ source: "BENEFIT_PLAN", key: word.literal, parameter: "sessionsPerRegion", value: "6" },
    ...{ effectiveFrom: "2025-01-01", citation: word.document },
  };
  await send({ query: declareDocument, variables: { input: exception } });
  const imports =
    "mutation ($inputs: [HistoricalSessionInput!]!) { importSessions(inputs: $inputs) { replayed } }";
  const imported = history({
    memberId: word.member,
    claimNumber: `${word.claim}-11`,
    idempotencyKey: key(11),
  });
  await send({
    query: imports,
    variables: { inputs: [imported, { ...imported, claimNumber: word.literal }] },
  });
}

/** While the database is killed and comes back. */
async function readWithoutDatabase(): Promise<void> {
  process.kill(await databasePid(folder.path), "SIGKILL");
  const query = `{ member(id: "${word.member}") { decisions { nodes { claimNumber } } } }`;
  const input = { idempotencyKey: key(12), session: claim({ claimNumber: `${word.claim}-12` }) };
  for (let attempt = 0; attempt < 20; attempt++) {
    await Promise.all([send({ query }), send({ query: submit, variables: { input } })]);
    await delay(50);
  }
}

/** Every file of the data folder but the database itself. */
async function keptFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const texts = entries
    .filter(({ name }) => name !== "pg18")
    .map(async (entry) => {
      const place = join(path, entry.name);
      return entry.isDirectory() ? keptFiles(place) : [await readFile(place, "latin1")];
    });
  return (await Promise.all(texts)).flat();
}

test("what identifies a member or a claim comes out nowhere but in the answers", async () => {
  const decisionId = await submitSome();
  await readInEveryWay(decisionId);
  await changeInEveryWay(decisionId);
  await failInEveryWay();
  await readWithoutDatabase();
  await delay(1_500);
  const metrics = await (await fetch(`${service.address}/metrics`)).text();
  const setting = { dataFolder: folder.path };
  const commands = [
    ["verify"],
    ["replay"],
    ["ask", "five-in-twelve-months"],
    ["export", "--format", "csv", "--member", word.member],
    ["export", "--format", "csv", "--claim-number", `${word.literal} `],
  ];
  const runs = [];
  for (const args of commands) runs.push(await runCommand(args, setting));
  await service.kill("SIGTERM");
  const files = await keptFiles(folder.path);
  const spoken = {
    errors: said.join("\n"),
    metrics,
    written: service.written(),
    logged: service.logged(),
    commands: runs.map(({ logged }) => logged).join("\n"),
    files: files.join("\n"),
  };
  for (const [place, text] of Object.entries(spoken))
    for (const canary of [...Object.values(word), token])
      expect([place, canary, text.includes(canary)]).toEqual([place, canary, false]);
  // The search itself can find: what was asked for is in the errors, the log and the files at all.
  expect(spoken.errors).toContain("BAD_USER_INPUT");
  expect(spoken.logged).toContain("UNAVAILABLE");
  expect(files.length).toBeGreaterThan(3);
}, 120_000);
