import canonicalize from "canonicalize";
import fc from "fast-check";
import { explain } from "../../src/adjudication/explain";
import { findingsOf } from "../../src/adjudication/findings";
import { LineDecision } from "../../src/member/decision";
import { rulesOf } from "../../src/policy/policyVersion";
import { law, outcomeOf, situations, version } from "./situations";

const rules = rulesOf(version);
const governed = ({ procedureCode }: { procedureCode: string }) => procedureCode in version.procedures;

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

test("the same claim on the same file has the same outcome, and nothing that is given is changed", () => {
  law((situation, outcome) => {
    const again = outcomeOf(frozen(structuredClone(situation)));
    expect(canonicalize(again)).toBe(canonicalize(outcome));
  });
});

test("every rule says one thing about every governed line, and nothing about another", () => {
  law(({ claim }, outcome) => {
    for (const line of outcome.lines) {
      const said = findingsOf({ ...outcome, session: claim }, line, version).map(({ ruleId }) => ruleId);
      expect(said).toEqual(governed(line) ? rules.map(({ rule }) => rule.id) : []);
      const { met, adverse } = line.findings ?? { met: [], adverse: [] };
      const recorded = [...met, ...adverse.map(({ ruleId }) => ruleId)];
      expect(new Set(recorded).size).toBe(recorded.length);
    }
  });
});

test("the order in which lines are sent changes nothing but the order in which they are answered", () => {
  const shuffled = situations.chain((situation) =>
    fc
      .shuffledSubarray([...situation.claim.lines], { minLength: situation.claim.lines.length })
      .map((lines) => ({ situation, other: { ...situation, claim: { ...situation.claim, lines } } })),
  );
  fc.assert(
    fc.property(shuffled, ({ situation, other }) => {
      const [one, two] = [outcomeOf(situation), outcomeOf(other)];
      const numbers = ({ lines }: { lines: readonly { lineNumber: number }[] }) =>
        lines.map(({ lineNumber }) => lineNumber);
      expect(numbers(two)).toEqual(numbers(other.claim));
      expect({ ...two, lines: byNumber(two.lines) }).toEqual({ ...one, lines: byNumber(one.lines) });
    }),
    { numRuns: 500 },
  );
});

function byNumber(lines: readonly LineDecision[]): LineDecision[] {
  return [...lines].sort((one, other) => one.lineNumber - other.lineNumber);
}

test("no unit is lost or made: units allowed, denied and pended are the units billed", () => {
  law((_, { lines }) => {
    for (const { units, unitsAllowed, unitsDenied, adjustments, disposition } of lines) {
      const pended = disposition === "PENDED" ? units - unitsDenied : 0;
      const untouched = disposition === "NOT_GOVERNED" ? units : 0;
      expect(unitsAllowed + unitsDenied + pended + untouched).toBe(units);
      expect([unitsAllowed >= 0, unitsDenied >= 0, disposition !== "PENDED" || pended > 0]).not.toContain(
        false,
      );
      expect(adjustments.reduce((sum, adjustment) => sum + adjustment.units, 0)).toBe(unitsDenied);
    }
  });
});

test("each rule that takes units has one adjustment for them, with the codes of its cause", () => {
  law(({ claim }, { lines }) => {
    for (const { adjustments, findings } of lines) {
      const taking = (findings?.adverse ?? []).filter(({ outcome }) => outcome === "NOT_MET");
      expect(adjustments.map(({ ruleId }) => ruleId).sort()).toEqual(
        taking.map(({ ruleId }) => ruleId).sort(),
      );
      for (const { units, ruleId, ...reason } of adjustments) {
        expect(units).toBeGreaterThan(0);
        const cause = taking.find((finding) => finding.ruleId === ruleId)?.cause ?? "";
        const rows = version.rows.filter(({ rule, reasons }) => rule.id === ruleId && reasons[cause]);
        expect(rows.map(({ reasons }) => reasons[cause][claim.lineOfBusiness])).toEqual([reason]);
      }
    }
  });
});

test("once nothing of a line is left, the rules that follow have no say in it", () => {
  law((_, { lines }) => {
    for (const line of lines.filter(governed)) {
      const { met = [], adverse = [] } = line.findings ?? {};
      const last = adverse.find(
        ({ ruleId, outcome }) => outcome === "UNDETERMINED" || exhausts(line, ruleId),
      );
      if (!last) continue;
      const place = Math.max(...(rules.find(({ rule }) => rule.id === last.ruleId)?.order ?? []));
      const later = rules.filter(({ order }) => Math.min(...order) > place).map(({ rule }) => rule.id);
      const spoke = [...met, ...adverse.map(({ ruleId }) => ruleId)];
      expect(spoke.filter((ruleId) => later.includes(ruleId))).toEqual([]);
    }
  });
});

function exhausts({ adjustments, units }: LineDecision, ruleId: string): boolean {
  const upTo = adjustments.findIndex((adjustment) => adjustment.ruleId === ruleId);
  return adjustments.slice(0, upTo + 1).reduce((sum, adjustment) => sum + adjustment.units, 0) === units;
}

test("dispositions follow from units, and that of the decision from those of its lines", () => {
  law((_, { lines, disposition }) => {
    const said = lines.filter(governed);
    for (const line of said.filter((one) => one.disposition !== "PENDED")) {
      const expected = line.unitsDenied === 0 ? "ALLOWED" : line.unitsAllowed > 0 ? "REDUCED" : "DENIED";
      expect(line.disposition).toBe(expected);
    }
    const kinds = new Set(said.map((line) => line.disposition));
    const only = kinds.size === 1 ? [...kinds][0] : undefined;
    const whole = only === "ALLOWED" ? "APPROVED" : only === "DENIED" ? "DENIED" : "PARTIAL";
    expect(disposition).toBe(kinds.size === 0 ? "NOT_GOVERNED" : kinds.has("PENDED") ? "PENDED" : whole);
  });
});

test("a record that was stored and read back says the same: decision, findings and explanation", () => {
  law(({ claim }, outcome) => {
    const { memberId, lines, ...session } = claim;
    const decision = { ...outcome, kind: "ADJUDICATION" as const, session };
    const record = canonicalize(decision) ?? "";
    const readBack: typeof decision = JSON.parse(record);
    expect(canonicalize(readBack)).toBe(record);
    expect(explain(readBack, version)).toBe(explain(decision, version));
    const findings = (of: typeof decision) => of.lines.map((line) => findingsOf(of, line, version));
    expect(canonicalize(findings(readBack))).toBe(canonicalize(findings(decision)));
  });
});

test("the situations of these laws reach every cause, flag and disposition", () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(situations, (situation) => {
      const outcome = outcomeOf(situation);
      reached.add(outcome.disposition);
      outcome.reviewFlags.forEach((flag) => reached.add(flag));
      for (const { disposition, findings } of outcome.lines) {
        reached.add(disposition);
        findings?.adverse.forEach(({ ruleId, cause }) => reached.add(`${ruleId} ${cause}`));
      }
    }),
    { numRuns: 3_000, seed: 1 },
  );
  const causes = rules.flatMap(({ rule }) =>
    Object.keys(rule.words.adverse).map((cause) => `${rule.id} ${cause}`),
  );
  const flags = ["AMBIGUOUS_BILATERAL_ADD_ON", "DIAGNOSTIC_BLOCK", "MIXED_APPROACH", "MULTIPLE_PERFORMERS"];
  const dispositions = ["APPROVED", "PARTIAL", "DENIED", "PENDED", "NOT_GOVERNED", "ALLOWED", "REDUCED"];
  expect([...reached].sort()).toEqual([...causes, ...flags, ...dispositions].sort());
});
