import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { DecisionFilter, FilterPart, readDecisionFilter } from "../cases/decisionFilterForm";
import { FilterFault } from "../cases/filterForm";
import { molinaEsiVersions } from "../policy/molinaEsi";
import { fail } from "./commandLine";
import { instantOptionExpected, parseInstantOption } from "./instantOption";

const one = { type: "string" } as const;
const several = { type: "string", multiple: true } as const;

/** The options that name parts of a filter, and --filter for all of it. */
export const filterOptions = {
  member: one,
  "claim-number": one,
  disposition: several,
  kind: several,
  "failed-rule": several,
  region: one,
  "procedure-code": several,
  "provider-npi": one,
  "policy-version": one,
  "decided-from": one,
  "decided-before": one,
  "service-from": one,
  "service-to": one,
  "effective-only": { type: "boolean" },
  filter: one,
} as const;

type OptionName = Exclude<keyof typeof filterOptions, "filter">;

const optionOf: Readonly<Record<FilterPart, OptionName>> = {
  memberId: "member",
  claimNumber: "claim-number",
  dispositions: "disposition",
  kinds: "kind",
  failedRules: "failed-rule",
  region: "region",
  procedureCodes: "procedure-code",
  providerNpi: "provider-npi",
  policyVersionId: "policy-version",
  decidedFrom: "decided-from",
  decidedBefore: "decided-before",
  serviceFrom: "service-from",
  serviceTo: "service-to",
  effectiveOnly: "effective-only",
};

export const filterUsage = `Only the decisions that meet all of these:

  --filter <file>           JSON of the members of DecisionFilter, - for standard input; what stands on
                            the command line is seen by other users of the machine, a file need not be
  --member <id>             about this member
  --claim-number <number>   about this claim
  --disposition <word>      of this disposition; may be given several times, as may the next three
  --kind <word>             of this kind
  --failed-rule <id>        with a finding of this rule that is NOT_MET or UNDETERMINED
  --procedure-code <code>   with a line of this code
  --region <word>           with a governed line in this region
  --provider-npi <npi>      billed or rendered by this provider
  --policy-version <id>     judged under this version
  --decided-from <time>     decided at this time or later: a date, or an instant such as
                            2026-03-02T10:15:30Z
  --decided-before <time>   decided before this time
  --service-from <date>     of this date of service or a later one
  --service-to <date>       of this date of service or an earlier one
  --effective-only          that no later decision supersedes
`;

export type GivenOptions = { readonly [Name in keyof typeof filterOptions]?: string | boolean | string[] };

/** The filter that the options say. Ends the process where they say none. */
export async function filterOf(given: GivenOptions, usage: string): Promise<DecisionFilter> {
  const fromFile = typeof given.filter === "string" ? await readFilterFile(given.filter, usage) : {};
  const fromOptions = Object.fromEntries(
    Object.entries(optionOf).flatMap(([part, name]) => {
      const value = given[name];
      return value === undefined ? [] : [[part, meaning(name, value, usage)]];
    }),
  );
  const twice = Object.keys(fromOptions).find((part) => part in fromFile);
  if (twice) fail(`${twice} is given in the filter and by an option: give it once`, usage);
  const read = readDecisionFilter({ ...fromFile, ...fromOptions }, molinaEsiVersions);
  if ("filter" in read) return read.filter;
  const faults = read.faults.map((fault) => wordsOf(fault, (part) => part in fromOptions));
  return fail(faults.join("\n"), usage);
}

/** Instants may be given as dates too. */
function meaning(name: OptionName, value: string | boolean | string[], usage: string): unknown {
  if (typeof value !== "string" || !name.startsWith("decided-")) return value;
  return parseInstantOption(value) ?? fail(`--${name} must be ${instantOptionExpected}`, usage);
}

/** The JSON object that a file holds. */
export async function readFilterFile(file: string, usage: string): Promise<object> {
  const text = file === "-" ? await textOf(process.stdin) : await readFile(file, "utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fail("--filter must name a file with a JSON object", usage);
}

function wordsOf(
  { part, expected }: FilterFault<FilterPart>,
  isOption: (part: FilterPart) => boolean,
): string {
  if (part === undefined) return `the filter must be ${expected}`;
  return `${isOption(part) ? `--${optionOf[part]}` : `${part} in the filter`} must be ${expected}`;
}
