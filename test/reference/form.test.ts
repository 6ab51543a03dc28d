import type { ClaimSessionInput, HistoricalSessionInput, PolicyExceptionInput } from "./contract";
import { exceptionFaults, importFaults, reviewFaults, sessionFaults, submissionFaults } from "./form";
import { isFreeText, isNpi, isParameterValue, isState } from "./grammar";

const SESSION: ClaimSessionInput = {
  memberId: "M-1",
  claimNumber: "A1",
  claimType: "PROFESSIONAL",
  lineOfBusiness: "MEDICAID",
  dateOfService: "2025-05-12",
  stateOfService: "TX",
  placeOfService: "11",
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
  lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
};
const LINE = { lineNumber: 1, procedureCode: "62323", units: 1 };
const HISTORY: HistoricalSessionInput = {
  idempotencyKey: "k",
  memberId: "M-1",
  claimNumber: "A1",
  claimType: "FACILITY",
  dateOfService: "2025-05-12",
  billingProviderNpi: "1500000009",
  sourceSystem: "LEGACY",
  lines: [LINE],
};
const EXCEPTION: PolicyExceptionInput = {
  source: "STATE",
  key: "OH",
  parameter: "transforaminalLevels",
  value: "3",
  effectiveFrom: "2025-01-01",
  citation: "Notice 7",
};
const TWELVE_DIAGNOSES = Array.from({ length: 12 }, () => "M54.16");
const dotted = (paths: string[][]): string[] => paths.map((path) => path.join("."));

describe("the form of a claim session", () => {
  it.each<[Partial<ClaimSessionInput>, string[]]>([
    [{}, []],
    [{ memberId: "" }, ["memberId"]],
    [{ memberId: "x".repeat(64), claimNumber: "~!" }, []],
    [{ memberId: "x".repeat(65) }, ["memberId"]],
    [{ claimNumber: "А1" }, ["claimNumber"]],
    [{ claimNumber: "A1\n" }, ["claimNumber"]],
    [{ originalClaimNumber: "" }, ["originalClaimNumber"]],
    [{ originalClaimNumber: null, originalDateOfService: null }, []],
    [{ benefitPlanId: null, providerContractId: null }, []],
    [{ originalDateOfService: "2025-02-30" }, ["originalDateOfService"]],
    [{ dateOfService: "2025-2-3" }, ["dateOfService"]],
    [{ stateOfService: "tx" }, ["stateOfService"]],
    [{ placeOfService: "1a" }, ["placeOfService"]],
    [{ billingProviderNpi: "1500000008" }, ["billingProviderNpi"]],
    [{ renderingProviderNpi: undefined }, ["renderingProviderNpi"]],
    [{ claimType: "FACILITY", renderingProviderNpi: undefined }, []],
    [{ claimType: "FACILITY", renderingProviderNpi: "1234567890" }, ["renderingProviderNpi"]],
    [{ benefitPlanId: "a b", providerContractId: "é" }, ["benefitPlanId", "providerContractId"]],
    [{ lines: [] }, ["lines"]],
    [{ lines: Array.from({ length: 50 }, (_, place) => ({ ...LINE, lineNumber: place + 1 })) }, []],
    [{ lines: Array.from({ length: 51 }, (_, place) => ({ ...LINE, lineNumber: place + 1 })) }, ["lines"]],
    [{ lines: [LINE, LINE] }, ["lines.1.lineNumber"]],
    [{ lines: [{ ...LINE, lineNumber: 0 }] }, ["lines.0.lineNumber"]],
    [{ lines: [{ ...LINE, lineNumber: 999, units: 999 }] }, []],
    [{ lines: [{ ...LINE, units: 0, procedureCode: "6232O1" }] }, ["lines.0.procedureCode", "lines.0.units"]],
    [{ lines: [{ ...LINE, modifiers: ["RT", "LT", "59", "76"] }] }, []],
    [{ lines: [{ ...LINE, modifiers: ["RT", "LT", "59", "76", "XS"] }] }, ["lines.0.modifiers"]],
    [{ lines: [{ ...LINE, modifiers: ["RT", "lt", ""] }] }, ["lines.0.modifiers"]],
    [{ lines: [{ ...LINE, diagnosisCodes: ["M54.16", "M5416", "Z00"] }] }, []],
    [{ lines: [{ ...LINE, diagnosisCodes: ["M5"] }] }, ["lines.0.diagnosisCodes"]],
    [{ lines: [{ ...LINE, diagnosisCodes: TWELVE_DIAGNOSES }] }, []],
    [{ lines: [{ ...LINE, diagnosisCodes: [...TWELVE_DIAGNOSES, "M54.16"] }] }, ["lines.0.diagnosisCodes"]],
    [{ lines: [{ ...LINE, chargeAmount: "123456789.00" }] }, []],
    [{ lines: [{ ...LINE, chargeAmount: "1.5" }] }, ["lines.0.chargeAmount"]],
    [{ lines: [{ ...LINE, chargeAmount: "-1.00" }] }, ["lines.0.chargeAmount"]],
    [{ frequency: "VOID", originalClaimNumber: "A0", lines: [] }, []],
    [
      { frequency: "VOID", originalClaimNumber: "A1", lines: [LINE], originalDateOfService: "2025-05-19" },
      ["claimNumber", "originalDateOfService", "lines"],
    ],
    [{ frequency: "VOID", originalClaimNumber: "A0", lines: [], originalDateOfService: "2025-05-12" }, []],
    [{ frequency: "REPLACEMENT", originalClaimNumber: "A1", originalDateOfService: "2025-05-19" }, []],
  ])("of %j has the faults %j", (changed, faults) => {
    expect(dotted(sessionFaults({ ...SESSION, ...changed }, []))).toEqual(faults);
  });

  it("is judged with the key, and every path starts inside the input", () => {
    const input = { idempotencyKey: "two words", session: { ...SESSION, lines: [{ ...LINE, units: 1000 }] } };
    expect(dotted(submissionFaults(input))).toEqual(["idempotencyKey", "session.lines.0.units"]);
    const underKey = (idempotencyKey: string): string[] =>
      dotted(submissionFaults({ idempotencyKey, session: SESSION }));
    expect(underKey("k".repeat(255))).toEqual([]);
    expect(underKey("k".repeat(256))).toEqual(["idempotencyKey"]);
  });
});

describe("the form of an import, a review and an exception", () => {
  it.each<[Partial<HistoricalSessionInput>, string[]]>([
    [{}, []],
    [{ claimType: "PROFESSIONAL" }, ["renderingProviderNpi"]],
    [{ sourceSystem: "" }, ["sourceSystem"]],
    [{ sourceSystem: "Altsystem Ä 2" }, []],
    [{ idempotencyKey: "", memberId: " ", lines: [] }, ["idempotencyKey", "memberId", "lines"]],
  ])("of an import with %j has the faults %j", (changed, faults) => {
    expect(dotted(importFaults({ ...HISTORY, ...changed }))).toEqual(faults);
  });

  it("of a review leaves its lines to be judged after the decision is found", () => {
    const review = {
      idempotencyKey: "k",
      memberId: "M-1",
      decisionId: "",
      lines: [],
      reason: "",
      documentReference: "\t",
    };
    expect(dotted(reviewFaults(review))).toEqual(["reason", "documentReference"]);
    const longest = { ...review, reason: "😀".repeat(2000), documentReference: "d".repeat(500) };
    expect(reviewFaults(longest)).toEqual([]);
    expect(dotted(reviewFaults({ ...longest, reason: "😀".repeat(2001) }))).toEqual(["reason"]);
  });

  it.each<[Partial<PolicyExceptionInput>, string[]]>([
    [{}, []],
    [{ key: null }, ["key"]],
    [{ key: "ZZ" }, ["key"]],
    [{ source: "FEDERAL" }, ["key"]],
    [{ source: "FEDERAL", key: null }, []],
    [{ source: "BENEFIT_PLAN", key: "P 1" }, ["key"]],
    [{ parameter: "levels", value: "nonsense" }, ["parameter"]],
    [{ value: "2.5" }, ["value"]],
    [{ effectiveFrom: "2025-06-01", effectiveTo: "2025-06-01" }, []],
    [{ effectiveFrom: "2025-06-01", effectiveTo: "2025-05-31" }, ["effectiveTo"]],
    [{ effectiveFrom: "soon", effectiveTo: "2025-05-31" }, ["effectiveFrom"]],
    [{ citation: "", citationUrl: "" }, ["citation", "citationUrl"]],
  ])("of an exception with %j has the faults %j", (changed, faults) => {
    expect(dotted(exceptionFaults({ ...EXCEPTION, ...changed }))).toEqual(faults);
  });
});

describe("the grammar", () => {
  it("knows fifty states, the district and five territories", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    const states = letters.flatMap((first) => letters.map((second) => first + second)).filter(isState);
    expect(states).toHaveLength(56);
    expect(["DC", "AS", "GU", "MP", "PR", "VI", "WY"].every(isState)).toBe(true);
  });

  it("finds one check digit for each nine digits of an NPI", () => {
    for (const nine of ["123456789", "150000000", "190000000", "999999999", "100000000"]) {
      expect([..."0123456789"].filter((digit) => isNpi(nine + digit))).toHaveLength(1);
    }
    expect(isNpi("1234567893")).toBe(true);
    expect(isNpi("12345678931")).toBe(false);
    expect(isNpi("１２３４５６７８９３")).toBe(false);
  });

  it("takes for free text what has no control character and no half of a pair", () => {
    expect(["a", "Ä\u00a0b", "\u202e", "😀"].every((text) => isFreeText(text, 500))).toBe(true);
    const wrong = ["", "a\nb", "\u007f", "\u0085", "a\ud800", "\udc00a"];
    expect(wrong.some((text) => isFreeText(text, 500))).toBe(false);
  });

  it.each([
    ["transforaminalLevels", "3", true],
    ["transforaminalLevels", "3.0", true],
    ["transforaminalLevels", "0", false],
    ["interlaminarLevels", "-1", false],
    ["regionsPerSession", '"2"', false],
    ["regionsPerSession", "null", false],
    ["regionsPerSession", "1e400", false],
    ["interlaminarLevels", "[1]", false],
    ["interlaminarLevels", "", false],
    ["sessionsPerRegion", '[{"months":60,"sessions":1}]', true],
    ["sessionsPerRegion", '[{"months":61,"sessions":1}]', false],
    ["sessionsPerRegion", '[{"months":0,"sessions":1}]', false],
    ["sessionsPerRegion", '[{"months":12,"sessions":0}]', false],
    ["sessionsPerRegion", '[{"months":12}]', false],
    ["sessionsPerRegion", '[{"months":12,"sessions":4,"days":1}]', false],
    ["sessionsPerRegion", '{"months":12,"sessions":4}', false],
    ["sessionsPerRegion", "[]", false],
    ["sessionsPerRegion", "4", false],
  ])("of %s judges the value %s as %j", (parameter, value, isRight) => {
    expect(isParameterValue(parameter, value)).toBe(isRight);
  });
});
