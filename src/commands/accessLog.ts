import { AccessFilter } from "../cases/accessLog";
import { readAccessFilter } from "../cases/accessFilterForm";
import { exportAccessLog } from "../cases/exportAccessLog";
import { exportFormats } from "../cases/exportForms";
import { fail, meaningOf, parse } from "./commandLine";
import { readFilterFile } from "./filterOptions";
import { instantOptionExpected, parseInstantOption } from "./instantOption";
import { outputOption, outputUsage } from "./writeOutput";
import { writeParts } from "./writeParts";

const usage = `Usage: esi access-log --format ndjson|csv [options]

Writes who was shown what of which member, and who was refused it, oldest first: a line or a row for each
member and request. Exit status 0 where all is written; how much that is is told on standard error.

${outputUsage}
Only the rows that meet all of these:

  --filter <file>           JSON with any of memberId, from and to, - for standard input; what stands on the
                            command line is seen by other users of the machine, a file need not be
  --member <id>             about this member
  --from <time>             at this time or later: a date, or an instant such as 2026-03-02T10:15:30Z
  --to <time>               before this time
`;

const one = { type: "string" } as const;
const options = { format: one, filter: one, member: one, from: one, to: one, ...outputOption } as const;

/** Writes the access log out of the store. */
export async function accessLog(args: string[]): Promise<void> {
  const { format: name, output, ...given } = parse({ args, options }, usage).values;
  const format = exportFormats.find((known) => known === name);
  if (!format) fail(`--format must be one of ${exportFormats.join(", ")}`, usage);
  const filter = await filterOf(given);
  await writeParts((database) => exportAccessLog({ format, filter }, database), ["rows"], output);
}

interface Given {
  readonly filter?: string;
  readonly member?: string;
  readonly from?: string;
  readonly to?: string;
}

const optionOf = { memberId: "member", from: "from", to: "to" } as const;

async function filterOf({ filter: file, member, from, to }: Given): Promise<AccessFilter> {
  const fromFile = file === undefined ? {} : await readFilterFile(file, usage);
  const expected = (name: string) => `--${name} must be ${instantOptionExpected}`;
  const fromOptions = Object.entries({
    memberId: member,
    from: meaningOf(from, parseInstantOption, expected("from"), usage),
    to: meaningOf(to, parseInstantOption, expected("to"), usage),
  }).filter(([, value]) => value !== undefined);
  const twice = fromOptions.find(([part]) => part in fromFile);
  if (twice) fail(`${twice[0]} is given in the filter and by an option: give it once`, usage);
  const read = readAccessFilter({ ...fromFile, ...Object.fromEntries(fromOptions) });
  if ("filter" in read) return read.filter;
  const isOption = (part: string) => fromOptions.some(([name]) => name === part);
  const faults = read.faults.map(({ part, expected: words }) => {
    if (part === undefined) return `the filter must be ${words}`;
    return `${isOption(part) ? `--${optionOf[part]}` : `${part} in the filter`} must be ${words}`;
  });
  return fail(faults.join("\n"), usage);
}
