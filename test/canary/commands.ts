import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CommandRun } from "../commands/commandProcess";
import { canaries, planted } from "./canaries";

/** A command as somebody calls it. What an answer writes is what was asked for; all else is searched. */
interface Call {
  readonly args: readonly string[];
  readonly exitStatus: number;
  readonly isAnswer?: true;
}

interface Files {
  readonly members: string;
  readonly badMembers: string;
  readonly filter: string;
  readonly badFilter: string;
  readonly output: string;
}

/** Files with canaries, as they are given to commands, outside of what is searched. */
export async function filesForCommands(folder: string): Promise<Files> {
  await mkdir(folder);
  const { member, other, literal } = canaries;
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  return {
    members: await write("members", `${member}\n${other}\n`),
    badMembers: await write("bad-members", `${member}\n ${literal}\n`),
    filter: await write("filter", JSON.stringify({ memberId: member })),
    badFilter: await write("bad-filter", `{"memberId": "${member}"`),
    output: join(folder, "output"),
  };
}

const { member, literal } = canaries;
const hold = ["--reference", "Docket 7"];
const purge = ["purge", "--basis", "Schedule R-12", "--years", "6"];

/** What reads all that is on file; and a call that means nothing, which tells what it was called with. */
export const everydayCommands: readonly Call[] = [
  { args: ["verify"], exitStatus: 0 },
  { args: ["replay"], exitStatus: 0 },
  { args: ["export", "--format", "csv", "--member", member], exitStatus: 0, isAnswer: true },
  { args: [planted], exitStatus: 1 },
];

/** What else reads, and what is called wrongly, with a canary where it is wrong. */
export function furtherCommands({ filter, output, badMembers, badFilter }: Files): readonly Call[] {
  return [
    { args: ["ask", "exceptions-and-reviews"], exitStatus: 0, isAnswer: true },
    { args: ["export", "--format", "ndjson", "--filter", filter, "--output", output], exitStatus: 0 },
    { args: ["access-log", "--format", "csv", "--member", member], exitStatus: 0, isAnswer: true },
    { args: ["verify", member], exitStatus: 2 },
    { args: ["export", "--format", "csv", "--claim-number", `${literal} `], exitStatus: 1 },
    { args: ["export", "--format", "csv", "--filter", badFilter], exitStatus: 1 },
    { args: ["access-log", "--format", "csv", "--member", `${member} `], exitStatus: 1 },
    { args: [...purge, "--members", badMembers], exitStatus: 2 },
  ];
}

/** Decisions that are held, and are too young besides. */
export function holdingCommands({ members, output }: Files): readonly Call[] {
  const listed = `${output}-of-members`;
  return [
    { args: ["legal-hold", "place", ...hold, "--members", members], exitStatus: 0 },
    { args: ["legal-hold", "list", "--members-of", "Docket 7", "--output", listed], exitStatus: 0 },
    { args: [...purge, "--members", members, "--yes"], exitStatus: 1 },
    { args: ["legal-hold", "lift", ...hold, "--members", members], exitStatus: 0 },
  ];
}

/** Once all decisions are old enough. */
export function erasingCommands({ members }: Files): readonly Call[] {
  return [{ args: [...purge, "--members", members, "--yes"], exitStatus: 0 }];
}

/** Runs them in their order, and answers what they told beside the answers that were asked for. */
export async function runAll(
  calls: readonly Call[],
  run: (args: readonly string[]) => Promise<CommandRun>,
): Promise<string> {
  const told = [];
  for (const { args, exitStatus, isAnswer } of calls) {
    const ended = await run(args);
    expect([args, ended.logged, ended.exitStatus]).toEqual([args, ended.logged, exitStatus]);
    if (isAnswer) expect([args, /CANARY|[0-9a-f]{8}-/.test(ended.written)]).toEqual([args, true]);
    else told.push(ended.written);
    told.push(ended.logged);
  }
  return told.join("\n");
}
