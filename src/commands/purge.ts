import { shortText } from "../claim/freeText";
import { withConnection } from "../store/connection";
import { ownsTables } from "../store/owner";
import { clearAway, Hindrance, hindrances } from "../store/purges";
import { fail, parse } from "./commandLine";
import { membersOption, NamedMember, readMembersFile, wrongUsage } from "./membersFile";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { withProgress } from "./progress";
import { Purging, purgeMembers } from "./purgeMembers";
import { numbersTable } from "./summary";
import { countOf, newTally, Tally } from "./tally";

const [fewestYears, usualYears, mostYears] = [6, 10, 100];

const usage = `Usage: esi purge --basis <text> [options]

Erases all decisions of members whose newest decision is past its retention: records, salts, and what they
were found by, for ever. Their leaves, the audit log and all proofs stay. Without --yes nothing is erased: it
is only said what would be. A member stays who is under a legal hold, or has a decision that is not sealed.

  --basis <text>     why it may be done, such as a schedule and its section: 1 to 500 characters that every
                     auditor sees for ever, so they must hold nothing about a person
  --years <number>   whole years since the newest decision: ${usualYears} unless told, at least ${fewestYears}
  --members <file>   only these members, one id a line, - for the standard input; those who stay are told
                     by their lines
  --yes              erase

Only the owner of the tables can erase. Exit status 0 where nothing forbade it, 1 where a member of the file
stays, or one whose decisions are old enough, or it failed, 2 for wrong usage. Backups hold what was erased
until they expire.
`;

type Call = Omit<Purging, "onStay"> & { readonly named?: readonly NamedMember[] };

export async function purge(args: string[]): Promise<void> {
  const call = await readCall(args);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    await purgeOn(url, call);
  });
}

async function purgeOn(url: string, call: Call): Promise<void> {
  const { isCarriedOut, named } = call;
  const tally = newTally();
  const stayed = new Map<string, Hindrance>();
  const onStay = (memberId: string, hindrance: Hindrance) => {
    if (named) stayed.set(memberId, hindrance);
  };
  await withConnection(url, async (connection) => {
    if (isCarriedOut && !(await ownsTables(connection)))
      throw new Error("decisions are erased by the owner of the tables alone: connect as that role");
    try {
      await withProgress("members", (onProgress) =>
        purgeMembers(connection, { ...call, onStay }, tally, onProgress),
      );
    } finally {
      process.stdout.write(summary(tally, isCarriedOut) + linesOf(named, stayed));
    }
    if (isAnyoneRefused(tally, named !== undefined)) process.exitCode = 1;
    if (isCarriedOut && countOf(tally, "members") > 0) await clearAway(connection);
  });
}

async function readCall(args: string[]): Promise<Call> {
  const text = { type: "string" } as const;
  const options = { basis: text, years: text, yes: { type: "boolean" }, ...membersOption } as const;
  const { values } = parse({ args, options }, usage, wrongUsage);
  const { basis = "", years = String(usualYears), yes: isCarriedOut = false, members } = values;
  if (!shortText.accepts(basis) || basis.trim() === "")
    fail(`--basis must be ${shortText.expected}, and not blank`, usage, wrongUsage);
  const retentionYears = parseYears(years);
  if (retentionYears === undefined)
    fail(`--years must be a whole number from ${fewestYears} to ${mostYears}`, usage, wrongUsage);
  const named = members === undefined ? undefined : await readMembersFile(members, usage);
  const memberIds = named?.map(({ memberId }) => memberId);
  return { terms: { retentionYears, basis }, isCarriedOut, memberIds, named };
}

function parseYears(text: string): number | undefined {
  const years = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  return years >= fewestYears && years <= mostYears ? years : undefined;
}

/** Who is not named and has younger decisions is not past the retention: that is no refusal. */
function isAnyoneRefused(tally: Tally, areNamed: boolean): boolean {
  return hindrances.some(
    (hindrance) => countOf(tally, hindrance) > 0 && (areNamed || hindrance !== "YOUNGER_DECISIONS"),
  );
}

const hindranceTexts: Readonly<Record<Hindrance, string>> = {
  NO_DECISIONS: "without decisions",
  LEGAL_HOLD: "under a legal hold",
  YOUNGER_DECISIONS: "with younger decisions",
  NOT_SEALED: "with decisions not sealed yet",
};

function summary(tally: Tally, isCarriedOut: boolean): string {
  const becoming = isCarriedOut ? "erased" : "to erase";
  const rows = hindrances.map((hindrance) => {
    return [`stay ${hindranceTexts[hindrance]}`, countOf(tally, hindrance)] as const;
  });
  return [
    numbersTable([
      [`members ${becoming}`, countOf(tally, "members")],
      [`decisions ${becoming}`, countOf(tally, "decisions")],
      ...rows.filter(([, members]) => members > 0),
    ]),
    isCarriedOut ? "" : "Nothing was erased: with --yes it is, for ever.\n",
  ].join("");
}

/** The members of the file that stay, by their lines and never by their ids. */
function linesOf(named: readonly NamedMember[] = [], stayed: ReadonlyMap<string, Hindrance>): string {
  const lines = named.flatMap(({ memberId, line }) => {
    const hindrance = stayed.get(memberId);
    return hindrance ? `line ${line} stays: ${hindranceTexts[hindrance]}\n` : [];
  });
  return lines.join("");
}
