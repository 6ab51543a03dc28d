import fc from "fast-check";
import { originalClaims } from "./arbitraries";
import { dateOf, dayNumber, monthsBefore } from "./calendar";
import type { ClaimSessionInput, Decision } from "./contract";
import { ReferenceModel } from "./referenceModel";

const RUNS = { numRuns: 60 };
const newModel = (): ReferenceModel => new ReferenceModel({ now: () => "2026-07-01T00:00:00Z" });

function submitted(model: ReferenceModel, session: ClaimSessionInput): Decision {
  const { decision } = model.submit({ idempotencyKey: session.claimNumber, session });
  if (decision === null) throw new Error("an original claim under a new number is decided");
  return decision;
}

describe("the model, whatever is submitted", () => {
  it("previews what it then decides", () => {
    fc.assert(
      fc.property(originalClaims, (sessions) => {
        const model = newModel();
        for (const session of sessions) {
          const { userErrors: _, ...preview } = model.preview({ session });
          expect(submitted(model, session)).toMatchObject(preview);
        }
      }),
      RUNS,
    );
  });

  it("accounts for every unit, with one finding a rule on each governed line and none on the others", () => {
    fc.assert(
      fc.property(originalClaims, (sessions) => {
        const model = newModel();
        for (const line of sessions.flatMap((session) => submitted(model, session).lines)) {
          const isGoverned = line.disposition !== "NOT_GOVERNED";
          const denied = line.adjustments.reduce((units, adjustment) => units + adjustment.units, 0);
          const isOpen = line.disposition === "PENDED" || !isGoverned;
          expect(line.unitsDenied).toBe(denied);
          expect(line.unitsAllowed + line.unitsDenied <= line.units).toBe(true);
          expect(line.unitsAllowed + line.unitsDenied === line.units).toBe(!isOpen);
          expect(new Set(line.findings.map(({ ruleId }) => ruleId)).size).toBe(isGoverned ? 9 : 0);
          expect(line.findings).toHaveLength(isGoverned ? 9 : 0);
        }
      }),
      RUNS,
    );
  });

  it("never lets twelve months hold more than four sessions of a region, nor a day two regions", () => {
    fc.assert(
      fc.property(originalClaims, (claims) => {
        const model = newModel();
        for (const session of claims) submitted(model, session);
        const sessions = model.sessions("M");
        for (const { region, dateOfService } of sessions) {
          const opens = dateOf(monthsBefore(dayNumber(dateOfService), 12));
          const inside = sessions.filter(
            (other) =>
              other.region === region && opens < other.dateOfService && other.dateOfService <= dateOfService,
          );
          expect(inside.length).toBeLessThanOrEqual(4);
          expect(sessions.filter((other) => other.dateOfService === dateOfService)).toHaveLength(1);
        }
      }),
      RUNS,
    );
  });

  it("does not care in what order the lines of a claim are sent", () => {
    fc.assert(
      fc.property(originalClaims, (sessions) => {
        const [sent, reversed] = [newModel(), newModel()];
        for (const session of sessions) {
          const turned = { ...session, lines: [...session.lines].reverse() };
          expect(submitted(reversed, turned)).toEqual(submitted(sent, session));
        }
      }),
      RUNS,
    );
  });

  it("lists for readjudication no decision that nothing came after, and names a later cause", () => {
    fc.assert(
      fc.property(originalClaims, (sessions) => {
        const model = newModel();
        for (const session of sessions) {
          const latest = submitted(model, session);
          for (const { decision, causedBy } of model.candidates("M")) {
            expect(decision.id).not.toBe(latest.id);
            expect(causedBy.memberSequence).toBeGreaterThan(decision.memberSequence);
          }
        }
      }),
      RUNS,
    );
  });

  it("says the same of a day by its allowance as by a preview", () => {
    fc.assert(
      fc.property(originalClaims, fc.integer({ min: 0, max: 900 }), (sessions, days) => {
        const model = newModel();
        for (const session of sessions) submitted(model, session);
        const on = dateOf(dayNumber("2023-01-01") + days);
        const isCounted = model.sessions("M").some(({ dateOfService }) => dateOfService === on);
        const session: ClaimSessionInput = {
          memberId: "M",
          claimNumber: "asked",
          claimType: "PROFESSIONAL",
          lineOfBusiness: "MEDICAID",
          dateOfService: on,
          stateOfService: "TX",
          placeOfService: "11",
          billingProviderNpi: "1000000004",
          renderingProviderNpi: "1000000004",
          lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
        };
        const next = model.allowance("M", { region: "LUMBAR_SACRAL", on })?.nextEligibleDate;
        const isApproved = model.preview({ session }).disposition === "APPROVED";
        if (!isCounted) expect(next === on).toBe(isApproved);
      }),
      RUNS,
    );
  });
});
