import { DecisionFilter, readDecisionFilter } from "../../src/cases/decisionFilterForm";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";

const read = (given: unknown) => readDecisionFilter(given, molinaEsiVersions);

const full = {
  memberId: "M-1",
  claimNumber: "C-1",
  dispositions: ["DENIED", "PARTIAL"],
  kinds: ["ADJUDICATION"],
  failedRules: ["ESI-FREQUENCY", "ESI-LEVELS"],
  region: "LUMBAR_SACRAL",
  procedureCodes: ["62323", "99213"],
  providerNpi: "1500000009",
  policyVersionId: molinaEsiVersions[0].id,
  decidedFrom: "2026-01-01T00:00:00.000Z",
  decidedBefore: "2026-02-01T00:00:00.000Z",
  serviceFrom: "2025-01-01",
  serviceTo: "2025-12-31",
  effectiveOnly: true,
};

test("a filter of every part is read as it is written", () => {
  expect(read(full)).toEqual({ filter: full });
});

test("null is the same as nothing", () => {
  const nothing = Object.fromEntries(Object.keys(full).map((part) => [part, null]));
  expect(read(nothing)).toEqual({ filter: {} });
  expect(read({})).toEqual({ filter: {} });
});

test("an instant of another zone is the same instant", () => {
  expect(read({ decidedFrom: "2026-01-01T01:00:00+01:00" })).toEqual({
    filter: { decidedFrom: "2026-01-01T00:00:00.000Z" },
  });
});

const faults: [part: keyof DecisionFilter, value: unknown][] = [
  ["memberId", ""],
  ["memberId", "a b"],
  ["memberId", 7],
  ["memberId", ["M-1"]],
  ["memberId", "M".repeat(65)],
  ["claimNumber", "\u0000"],
  ["dispositions", []],
  ["dispositions", "DENIED"],
  ["dispositions", ["DENIED", "denied"]],
  ["dispositions", ["DENIED", null]],
  ["kinds", Array(51).fill("IMPORT")],
  ["failedRules", ["ESI-FREQENCY"]],
  ["region", "LUMBAR"],
  ["procedureCodes", ["6232"]],
  ["providerNpi", "1500000008"],
  ["policyVersionId", "molina-esi@2021-12-13"],
  ["decidedFrom", "2026-01-01"],
  ["decidedBefore", "2026-02-30T00:00:00Z"],
  ["serviceFrom", "2025-02-30"],
  ["serviceTo", "2025-1-1"],
  ["effectiveOnly", "true"],
  ["effectiveOnly", 1],
];

test.each(faults)("%s of %j is a fault of that part", (part, value) => {
  const { faults: found } = { faults: [], ...read({ ...full, [part]: value }) };
  expect(found.map((fault) => fault.part)).toEqual([part]);
});

test("a range that nothing can be in is a fault of its end", () => {
  const [same, day] = ["2026-01-01T00:00:00.000Z", "2025-01-01"];
  expect(read({ decidedFrom: same, decidedBefore: same })).toMatchObject({
    faults: [{ part: "decidedBefore" }],
  });
  expect(read({ serviceFrom: day, serviceTo: "2024-12-31" })).toMatchObject({
    faults: [{ part: "serviceTo" }],
  });
  expect(read({ serviceFrom: day, serviceTo: day })).toMatchObject({ filter: {} });
});

test("every fault is told, and none repeats what was given", () => {
  const secret = "MEMBER SECRET";
  const found = read({ memberId: secret, claimNumber: secret, [secret]: secret });
  expect(found).toMatchObject({ faults: [{}, { part: "memberId" }, { part: "claimNumber" }] });
  expect(JSON.stringify(found)).not.toContain(secret);
});

test.each([[null], ["M-1"], [["M-1"]], [7]])("%j is no filter", (given) => {
  expect(read(given)).toMatchObject({ faults: [{ expected: expect.stringMatching(/^an object/) }] });
});
