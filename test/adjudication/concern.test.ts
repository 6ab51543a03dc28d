import { joining, mayConcern, versionOfAdjudication } from "../../src/adjudication/concern";
import { Decision } from "../../src/member/decision";
import { SessionLimit } from "../../src/policy/frequency";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { decided, line } from "../member/decisions";

const [{ id: policyVersionId }] = molinaEsiVersions;
const date = "2025-02-28";

/** An adjudication of a lumbar line, under the policy's limits or an exception's. */
function judged(...limits: SessionLimit[]): Decision {
  const excepted = { exceptionId: "E1", source: "FEDERAL", parameter: "sessionsPerRegion" } as const;
  const exceptionsConsidered = limits.length > 0 ? [{ ...excepted, value: limits, applied: true }] : [];
  const lines = [line("62323", 0, { region: "LUMBAR_SACRAL" })];
  return decided(1, date, { policyVersionId, exceptionsConsidered, lines });
}

const concerns = (other: Decision, decision = judged()) => mayConcern(decision, [other], molinaEsiVersions);

test.each([
  ["2024-02-28", false],
  ["2024-02-29", true],
  ["2025-02-27", true],
  ["2025-02-28", true],
  ["2025-03-01", true],
  ["2026-02-27", true],
  ["2026-02-28", false],
])("a session on %s can share a window with a claim of 2025-02-28: %s", (other, isConcerned) => {
  expect(concerns(decided(2, other))).toBe(isConcerned);
});

test("the longest of several limits is looked at, and those of the exceptions that applied", () => {
  const limits = [
    { months: 3, sessions: 1 },
    { months: 24, sessions: 6 },
    { months: 6, sessions: 2 },
  ];
  const concerned = ["2023-02-28", "2023-03-01", "2027-02-27", "2027-02-28"].map((other) =>
    concerns(decided(2, other), judged(...limits)),
  );
  expect(concerned).toEqual([false, true, true, false]);
  expect(concerns(decided(2, "2024-11-27"), judged({ months: 3, sessions: 1 }))).toBe(false);
});

test.each<[string, Parameters<typeof decided>[2], boolean]>([
  ["of a session of the other region", { lines: [line("62321", 1)] }, false],
  ["of a session of both", { lines: [line("62321", 1), line("64483", 1)] }, true],
  ["that allows nothing", { lines: [line("62323", 0)] }, false],
  ["of nothing that is governed", { lines: [line("J3301", 1)] }, false],
  ["that is a void", { kind: "VOID", disposition: "VOIDED", lines: [] }, false],
])("a decision %s on another day can make a difference: %s", (_, about, isConcerned) => {
  expect(concerns(decided(2, "2025-03-03", about))).toBe(isConcerned);
});

test("whatever is decided on the same day can make a difference", () => {
  expect(concerns(decided(2, date, { lines: [line("62321", 0)] }))).toBe(true);
  expect(concerns(decided(2, date, { kind: "VOID", lines: [] }))).toBe(true);
});

test("one of several decisions is enough, and none is none", () => {
  const [apart, near] = [decided(2, "2020-01-06"), decided(3, "2025-01-06")];
  expect(mayConcern(judged(), [apart, near], molinaEsiVersions)).toBe(true);
  expect(mayConcern(judged(), [apart], molinaEsiVersions)).toBe(false);
  expect(mayConcern(judged(), [], molinaEsiVersions)).toBe(false);
});

test("with a decision goes the one that it supersedes", () => {
  const [first, second] = [decided(1, date), decided(2, date)];
  expect(joining(decided(3, date, { supersedes: 1 }), [first, second])).toEqual([
    decided(3, date, { supersedes: 1 }),
    first,
  ]);
  expect(joining(decided(3, date), [first, second])).toEqual([decided(3, date)]);
});

test("the version of an adjudication is the one that it names, and must be known", () => {
  expect(versionOfAdjudication(judged(), molinaEsiVersions)).toBe(molinaEsiVersions[0]);
  expect(() => versionOfAdjudication(judged(), [])).toThrow(policyVersionId);
});
