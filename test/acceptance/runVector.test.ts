import { isObject } from "./filledIn";
import { referenceSubjects } from "./referenceSubject";
import { VectorFailure, missingAbilities, runAfresh } from "./runVector";
import type { SubjectFactory } from "./subject";
import { loadVectorFiles, parseVectorFile } from "./vectorFile";
import type { Json, Vector, VectorFile } from "./vectorFile";
import { expectPending, unknownIds } from "./vectorTests";

/** An answer in every way that differs from it at one place, each with the place. */
function alterations(value: Json, place: string): [string, Json][] {
  if (Array.isArray(value)) {
    const within = value.flatMap((member, index) =>
      alterations(member, `${place}[${index}]`).map(([where, altered]): [string, Json] => [
        where,
        value.with(index, altered),
      ]),
    );
    return [...within, [`${place} shorter or longer`, value.length === 0 ? ["x"] : value.slice(1)]];
  }
  if (isObject(value)) {
    const names = Object.keys(value);
    if (names.length === 0) return [[place, { x: 1 }]];
    return names.flatMap((name) =>
      alterations(value[name] ?? null, `${place}.${name}`).map(([where, altered]): [string, Json] => [
        where,
        { ...value, [name]: altered },
      ]),
    );
  }
  if (typeof value === "number") return [[place, value + 1000]];
  return [[place, typeof value === "boolean" ? !value : "something else"]];
}

function alteredVectors(vector: Vector): [string, Vector][] {
  return vector.steps.flatMap((step, index) =>
    step.expect === undefined
      ? []
      : alterations(step.expect, `${vector.id} step ${index + 1}`).map(
          ([where, expect]): [string, Vector] => [
            where,
            { ...vector, steps: vector.steps.slice(0, index + 1).with(index, { ...step, expect }) },
          ],
        ),
  );
}

async function failureOf(vector: Vector, factory: SubjectFactory = referenceSubjects): Promise<unknown> {
  return runAfresh(vector, factory).then(
    () => "passes",
    (failure: unknown) => failure,
  );
}

const LINE_DEFAULTS = { line: { units: 1 } };
const SESSION = {
  claimType: "FACILITY",
  lineOfBusiness: "MEDICAID",
  stateOfService: "TX",
  placeOfService: "24",
  billingProviderNpi: "1900000005",
  dateOfService: "2025-05-12",
  lines: [{ procedureCode: "62323" }],
};
function vectorOf(steps: Json[]): Vector {
  const vectors = [{ id: "V-1", title: "A title.", steps }];
  const text = JSON.stringify({ defaults: LINE_DEFAULTS, vectors });
  const [vector] = parseVectorFile("made.json", text).vectors;
  if (vector === undefined) throw new Error("no vector");
  return vector;
}

describe("the runner of vectors", () => {
  const files = loadVectorFiles();
  it.each(files)(
    "misses no alteration of any expectation in $name",
    async ({ vectors }: VectorFile) => {
      const missed: string[] = [];
      for (const [where, vector] of vectors.flatMap(alteredVectors)) {
        if (!((await failureOf(vector)) instanceof VectorFailure)) missed.push(where);
      }
      expect(missed).toEqual([]);
    },
    60_000,
  );

  it("names the vector, the step, the path, what was expected and what came", async () => {
    const vector = vectorOf([
      {
        submit: { session: SESSION },
        expect: { lines: [{ lineNumber: 1, findings: { "ESI-UNITS": "NOT_MET" } }] },
      },
    ]);
    expect(String(await failureOf(vector))).toContain(
      "V-1 step 1 (submit) differs\n" +
        '  lines[lineNumber 1].findings.ESI-UNITS: expected "NOT_MET", got "MET"',
    );
  });

  it("tells of a refusal where a decision is expected, though nothing of it is named", async () => {
    const vector = vectorOf([{ submit: { session: { ...SESSION, placeOfService: "x" } }, expect: {} }]);
    expect(String(await failureOf(vector))).toContain("INVALID_INPUT");
  });

  it("fails an import without expectation when one of it is refused", async () => {
    const { lineOfBusiness: _, stateOfService: _state, placeOfService: _place, ...history } = SESSION;
    const imported = { ...history, sourceSystem: "LEGACY" };
    const vector = vectorOf([{ import: [imported, { ...imported, dateOfService: "2025-02-29" }] }]);
    expect(String(await failureOf(vector))).toContain('[1]: expected "imported as it is"');
  });

  it("does not know a name before the step that gives it", async () => {
    const vector = vectorOf([{ review: { decisionId: "$later", lines: [] } }]);
    expect(String(await failureOf(vector))).toContain("no earlier step names a decision $later");
  });
});

describe("the pending list", () => {
  const passing = vectorOf([{ candidates: {}, expect: [] }]);
  const failing = vectorOf([{ candidates: {}, expect: [{}] }]);

  it("lets a vector fail that is on it", async () => {
    await expect(expectPending(failing, referenceSubjects)).resolves.toBeUndefined();
  });

  it("fails when a vector on it passes", async () => {
    await expect(expectPending(passing, referenceSubjects)).rejects.toThrow(
      "V-1 passes now: take it off the pending list",
    );
  });

  it("does not take a service that cannot be reached for a vector that fails", async () => {
    const unreachable: SubjectFactory = {
      abilities: new Set(),
      start: async () => {
        throw new TypeError("fetch failed");
      },
    };
    await expect(expectPending(failing, unreachable)).rejects.toThrow("fetch failed");
  });

  it("knows the ids that no vector has", () => {
    expect(unknownIds(loadVectorFiles(), ["W-01", "W-99"])).toEqual(["W-99"]);
  });

  it("passes over a vector that needs what the subject cannot do", () => {
    const fixedClock: SubjectFactory = { ...referenceSubjects, abilities: new Set(["policy-versions"]) };
    const needing = loadVectorFiles()
      .flatMap((file) => file.vectors)
      .filter((vector) => missingAbilities(vector, fixedClock).length > 0);
    expect(needing.map((vector) => vector.id)).toEqual(["F-03"]);
  });
});
