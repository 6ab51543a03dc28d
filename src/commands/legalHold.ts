import { writeFile } from "node:fs/promises";
import { shortText } from "../claim/freeText";
import { Connection, withConnection } from "../store/connection";
import { declareHold, DeclaredHold, membersUnderHold, standingHolds } from "../store/legalHolds";
import { refuseUnlessOwner } from "../store/owner";
import { fail, parse } from "./commandLine";
import { membersOption, NamedMember, readMembersFile, wrongUsage } from "./membersFile";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { inDigits } from "./progress";
import { numbersTable } from "./summary";

const usage = `Usage: esi legal-hold place --reference <text> --members <file>
       esi legal-hold lift --reference <text> --members <file>
       esi legal-hold list
       esi legal-hold list --members-of <reference> --output <file>

Forbids to erase the decisions of members, for a matter such as a litigation, until the same matter is lifted.
A member can be held for several matters. What is so already is told by its line, and nothing changes.

  --reference <text>         the matter, such as a docket number: 1 to 500 characters, nothing about a person
  --members <file>           the members, one id a line; - for the standard input
  --members-of <reference>   writes the members that the matter holds, one id a line
  --output <file>            where to; a new file that its owner alone can read

Exit status 0 where it was done, 1 where it failed, 2 for wrong usage.
`;

/** Does what was called for, and answers what to write about it. */
type Act = (connection: Connection) => Promise<string>;

export async function legalHold(args: string[]): Promise<void> {
  const act = await readCall(args);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    process.stdout.write(await withConnection(url, act));
  });
}

async function readCall(args: string[]): Promise<Act> {
  const text = { type: "string" } as const;
  const options = { ...membersOption, reference: text, "members-of": text, output: text } as const;
  const { values, positionals } = parse({ args, options, allowPositionals: true }, usage, wrongUsage);
  const { reference, members, "members-of": membersOf, output } = values;
  const [action, ...others] = positionals;
  if (others.length > 0 || !["place", "lift", "list"].includes(action))
    fail("legal-hold: place, lift or list", usage, wrongUsage);
  if (action === "list") {
    if (
      reference !== undefined ||
      members !== undefined ||
      (membersOf === undefined) !== (output === undefined)
    )
      fail("list takes --members-of together with --output, or nothing", usage, wrongUsage);
    return membersOf === undefined || output === undefined
      ? listHolds
      : (connection) => writeMembers(connection, membersOf, output);
  }
  if (reference === undefined || members === undefined || (membersOf ?? output) !== undefined)
    fail(`${action} takes --reference and --members`, usage, wrongUsage);
  if (!shortText.accepts(reference) || reference.trim() === "")
    fail(`--reference must be ${shortText.expected}, and not blank`, usage, wrongUsage);
  const named = await readMembersFile(members, usage);
  return (connection) => declare(connection, named, reference, action === "place");
}

async function declare(
  connection: Connection,
  named: readonly NamedMember[],
  reference: string,
  isPlaced: boolean,
): Promise<string> {
  await refuseUnlessOwner(connection, `legal-hold ${isPlaced ? "place" : "lift"}`);
  const memberIds = named.map(({ memberId }) => memberId);
  const declared = await declareHold(connection, { memberIds, reference, isPlaced });
  const number = (counts: (one: DeclaredHold) => boolean) => declared.filter(counts).length;
  const asBefore = isPlaced ? "held for it already" : "not held for it";
  const lines = named.flatMap(({ line }, place) =>
    declared[place].isChange ? [] : `line ${line}: ${asBefore}\n`,
  );
  return [
    numbersTable([
      [isPlaced ? "members placed" : "members lifted", number(({ isChange }) => isChange)],
      [asBefore, number(({ isChange }) => !isChange)],
      ["without decisions on file", number(({ hasDecisions }) => !hasDecisions)],
    ]),
    ...lines,
  ].join("");
}

async function listHolds(connection: Connection): Promise<string> {
  const holds = await standingHolds(connection);
  if (holds.length === 0) return "There is no legal hold.\n";
  const width = Math.max(...holds.map(({ members }) => inDigits(members).length), "members".length);
  const row = (since: string, members: string, reference: string) =>
    `${since.padEnd("2026-03-02T10:15:30.123Z".length)}  ${members.padStart(width)}  ${reference}\n`;
  const rows = holds.map(({ since, members, reference }) => row(since, inDigits(members), reference));
  return [row("since", "members", "reference"), ...rows].join("");
}

/** For the person who asks: nothing else that is written anywhere names a member. */
async function writeMembers(connection: Connection, reference: string, output: string): Promise<string> {
  const memberIds = await membersUnderHold(connection, reference);
  if (memberIds.length === 0) throw new Error("no member is held for such a matter: no file was written");
  const content = memberIds.map((memberId) => `${memberId}\n`).join("");
  await writeFile(output, content, { flag: "wx", mode: 0o600 });
  return numbersTable([["members written", memberIds.length]]);
}
