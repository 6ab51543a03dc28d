import { canonicalText } from "../../src/claim/canonicalText";
import { declarePolicyException, endPolicyException } from "../../src/cases/declarePolicyException";
import { replayVisitor } from "../../src/commands/replayRange";
import { countOf, Tally } from "../../src/commands/tally";
import { ReplayTask } from "../../src/commands/tasks";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { claimRequest, claimSession, exceptionTerms } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";
import { decided, FilledStore, fillStore, members, tamper } from "./filledStore";

let service: TestService;
let filled: FilledStore;

beforeEach(async () => {
  service = await freshService();
  filled = await fillStore(service);
}, 30_000);
afterEach(() => service.close());

const everything: ReplayTask = { kind: "replay", period: {}, share: 1 };

function replayAll(task: Partial<ReplayTask> = {}): Promise<Tally> {
  return replayVisitor({ ...everything, ...task }, service.database)({});
}

/** The counts, and the findings as `<name of the decision>: <what>`, M3 being the first member's third one. */
async function told(replaying: Promise<Tally>): Promise<{ counts: object; findings: string[] }> {
  const { counts, findings } = await replaying;
  const names = new Map(
    filled.decisions.flatMap((stream, member) =>
      stream.map(({ id }, place) => [id, `${"MN"[member]}${place + 1}`] as const),
    ),
  );
  return {
    counts: Object.fromEntries(counts),
    findings: findings.map(({ decisionId, what }) => `${names.get(decisionId)}: ${what}`),
  };
}

test("every decision of a filled store replays identical, whatever kind it is", async () => {
  expect(filled.decisions.map((stream) => stream.map(({ kind }) => kind))).toEqual([
    [...Array<string>(5).fill("ADJUDICATION"), "VOID", "ADJUDICATION", "ADJUDICATION"],
    [...Array<string>(4).fill("ADJUDICATION"), "IMPORT", "IMPORT", "REVIEW"],
  ]);
  expect(await told(replayAll())).toEqual({ counts: { decisions: 15, identical: 15 }, findings: [] });
});

/** Stores another record in the place of a decision's, and nothing else. */
async function rewrite({ id }: Decision, record: string): Promise<void> {
  await tamper(service, "update decision set record = $2 where id = $1", [id, record]);
}

type Change = (last: Decision) => string;
const changes: [string, Change, string][] = [
  [
    "a unit that was allowed",
    (last) => canonicalText({ ...last, lines: [{ ...last.lines[0], unitsAllowed: 0 }] }),
    "lines[0].unitsAllowed",
  ],
  [
    "two values",
    (last) => canonicalText({ ...last, disposition: "DENIED", reviewFlags: ["MIXED_APPROACH"] }),
    "disposition, reviewFlags[0]",
  ],
  [
    "a member that is none of a decision",
    (last) => canonicalText({ ...last, SECRET77: 1 }),
    "a name of no decision",
  ],
  ["the bytes alone", (last) => canonicalText(last).replace(":", ": "), "the whole record"],
  ["the order of members", (last) => JSON.stringify({ ...last, id: last.id }), "the whole record"],
  ["the engine", (last) => canonicalText({ ...last, engineVersion: "MEMBER" }), "engineVersion"],
  ["the place in the stream", (last) => canonicalText({ ...last, memberSequence: 9 }), "memberSequence"],
  [
    "a claim that would have been refused",
    (last) => canonicalText({ ...last, session: { ...last.session, dateOfService: "2199-01-01" } }),
    "the whole record",
  ],
  [
    "the number of exceptions that were known",
    (last) => canonicalText({ ...last, exceptionSequence: "all" }),
    "exceptionSequence, exceptionsConsidered[0]",
  ],
  [
    "a part of the claim taken away",
    (last) => canonicalText({ ...last, session: {} }),
    "cannot be decided again from what is stored (Error)",
  ],
  ["all of it, to null", () => "null", "the record cannot be read"],
  ["all of it, to no JSON at all", () => "SECRET", "the record cannot be read"],
];

test.each(changes)("a record that was changed is named with the path: %s", async (_, change, what) => {
  const last = filled.decisions[0][7];
  await rewrite(last, change(last));
  expect(await told(replayAll())).toEqual({
    counts: { decisions: 15, identical: 14, differing: 1 },
    findings: [`M8: ${what}`],
  });
});

test("where a record cannot be read, the later ones of the same member cannot be replayed either", async () => {
  await rewrite(filled.decisions[1][3], "{");
  const { counts, findings } = await told(replayAll());
  expect(counts).toEqual({ decisions: 15, identical: 11, differing: 4 });
  const before = "a record before it in the stream cannot be read";
  expect(findings).toEqual([
    "N4: the record cannot be read",
    `N5: ${before}`,
    `N6: ${before}`,
    `N7: ${before}`,
  ]);
});

test("a decision that was taken out of its stream shows in the next one", async () => {
  await tamper(service, "delete from decision where id = $1", [filled.decisions[1][5].id]);
  expect(await told(replayAll())).toEqual({
    counts: { decisions: 14, identical: 13, differing: 1 },
    findings: ["N7: memberSequence"],
  });
});

test("decisions of an engine that this program does not carry are counted apart, by its version", async () => {
  const last = filled.decisions[0][7];
  await rewrite(last, canonicalText({ ...last, engineVersion: "0.9.0" }));
  expect(await told(replayAll())).toEqual({
    counts: { decisions: 15, identical: 14, "engine 0.9.0": 1 },
    findings: [],
  });
});

test("a period takes the decisions made from its first instant on and before its last", async () => {
  const [first] = filled.decisions;
  const from = first[2].decidedAt;
  const to = first[6].decidedAt;
  const isInside = ({ decidedAt }: Decision) => decidedAt >= from && decidedAt < to;
  const count = first.filter(isInside).length;
  expect(count).toBeGreaterThanOrEqual(1);
  expect(count).toBeLessThan(first.length);
  expect(countOf(await replayAll({ period: { from, to } }), "decisions")).toBe(count);
  expect(countOf(await replayAll({ period: { from } }), "identical")).toBe(
    filled.decisions.flat().filter(({ decidedAt }) => decidedAt >= from).length,
  );
  expect(countOf(await replayAll({ period: { to: first[0].decidedAt } }), "decisions")).toBe(0);
});

test("a record after those that are asked for is not looked at, one before them is", async () => {
  const [first] = filled.decisions;
  await rewrite(first[7], "{");
  const period = { from: first[0].decidedAt, to: first[7].decidedAt };
  expect(countOf(await replayAll({ period }), "differing")).toBe(0);
  await rewrite(first[0], "{");
  expect((await told(replayAll({ period }))).findings[1]).toMatch(/^M2: a record before it/);
});

test("a sample is the same at each repetition, and about as large as it is to be", async () => {
  const requests = Array.from({ length: 60 }, (_, place) =>
    claimRequest(claimSession(`SAMPLE-${place}`, "2025-03-10")),
  );
  for (const request of requests) await decided(request, service);
  const size = async (share: number) => countOf(await replayAll({ share }), "identical");
  const half = await size(0.5);
  expect(half).toBeGreaterThan(15);
  expect(half).toBeLessThan(60);
  expect(await size(0.5)).toBe(half);
  expect(await size(0.25)).toBeLessThanOrEqual(half);
  expect(await size(0.000_001)).toBe(0);
}, 30_000);

test("exceptions declared while the replay goes on are known to it in time", async () => {
  const visit = replayVisitor(everything, service.database);
  await visit({});
  const terms = exceptionTerms({ source: "BENEFIT_PLAN", key: "PLAN" });
  const declared = await declarePolicyException(terms, "lawyer", service);
  if ("refusals" in declared) throw new Error("refused");
  const claim = () => claimRequest(claimSession(members[0], "2025-10-10", { benefitPlanId: "PLAN" }));
  expect((await decided(claim(), service)).exceptionSequence).toBe(2);
  const end = {
    exceptionId: declared.exception.id,
    effectiveTo: plainDate("2025-01-01"),
    citation: "Notice 9",
  };
  await endPolicyException(end, "lawyer", service);
  expect((await decided(claim(), service)).exceptionSequence).toBe(3);
  const { counts } = await visit({});
  expect(Object.fromEntries(counts)).toEqual({ decisions: 17, identical: 17 });
});
