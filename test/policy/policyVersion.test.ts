import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { plainDate } from "../../src/claim/plainDate";
import { Entry, inForce } from "../../src/policy/dated";
import { molinaOverview } from "../../src/policy/documents";
import { molinaEsi, molinaEsiVersions } from "../../src/policy/molinaEsi";
import { DatedPolicy, PolicyVersion, seal, versionsOf } from "../../src/policy/policyVersion";
import { levels } from "../../src/policy/rules/levels";

const [version] = molinaEsiVersions;
const { content: _, contentHash: __, ...unsealed } = version;

/** Decisions name this hash. A change is a new version with its own date, or else it was an accident. */
const shippedHash = "4552fc35990621ae2c6422ccbe73a08c25ec021522f4f9eea7efa9c1da33849c";

test("the shipped version has the content that it was shipped with", () => {
  expect(version.contentHash).toBe(shippedHash);
});

test("the content hash is the SHA-256 of the content, which is canonical JSON", () => {
  expect(version.contentHash).toBe(createHash("sha256").update(version.content, "utf8").digest("hex"));
  expect(canonicalize(JSON.parse(version.content))).toBe(version.content);
});

test("sealing again gives the same content", () => {
  expect(seal(unsealed)).toEqual(version);
});

const [first, ...others] = unsealed.rows;
const changed: Readonly<Record<string, PolicyVersion>> = {
  "its id": { ...unsealed, id: "molina-esi@2021-12-13" },
  "its date": { ...unsealed, effectiveFrom: plainDate("2021-12-13") },
  "a parameter": { ...unsealed, parameters: { ...unsealed.parameters, regionsPerSession: 2 } },
  "a procedure": {
    ...unsealed,
    procedures: { ...unsealed.procedures, "62320": unsealed.procedures["62321"] },
  },
  "a convention": { ...unsealed, conventions: { ...unsealed.conventions, bilateralPairUnits: 3 } },
  "a citation of a parameter": {
    ...unsealed,
    cites: { ...unsealed.cites, regionsPerSession: [] },
  },
  "the order of the rows": { ...unsealed, rows: [...others, first] },
  "a reason code": {
    ...unsealed,
    rows: [
      {
        ...first,
        reasons: {
          equalLineOnFile: {
            ...first.reasons.equalLineOnFile,
            MEDICARE: { group: "CO", carc: "18", rarcs: [] },
          },
        },
      },
      ...others,
    ],
  },
  "a rule's title": {
    ...unsealed,
    rows: [{ ...first, rule: { ...first.rule, title: "Another title" } }, ...others],
  },
  "a rule's citation": {
    ...unsealed,
    rows: [{ ...first, rule: { ...first.rule, cites: [molinaOverview(1)] } }, ...others],
  },
  "a rule's reading": {
    ...unsealed,
    rows: [{ ...first, rule: { ...first.rule, interpretations: ["I-03"] } }, ...others],
  },
  "a reading": { ...unsealed, interpretations: unsealed.interpretations.slice(1) },
  "a document": { ...unsealed, documents: unsealed.documents.slice(1) },
};

test.each(Object.entries(changed))("another content hash follows from a change of %s", (__, other) => {
  expect(seal(other).contentHash).not.toBe(version.contentHash);
});

function entry<T>(effectiveFrom: string, value: T): Entry<T> {
  return { effectiveFrom: plainDate(effectiveFrom), value, cites: [molinaOverview(1)] };
}

const later: DatedPolicy = {
  ...molinaEsi,
  parameters: {
    ...molinaEsi.parameters,
    regionsPerSession: [entry("2024-03-01", 3), ...molinaEsi.parameters.regionsPerSession],
    transforaminalLevels: [entry("2023-01-01", 4), ...molinaEsi.parameters.transforaminalLevels],
  },
  rows: [{ ...entry("2024-03-01", [{ rule: levels, reasons: {} }]) }, ...molinaEsi.rows],
};

test("a policy has a version for each date on which any piece of it changed, newest first", () => {
  const values = versionsOf(later).map(({ id, effectiveFrom, parameters, rows }) => [
    id,
    effectiveFrom,
    parameters.regionsPerSession,
    parameters.transforaminalLevels,
    rows.length,
  ]);
  expect(values).toEqual([
    ["molina-esi@2024-03-01", "2024-03-01", 3, 4, 1],
    ["molina-esi@2023-01-01", "2023-01-01", 1, 4, 10],
    ["molina-esi@2021-12-12", "2021-12-12", 1, 2, 10],
  ]);
});

test("later entries leave earlier versions as they were shipped", () => {
  expect(versionsOf(later).at(-1)?.contentHash).toBe(version.contentHash);
});

test("a piece without a value from the first date on is a mistake of the policy", () => {
  const { regionsPerSession } = { regionsPerSession: [entry("2022-01-01", 1)] as const };
  const lacking = { ...molinaEsi, parameters: { ...molinaEsi.parameters, regionsPerSession } };
  expect(() => versionsOf(lacking)).toThrow("a piece of the policy has no value on 2021-12-12");
});

test.each([
  ["2021-12-11", undefined],
  ["2021-12-12", "molina-esi@2021-12-12"],
  ["2022-12-31", "molina-esi@2021-12-12"],
  ["2023-01-01", "molina-esi@2023-01-01"],
  ["2024-02-29", "molina-esi@2023-01-01"],
  ["2024-03-01", "molina-esi@2024-03-01"],
  ["2199-12-31", "molina-esi@2024-03-01"],
])("on %s the version in force is %s", (date, id) => {
  expect(inForce(versionsOf(later), plainDate(date))?.id).toBe(id);
});
