import { createHash } from "node:crypto";
import { DecisionFilter } from "../../src/cases/decisionFilterForm";
import { exportDecisions } from "../../src/cases/exportDecisions";
import { ExportFormat } from "../../src/cases/exportForms";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { effectiveDecisions } from "../../src/member/stream";
import { decided, FilledStore, fillStore, members, tamper } from "../commands/filledStore";
import { claimRequest, claimSession, reviewRequest } from "./claims";
import { freshService, TestService } from "./testService";

let service: TestService;
let filled: FilledStore;

beforeAll(async () => {
  service = await freshService();
  filled = await fillStore(service);
}, 30_000);
afterAll(() => service.close());

async function exported(filter: DecisionFilter, format: ExportFormat = "ndjson"): Promise<string> {
  let text = "";
  for await (const part of exportDecisions({ format, filter }, service)) text += part.text;
  return text;
}

interface Line {
  readonly leafIndex: string | null;
  readonly leafHash: string;
  readonly leaf: { readonly body: string };
  readonly salt: string;
  readonly record: Decision;
}

function linesOf(text: string): Line[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line): Line => JSON.parse(line));
}

const idsOf = (text: string) => linesOf(text).map(({ record }) => record.id);
const all = () => filled.decisions.flat();

test("all decisions are there, in the order in which they were made", async () => {
  const inOrder = all().sort((one, other) => (one.decidedAt + one.id < other.decidedAt + other.id ? -1 : 1));
  expect(idsOf(await exported({}))).toEqual(inOrder.map(({ id }) => id));
});

test("from each line its leaf hash, and the body that the leaf names, can be computed", async () => {
  const stored = await service.database.query<{ id: string; record: string; leaf: Buffer }[]>(
    "select id, record, leaf from decision",
  );
  const text = await exported({});
  for (const line of text.split("\n").slice(0, -1)) {
    const { leafHash, leaf, salt, record }: Line = JSON.parse(line);
    // As an auditor takes it from the line: the text between the names.
    const leafText = line.slice(line.indexOf('"leaf":') + 7, line.indexOf(',"salt":"'));
    const recordText = line.slice(line.indexOf(',"record":') + 10, -1);
    const row = stored.find(({ id }) => id === record.id);
    expect([leafText, recordText]).toEqual([row?.leaf.toString("utf8"), row?.record]);
    const hash = createHash("sha256").update(Buffer.of(0)).update(leafText).digest("base64");
    expect(leafHash).toBe(hash);
    const body = createHash("sha256").update(Buffer.from(salt, "base64")).update(recordText).digest("hex");
    expect(leaf.body).toBe(body);
  }
});

const [one, other] = members;
const effective = () => new Set(filled.decisions.flatMap((stream) => effectiveDecisions(stream)));
const failed = ({ lines }: Decision, rule: string) =>
  lines.some(({ findings }) => findings?.adverse.some(({ ruleId }) => ruleId === rule));

const filters: [sentence: string, filter: () => DecisionFilter, meets: (decision: Decision) => boolean][] = [
  ["of a member", () => ({ memberId: one }), ({ memberId }) => memberId === one],
  [
    "of a claim number",
    () => ({ claimNumber: filled.decisions[1][3].session.claimNumber }),
    ({ session }) => session.claimNumber === filled.decisions[1][3].session.claimNumber,
  ],
  [
    "of dispositions",
    () => ({ dispositions: ["DENIED", "VOIDED"] }),
    ({ disposition }) => disposition === "DENIED" || disposition === "VOIDED",
  ],
  ["of kinds", () => ({ kinds: ["IMPORT", "REVIEW"] }), ({ kind }) => kind === "IMPORT" || kind === "REVIEW"],
  [
    "that failed a rule",
    () => ({ failedRules: ["ESI-FREQUENCY", "ESI-REGION"] }),
    (decision) => failed(decision, "ESI-FREQUENCY"),
  ],
  [
    "of a region",
    () => ({ region: "LUMBAR_SACRAL" }),
    ({ lines }) => lines.some(({ region }) => region === "LUMBAR_SACRAL"),
  ],
  [
    "of a procedure code",
    () => ({ procedureCodes: ["64484", "62321"] }),
    ({ lines }) => lines.some(({ procedureCode }) => procedureCode === "64484"),
  ],
  ["of a provider", () => ({ providerNpi: "1234567893" }), () => true],
  ["of a provider who did nothing", () => ({ providerNpi: "1000000004" }), () => false],
  [
    "of a policy version",
    () => ({ policyVersionId: service.policyVersions[0].id }),
    ({ kind }) => kind === "ADJUDICATION",
  ],
  [
    "decided in a period",
    () => ({ decidedFrom: all()[2].decidedAt, decidedBefore: all()[9].decidedAt }),
    ({ decidedAt }) => decidedAt >= all()[2].decidedAt && decidedAt < all()[9].decidedAt,
  ],
  [
    "of dates of service",
    () => ({ serviceFrom: plainDate("2023-03-10"), serviceTo: plainDate("2025-01-10") }),
    ({ session }) => session.dateOfService >= "2023-03-10" && session.dateOfService <= "2025-01-10",
  ],
  ["that are effective", () => ({ effectiveOnly: true }), (decision) => effective().has(decision)],
  [
    "that meet all of several parts",
    () => ({ memberId: other, kinds: ["ADJUDICATION"], effectiveOnly: true }),
    (decision) =>
      decision.memberId === other && decision.kind === "ADJUDICATION" && effective().has(decision),
  ],
];

test.each(filters)("the decisions %s are those that are", async (_, filter, meets) => {
  const expected = all()
    .filter(meets)
    .map(({ id }) => id);
  expect(idsOf(await exported(filter())).sort()).toEqual(expected.sort());
});

test("a sealed decision has its place in the log, and what is told of others does not change", async () => {
  const [{ id }] = all();
  await service.database.query(
    `insert into audit_leaf select 7000000000, id, 'decision', leaf_hash from decision where id = $1`,
    [id],
  );
  const indexes = linesOf(await exported({})).map(({ record, leafIndex }) => [record.id, leafIndex] as const);
  expect(new Map(indexes).get(id)).toBe("7000000000");
  expect(indexes.filter(([, index]) => index === null)).toHaveLength(all().length - 1);
});

/** The cells of a table without quoted line breaks, by column. */
function tableOf(text: string): Record<string, string>[] {
  const [head, ...rows] = text.split("\r\n").slice(0, -1);
  const cellsOf = (row: string) =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
    );
  const names = cellsOf(head);
  return rows.map((row) => {
    const cells = cellsOf(row);
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, place) => [name, cells[place]]));
  });
}

test("the table has a row for each line, and one for a decision that has none", async () => {
  const table = tableOf(await exported({}, "csv"));
  const expected = all().flatMap(({ id, lines }) =>
    lines.length > 0 ? lines.map(({ lineNumber }) => `${id} ${lineNumber}`) : [`${id} `],
  );
  expect(table.map(({ decisionId, lineNumber }) => `${decisionId} ${lineNumber}`).sort()).toEqual(
    expected.sort(),
  );
  const isEffective = (id: string) => [...effective()].some((decision) => decision.id === id);
  for (const row of table) expect(row.isEffective).toBe(String(isEffective(row.decisionId)));
});

test("a denied line tells rule, codes, words, policy references and the charge denied", async () => {
  const lines = [
    { lineNumber: 1, procedureCode: "64483", modifiers: [], units: 1, diagnosisCodes: ["M54.16"] },
    { lineNumber: 2, procedureCode: "64484", modifiers: ["59"], units: 3, diagnosisCodes: [] },
  ].map((line) => ({ ...line, chargeAmount: "100.00" }));
  const session = claimSession("TABLE", "2025-05-12", { claimNumber: "=1+1", stateOfService: "FL", lines });
  const { id } = await decided(claimRequest(session), service);
  const [kept, cut] = tableOf(await exported({ memberId: "TABLE" }, "csv"));
  expect(kept).toMatchObject({
    decisionId: id,
    lineDisposition: "ALLOWED",
    chargeDenied: "0.00",
    reasons: "",
  });
  expect(cut).toMatchObject({
    ...{ decisionId: id, kind: "ADJUDICATION", disposition: "PARTIAL", memberId: "TABLE" },
    ...{ claimNumber: "'=1+1", dateOfService: "2025-05-12", policyVersionId: "molina-esi@2021-12-12" },
    ...{ lineNumber: "2", procedureCode: "64484", modifiers: "59", lineDisposition: "REDUCED" },
    ...{ units: "3", unitsAllowed: "1", unitsDenied: "2", chargeAmount: "100.00", chargeDenied: "66.67" },
    failedRules: "ESI-LEVELS",
    reasons: "ESI-LEVELS CO-273 N362 x2",
    explanation: "More levels than the 2 allowed for a region, performer and day.",
    policyReferences:
      "molina-esi: Policy Overview, bullet 2; A58777: Billing and Coding; A56681: Billing and Coding",
  });
});

test("a review tells who, why and under which document, as no formula", async () => {
  const { id } = await decided(claimRequest(claimSession("REVIEWED", "2025-05-12")), service);
  const request = reviewRequest("REVIEWED", id, [{ lineNumber: 1, unitsAllowed: 0 }]);
  if (request.kind !== "review") throw new Error("no review");
  const review = { ...request.review, reason: '@SUM(A1), "twice"', documentReference: " =HYPERLINK(1)" };
  await decided({ ...request, review }, service);
  const [, row] = tableOf(await exported({ memberId: "REVIEWED" }, "csv"));
  expect(row).toMatchObject({
    ...{ kind: "REVIEW", supersedes: id, reviewer: "reviewer" },
    ...{ reviewReason: `'@SUM(A1), "twice"`, documentReference: "' =HYPERLINK(1)" },
  });
});

test("of nothing the table has its head, and the lines are none", async () => {
  const nobody = { memberId: "NOBODY" };
  expect(await exported(nobody)).toBe("");
  expect(await exported(nobody, "csv")).toMatch(/^decisionId,leafIndex,kind,[A-Za-z,]+\r\n$/);
});

test("what is decided while an export runs is not in it, and nothing is missed or told twice", async () => {
  const text: string[] = [];
  const parts = exportDecisions({ format: "ndjson", filter: {} }, service);
  const before = idsOf(await exported({}));
  for await (const part of parts) {
    text.push(part.text);
    await decided(claimRequest(claimSession("LATE", `2025-0${text.length}-12`)), service);
  }
  expect(idsOf(text.join(""))).toEqual(before);
});

test("a record that is not as it was written ends the export, and the decision is named", async () => {
  const { id } = await decided(claimRequest(claimSession("CHANGED", "2025-05-12")), service);
  const record = `update decision set record = $2 where id = $1`;
  await tamper(service, record, [id, '{"memberId":\n"CHANGED"}']);
  await expect(exported({ memberId: "CHANGED" })).rejects.toThrow(`decision ${id} is not stored as it was`);
  await expect(exported({ memberId: "CHANGED" }, "csv")).rejects.toThrow(`decision ${id} is not stored`);
});
