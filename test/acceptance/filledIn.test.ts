import { filledInput, resolved, underDefaults } from "./filledIn";
import type { RunNames } from "./filledIn";
import type { Defaults, Json, Step, StepKind } from "./vectorFile";

const DEFAULTS: Defaults = {
  session: { claimType: "FACILITY", renderingProviderNpi: "1234567893", lines: [{ procedureCode: "62323" }] },
  import: { sourceSystem: "LEGACY" },
  review: { reason: "r" },
  exception: { effectiveFrom: "2024-01-01" },
  line: { units: 1, chargeAmount: "1.00" },
};

function filled(kind: StepKind, input: Json): Json {
  let count = 0;
  const names: RunNames = {
    memberIds: new Map([
      ["M", "M-of-this-run"],
      ["N", "N-of-this-run"],
    ]),
    fresh: (purpose) => {
      count += 1;
      return `${purpose}-${count}`;
    },
  };
  const step: Step = { kind, input };
  return filledInput(step, DEFAULTS, names);
}

describe("what a step leaves out", () => {
  it("is filled in with the defaults, the member M, and a claim number, a key and line numbers", () => {
    expect(filled("submit", { session: {} })).toEqual({
      idempotencyKey: "key-1",
      session: {
        claimNumber: "claim-2",
        memberId: "M-of-this-run",
        claimType: "FACILITY",
        renderingProviderNpi: "1234567893",
        lines: [{ lineNumber: 1, procedureCode: "62323", units: 1, chargeAmount: "1.00" }],
      },
    });
  });

  it("is replaced by what is given, lines as a whole, and read as the other member for N", () => {
    const lines: Json = [{ lineNumber: 7, procedureCode: "62321", units: 2 }, { procedureCode: "99213" }];
    expect(filled("preview", { session: { memberId: "N", claimNumber: "A1", lines } })).toMatchObject({
      session: {
        memberId: "N-of-this-run",
        claimNumber: "A1",
        lines: [
          { lineNumber: 7, procedureCode: "62321", units: 2 },
          { lineNumber: 2, units: 1 },
        ],
      },
    });
  });

  it("is a key and a claim number for each session of an import", () => {
    expect(filled("import", [{}, {}])).toEqual([
      { claimNumber: "claim-1", idempotencyKey: "key-2", memberId: "M-of-this-run", sourceSystem: "LEGACY" },
      { claimNumber: "claim-3", idempotencyKey: "key-4", memberId: "M-of-this-run", sourceSystem: "LEGACY" },
    ]);
  });

  it("is no line default in a review, whose lines are others", () => {
    expect(filled("review", { decisionId: "x", lines: [{ lineNumber: 1, unitsAllowed: 0 }] })).toEqual({
      idempotencyKey: "key-1",
      reason: "r",
      memberId: "M-of-this-run",
      decisionId: "x",
      lines: [{ lineNumber: 1, unitsAllowed: 0 }],
    });
  });

  it("is the member of an allowance, and nothing but defaults of an exception", () => {
    expect(filled("allowance", { on: "2026-01-01" })).toEqual({
      on: "2026-01-01",
      memberId: "M-of-this-run",
    });
    expect(filled("exception", { source: "FEDERAL" })).toEqual({
      source: "FEDERAL",
      effectiveFrom: "2024-01-01",
    });
  });
});

describe("a null", () => {
  it("takes a default away, and is sent where there is no default", () => {
    expect(underDefaults({ a: null, b: null }, { a: 1 })).toEqual({ b: null });
  });
});

describe("a name", () => {
  it("stands for a decision at any depth, and only where the whole text is a name", () => {
    const value = { decisionId: "$first", list: ["$h.2", "costs $first"] };
    expect(resolved(value, (name) => `<${name}>`)).toEqual({
      decisionId: "<first>",
      list: ["<h.2>", "costs $first"],
    });
  });
});
