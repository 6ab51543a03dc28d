import { linesOfBusiness } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { documents } from "../../src/policy/documents";
import { interpretationIds, interpretations } from "../../src/policy/interpretations";
import { molinaEsi, molinaEsiVersions } from "../../src/policy/molinaEsi";
import { rulesOf } from "../../src/policy/policyVersion";
import { AdverseFacts, Reason } from "../../src/policy/rule";

const [version] = molinaEsiVersions;

test("there is one version, in force from 2021-12-12 on", () => {
  expect(molinaEsiVersions.map(({ id, effectiveFrom }) => [id, effectiveFrom])).toEqual([
    ["molina-esi@2021-12-12", "2021-12-12"],
  ]);
});

test("the parameters are those of the policy", () => {
  expect(version.parameters).toEqual({
    sessionsPerRegion: [{ months: 12, sessions: 4 }],
    regionsPerSession: 1,
    transforaminalLevels: 2,
    interlaminarLevels: 1,
  });
});

test("the rows stand in the evaluation order, each with its reason codes by line of business", () => {
  expect(
    ["", ...version.rows.flatMap(({ rule, reasons }, place) => reasonTexts(rule.id, place, reasons))].join(
      "\n",
    ),
  ).toBe(`
1 ESI-DUPLICATE equalLineOnFile: OA-18 | OA-18 | OA-18
2 ESI-DISCONTINUED
3 ESI-ADD-ON primaryAbsent: CO-107 N122 | CO-107 N122 | CO-107 N122
4 ESI-INTERLAMINAR-SIDE bilateral: CO-4 N519 | CO-4 N519 | CO-4 N519
4 ESI-INTERLAMINAR-SIDE otherSide: CO-4 N519 | CO-4 N519 | CO-4 N519
5 ESI-ASC-BILATERAL modifier50: CO-4 N519 | CO-4 N519 | CO-4 N519
6 ESI-UNITS interlaminarUnits: CO-151 N362 N115 | CO-151 N362 | CO-151 N362
6 ESI-UNITS levelBilledBefore: CO-151 N362 N115 | CO-151 N362 | CO-151 N362
7 ESI-ADD-ON primaryDenied: CO-B15 N674 | CO-B15 N674 | CO-B15 N674
8 ESI-LEVELS levels: CO-151 N362 N115 | CO-273 N362 | CO-273 N362
9 ESI-FREQUENCY overfilled: CO-151 N115 N702 | CO-273 N640 N702 | CO-273 N640 N702
10 ESI-REGION regionOnFile: CO-50 N115 M80 | CO-272 M80 | CO-272 M80
10 ESI-REGION regionOnClaim: CO-50 N115 N20 | CO-272 N20 | CO-272 N20`);
});

function reasonTexts(
  ruleId: string,
  place: number,
  reasons: (typeof version.rows)[number]["reasons"],
): string[] {
  const name = `${place + 1} ${ruleId}`;
  const causes = Object.entries(reasons).map(
    ([cause, byBusiness]) =>
      `${name} ${cause}: ${linesOfBusiness.map((line) => codes(byBusiness[line])).join(" | ")}`,
  );
  return causes.length > 0 ? causes : [name];
}

function codes({ group, carc, rarcs }: Reason): string {
  return [`${group}-${carc}`, ...rarcs].join(" ");
}

/** What a rule pends for has no reason codes, for nothing is denied yet. */
const pendingCauses: Readonly<Record<string, readonly string[]>> = {
  "ESI-DISCONTINUED": ["discontinued"],
  "ESI-ADD-ON": ["primaryPended"],
  "ESI-REGION": ["contradiction"],
};

test("every cause that a rule takes or pends units for has words, and no other", () => {
  for (const { rule } of rulesOf(version)) {
    const rows = version.rows.filter((row) => row.rule.id === rule.id);
    const causes = [
      ...rows.flatMap(({ reasons }) => Object.keys(reasons)),
      ...(pendingCauses[rule.id] ?? []),
    ];
    expect([rule.id, Object.keys(rule.words.adverse).sort()]).toEqual([rule.id, causes.sort()]);
  }
});

test("all words are sentences", () => {
  const window = { opens: plainDate("2024-05-12"), ends: plainDate("2025-05-12"), months: 12, sessions: 4 };
  for (const { rule } of rulesOf(version)) {
    const { met, notApplicable, adverse } = rule.words;
    const facts = (cause: string): AdverseFacts => ({ cause, window, nextEligibleDate: null });
    const said = Object.entries(adverse).map(([cause, words]) =>
      words(facts(cause), version.parameters, "lumbar/sacral"),
    );
    for (const words of [met, notApplicable, ...said]) expect(words).toMatch(/^[A-Z].*[^.]\.$/);
  }
});

test("words of a limit name the number that holds", () => {
  const parameters = { ...version.parameters, transforaminalLevels: 7, interlaminarLevels: 8 };
  const wordsOf = (ruleId: string, cause: string) =>
    rulesOf(version)
      .find(({ rule }) => rule.id === ruleId)
      ?.rule.words.adverse[cause]({ cause }, parameters, "lumbar/sacral");
  expect(wordsOf("ESI-LEVELS", "levels")).toContain("the 7 allowed");
  expect(wordsOf("ESI-UNITS", "interlaminarUnits")).toContain("the 8 allowed");
});

test("every rule rests on the readings of the specification", () => {
  const readings = rulesOf(version).map(
    ({ rule, order }) => `${order} ${rule.id}: ${rule.interpretations.join(" ")}`,
  );
  expect(readings).toEqual([
    "1 ESI-DUPLICATE: ",
    "2 ESI-DISCONTINUED: I-14",
    "3,7 ESI-ADD-ON: I-16",
    "4 ESI-INTERLAMINAR-SIDE: I-08",
    "5 ESI-ASC-BILATERAL: ",
    "6 ESI-UNITS: I-08 I-18",
    "8 ESI-LEVELS: I-04 I-10 I-11 I-18",
    "9 ESI-FREQUENCY: I-01 I-02 I-03 I-07 I-09",
    "10 ESI-REGION: I-05 I-17",
  ]);
});

test("the two rows of one rule differ in nothing that is shown", () => {
  const [third, seventh] = [version.rows[2].rule, version.rows[6].rule];
  expect({ ...third, judge: null }).toEqual({ ...seventh, judge: null });
});

test("every reading is registered once, with what else could be read", () => {
  expect(interpretations.map(({ id }) => id)).toEqual(interpretationIds);
  expect(interpretationIds.at(-1)).toBe("I-18");
  for (const { subject, reading, alternatives } of interpretations) {
    expect([subject, reading, ...alternatives].every((text) => text.length > 0)).toBe(true);
    expect(alternatives.length).toBeGreaterThan(0);
  }
});

test("every piece of the policy cites a place in a registered document", () => {
  const { parameters, procedures, conventions, rows } = molinaEsi;
  const entries = [...Object.values(parameters).flat(), ...procedures, ...conventions, ...rows];
  const cited = [...entries.map(({ cites }) => cites), ...version.rows.map(({ rule }) => rule.cites)];
  const known = documents.map(({ id }) => id);
  for (const cites of cited) {
    expect(cites.length).toBeGreaterThan(0);
    for (const { documentId, section } of cites) {
      expect(known).toContain(documentId);
      expect(section).not.toBe("");
    }
  }
});

test.each([
  ["ESI-REGION", "Policy Overview, bullet 1"],
  ["ESI-LEVELS", "Policy Overview, bullet 2"],
  ["ESI-INTERLAMINAR-SIDE", "Policy Overview, bullet 3"],
  ["ESI-UNITS", "Policy Overview, bullet 2"],
  ["ESI-UNITS", "Policy Overview, bullet 3"],
  ["ESI-FREQUENCY", "Policy Overview, bullet 4"],
])("%s cites the payer's policy, %s", (ruleId, section) => {
  expect(citesOf(ruleId)).toContainEqual({ documentId: "molina-esi", section });
});

test("two rules rest on one article alone", () => {
  expect(citesOf("ESI-ASC-BILATERAL").map(({ documentId }) => documentId)).toEqual(["A58777"]);
  expect(citesOf("ESI-INTERLAMINAR-SIDE").map(({ documentId }) => documentId)).toEqual([
    "molina-esi",
    "A56681",
  ]);
});

function citesOf(ruleId: string) {
  return version.rows.find(({ rule }) => rule.id === ruleId)?.rule.cites ?? [];
}

test("six procedure codes are governed", () => {
  const { procedures } = version;
  const texts = Object.entries(procedures).map(
    ([code, { region, approach, addOnTo }]) => `${code} ${region} ${approach} ${addOnTo ?? "-"}`,
  );
  expect(texts).toEqual([
    "62321 CERVICAL_THORACIC INTERLAMINAR -",
    "62323 LUMBAR_SACRAL INTERLAMINAR -",
    "64479 CERVICAL_THORACIC TRANSFORAMINAL -",
    "64480 CERVICAL_THORACIC TRANSFORAMINAL 64479",
    "64483 LUMBAR_SACRAL TRANSFORAMINAL -",
    "64484 LUMBAR_SACRAL TRANSFORAMINAL 64483",
  ]);
});
