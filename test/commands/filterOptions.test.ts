import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DecisionFilter } from "../../src/cases/decisionFilterForm";
import { parse } from "../../src/commands/commandLine";
import { filterOf, filterOptions } from "../../src/commands/filterOptions";
import { plainDate } from "../../src/claim/plainDate";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";

const [{ id: version }] = molinaEsiVersions;

async function read(...args: string[]): Promise<DecisionFilter> {
  return filterOf(parse({ args, options: filterOptions }, "").values, "");
}

const options: [call: string, filter: DecisionFilter][] = [
  ["", {}],
  ["--member M-1", { memberId: "M-1" }],
  ["--claim-number C-1", { claimNumber: "C-1" }],
  ["--disposition DENIED --disposition PENDED", { dispositions: ["DENIED", "PENDED"] }],
  ["--kind IMPORT --kind REVIEW", { kinds: ["IMPORT", "REVIEW"] }],
  ["--failed-rule ESI-LEVELS --failed-rule ESI-UNITS", { failedRules: ["ESI-LEVELS", "ESI-UNITS"] }],
  ["--region LUMBAR_SACRAL", { region: "LUMBAR_SACRAL" }],
  ["--procedure-code 62323 --procedure-code 99213", { procedureCodes: ["62323", "99213"] }],
  ["--provider-npi 1500000009", { providerNpi: "1500000009" }],
  [`--policy-version ${version}`, { policyVersionId: version }],
  ["--decided-from 2026-01-02", { decidedFrom: "2026-01-02T00:00:00.000Z" }],
  ["--decided-before 2026-01-02T03:00:00+01:00", { decidedBefore: "2026-01-02T02:00:00.000Z" }],
  ["--service-from 2025-01-02", { serviceFrom: plainDate("2025-01-02") }],
  ["--service-to 2025-01-02", { serviceTo: plainDate("2025-01-02") }],
  ["--effective-only", { effectiveOnly: true }],
];

test.each(options)("the options %j are a filter", async (call, filter) => {
  expect(await read(...call.split(" ").filter((word) => word !== ""))).toEqual(filter);
});

test("every part of a filter has its option", async () => {
  const parts = options.flatMap(([, filter]) => Object.keys(filter));
  const given = new Set(options.flatMap(([call]) => call.match(/--[a-z-]+/g) ?? []));
  expect([...given].map((name) => name.slice(2)).sort()).toEqual(
    Object.keys(filterOptions)
      .filter((name) => name !== "filter")
      .sort(),
  );
  expect(new Set(parts).size).toBe(given.size);
});

test("a filter in a file is one too, and options add to it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "filter-"));
  try {
    const file = join(folder, "filter.json");
    await writeFile(file, JSON.stringify({ memberId: "M-1", kinds: ["IMPORT"], region: null }));
    expect(await read("--filter", file)).toEqual({ memberId: "M-1", kinds: ["IMPORT"] });
    expect(await read("--filter", file, "--effective-only")).toEqual({
      ...{ memberId: "M-1", kinds: ["IMPORT"] },
      effectiveOnly: true,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
