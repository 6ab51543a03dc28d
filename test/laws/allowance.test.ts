import fc from "fast-check";
import { judgePreview } from "../../src/adjudication/judge";
import { findingsOf } from "../../src/adjudication/findings";
import { ClaimSession } from "../../src/claim/claimSession";
import { daysAfter, fromEpochDay, PlainDate, plainDate, epochDay } from "../../src/claim/plainDate";
import { allowanceOf } from "../../src/member/allowance";
import { Decision } from "../../src/member/decision";
import { billed, claimSession, historicalSession } from "../cases/claims";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { CoreMember } from "./coreMember";

const [version] = molinaEsiVersions;
const policy = new CoreMember().policy();
const now = "2026-07-01T00:00:00.000Z";
const firstDay = epochDay(plainDate("2023-01-01"));

/** Sessions crowded around leap days and ends of months, some in the way of others. */
const dates = fc.uniqueArray(
  fc.integer({ min: 0, max: 800 }).map((day) => fromEpochDay(firstDay + day)),
  {
    minLength: 0,
    maxLength: 9,
  },
);

/** A member with lumbar sessions on file on these dates, loaded from elsewhere. */
function streamOf(sessionDates: readonly PlainDate[]): readonly Decision[] {
  const member = new CoreMember();
  for (const date of sessionDates) {
    const { memberId, claimNumber, claimType, billingProviderNpi, sourceSystem } = historicalSession(
      "M",
      date,
    );
    const lines = [{ lineNumber: 1, procedureCode: "62323", units: 1 }];
    const about = {
      memberId,
      claimNumber,
      claimType,
      billingProviderNpi,
      renderingProviderNpi: "1234567893",
      sourceSystem,
    };
    const input = { idempotencyKey: claimNumber, ...about, dateOfService: date, lines };
    member.take({ kind: "import", input }, now);
  }
  return member.stream;
}

/** What frequency says about one more lumbar session by a performer who has none on file. */
function frequencyOn(date: PlainDate, stream: readonly Decision[]) {
  const claim: ClaimSession = claimSession("M", date, {
    renderingProviderNpi: "1000000004",
    lines: [billed("62323")],
  });
  const judged = judgePreview(claim, stream, policy);
  if ("refusals" in judged) throw new Error(`refused: ${judged.refusals[0].code}`);
  const [line] = judged.outcome.lines;
  const found = { ...judged.outcome, session: judged.session };
  return findingsOf(found, line, version).find(({ ruleId }) => ruleId === "ESI-FREQUENCY");
}

test("day by day the allowance says what a preview says: whether one more session fits, or when", () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 1_100 }), (sessionDates, start) => {
      const stream = streamOf(sessionDates);
      for (let day = 0; day < 30; day++) {
        const on = daysAfter(fromEpochDay(firstDay + start), day);
        const limits = version.parameters.sessionsPerRegion;
        const allowance = allowanceOf(stream, "LUMBAR_SACRAL", on, limits, version.procedures);
        const frequency = frequencyOn(on, stream);
        const isCounted = sessionDates.includes(on);
        expect(allowance.nextEligibleDate === on).toBe(frequency?.outcome === "MET" && !isCounted);
        if (frequency?.outcome === "NOT_MET")
          expect(frequency.nextEligibleDate).toBe(allowance.nextEligibleDate);
        const isLast = sessionDates.every((date) => date <= on);
        if (isLast && !isCounted) expect(allowance.limits[0].left > 0).toBe(frequency?.outcome === "MET");
      }
    }),
    { numRuns: 150 },
  );
});

test("what was allowed elsewhere and loaded weighs like what was submitted here", () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 1_100 }), (sessionDates, start) => {
      const submitted = new CoreMember();
      for (const date of sessionDates) {
        const { claimNumber, ...claim } = claimSession("M", date);
        const lines = [{ lineNumber: 1, procedureCode: "62323", units: 1 }];
        const event = {
          kind: "claim" as const,
          idempotencyKey: claimNumber,
          session: { ...claim, claimNumber, lines },
        };
        submitted.take(event, now);
      }
      const allowed = submitted.stream.filter(({ disposition }) => disposition === "APPROVED");
      const loaded = streamOf(allowed.map(({ session }) => session.dateOfService));
      const on = fromEpochDay(firstDay + start);
      const claim = claimSession("M", on, {
        lines: [billed("64483"), billed("64484", { lineNumber: 2, units: 2 })],
      });
      const outcomes = [submitted.stream, loaded].map((stream) => judgePreview(claim, stream, policy));
      const [one, other] = outcomes.map((outcome) =>
        JSON.stringify(outcome).replace(/"decisionIds":\[[^\]]*\]/g, ""),
      );
      expect(one).toBe(other);
    }),
    { numRuns: 500 },
  );
});
