import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshDatabase, TestDatabase } from "../../cluster/database";
import { ServiceProcess, startServiceProcess, tokenFor } from "../../processes/serviceProcess";
import { Audited, auditOnce } from "./auditOnce";
import type { Answered, AnsweredDecision } from "./decideAll";
import { judge } from "./judge";

/** The audit at scale, at a smaller scale; `npm run prove -- --audit` makes the great one. */
const sessions = 2_000;
const right = {
  ...{ unitsTooMany: 0, unitsTooFew: 0, wrongPends: 0, wrongDispositions: 0, wrongRefusals: 0 },
  ...{ overfilledWindows: 0, gapsInStreams: 0 },
};

let database: TestDatabase;
let folder: string;
let service: ServiceProcess;
let audited: Audited;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "esi-audit-"));
  service = await startServiceProcess({ dataFolder: folder, databaseUrl: database.url });
  const reached = { address: service.address, token: await tokenFor(folder) };
  audited = await auditOnce({ seed: "suite", sessions, service: reached, databaseUrl: database.url });
}, 90_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await rm(folder, { recursive: true });
  await database.drop();
});

test("of a population nothing is paid too much and nothing denied wrongly", () => {
  expect(audited.judgement).toEqual(right);
});

test("everything is in the population: each disposition, corrections, refusals, and many denials", () => {
  const count = (isMeant: (answered: Answered) => boolean) => audited.answered.filter(isMeant).length;
  expect(audited.answered).toHaveLength(sessions);
  for (const disposition of ["APPROVED", "PARTIAL", "DENIED", "PENDED", "NOT_GOVERNED", "VOIDED"])
    expect([disposition, count(({ decision }) => decision?.disposition === disposition)]).not.toContain(0);
  expect(count(({ refusal }) => refusal === "ORIGINAL_DENIED")).toBeGreaterThan(0);
  expect(count(({ session, decision }) => session.frequency === "REPLACEMENT" && !!decision)).toBeGreaterThan(
    0,
  );
  expect(count(({ decision }) => decision?.disposition === "DENIED")).toBeGreaterThan(sessions * 0.2);
});

const changedAnswer = (
  isMeant: (answered: Answered) => boolean,
  change: (decision: AnsweredDecision) => AnsweredDecision | null,
) => {
  const meant = audited.answered.find(isMeant);
  if (!meant?.decision) throw new Error("there is no such answer");
  const changed = { ...meant, decision: change(meant.decision) };
  return judge(
    database.url,
    audited.answered.map((one) => (one === meant ? changed : one)),
  );
};

const isOriginal = ({ session: { frequency } }: Answered) => frequency === undefined;
const isAlone = ({ session: { memberId } }: Answered) =>
  audited.answered.filter(({ session }) => session.memberId === memberId).length === 1;
const allowing = (units: (billed: number) => number) => (decision: AnsweredDecision) => ({
  ...decision,
  lines: decision.lines.map((line) => ({ ...line, unitsAllowed: units(line.unitsAllowed) })),
});

test("the judge finds an approval that was none", async () => {
  const isDenied = (one: Answered) => isOriginal(one) && one.decision?.disposition === "DENIED";
  const judgement = await changedAnswer(isDenied, (decision) => ({
    ...allowing(() => 1)(decision),
    disposition: "APPROVED",
  }));
  expect(judgement.unitsTooMany).toBeGreaterThan(0);
  expect(judgement.wrongDispositions).toBeGreaterThan(0);
});

test("the judge finds a denial that was none", async () => {
  const isApproved = (one: Answered) =>
    isOriginal(one) && isAlone(one) && one.decision?.disposition === "APPROVED";
  const judgement = await changedAnswer(
    isApproved,
    allowing(() => 0),
  );
  expect(judgement).toEqual({ ...right, unitsTooFew: expect.any(Number) });
  expect(judgement.unitsTooFew).toBeGreaterThan(0);
});

test("the judge finds one unit too many, a pend that was none, and a decision that is missing", async () => {
  const isApproved = (one: Answered) => isOriginal(one) && one.decision?.disposition === "APPROVED";
  expect(
    (
      await changedAnswer(
        isApproved,
        allowing((units) => units + 1),
      )
    ).unitsTooMany,
  ).toBeGreaterThan(0);
  const pended = (decision: AnsweredDecision) => ({
    ...decision,
    lines: decision.lines.map((line) => ({ ...line, disposition: "PENDED" })),
  });
  expect((await changedAnswer(isApproved, pended)).wrongPends).toBeGreaterThan(0);
  const isFirstOfMany = (one: Answered) => one.decision?.memberSequence === 1 && !isAlone(one);
  expect((await changedAnswer(isFirstOfMany, () => null)).gapsInStreams).toBe(1);
});
