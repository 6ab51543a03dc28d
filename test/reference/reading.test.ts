import { ReferenceModel } from "./referenceModel";
import { claim, imported, made } from "./scenario";

let now: string;
let model: ReferenceModel;
beforeEach(() => {
  now = "2026-07-01T00:00:00Z";
  model = new ReferenceModel({ now: () => now });
});

describe("reading", () => {
  it("as known at an instant sees what had been recorded by then, exceptions too", () => {
    imported(model, "2025-06-02");
    now = "2026-07-02T00:00:00Z";
    imported(model, "2025-08-04");
    model.declareException({
      source: "FEDERAL",
      parameter: "sessionsPerRegion",
      value: '[{"months":12,"sessions":6}]',
      effectiveFrom: "2025-01-01",
      citation: "c",
    });
    const asked = { region: "LUMBAR_SACRAL", on: "2025-09-01" } as const;
    const before = model.allowance("M", asked, "2026-07-01T12:00:00Z");
    expect(before?.limits).toMatchObject([{ sessions: 4, used: 1 }]);
    expect(model.allowance("M", asked)?.limits).toMatchObject([{ sessions: 6, used: 2 }]);
    expect(model.historyOnFileSince("M", "2026-06-30T23:59:59.999Z")).toBeNull();
  });

  it("never lets the instant of a decision be before that of the one before it", () => {
    imported(model, "2025-06-02");
    now = "2026-06-30T00:00:00Z";
    imported(model, "2025-08-04");
    expect(model.decisions("M").map((decision) => decision.decidedAt)).toEqual([
      "2026-07-01T00:00:00.000Z",
      "2026-07-01T00:00:00.000Z",
    ]);
  });

  it("previews a void as voided and stores nothing", () => {
    made(model, { claimNumber: "A1" });
    const session = claim({ frequency: "VOID", originalClaimNumber: "A1", lines: [] });
    const preview = model.preview({ session });
    expect([preview.disposition, preview.lines, preview.policyVersion]).toEqual(["VOIDED", [], null]);
    expect(model.decisions("M")).toHaveLength(1);
  });

  it("takes no more than a hundred at once", () => {
    const inputs = Array.from({ length: 101 }, (_, place) => ({
      idempotencyKey: `b${place}`,
      session: claim({}),
    }));
    expect(() => model.submitAll(inputs)).toThrow("at most 100");
    expect(model.submitAll(inputs.slice(0, 100))).toHaveLength(100);
  });
});
