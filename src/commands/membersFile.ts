import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { identifier } from "../claim/identifier";
import { fail } from "./commandLine";

/** A member that a file names, and the line where it does so first, counted from 1. */
export interface NamedMember {
  readonly memberId: string;
  readonly line: number;
}

export const membersOption = { members: { type: "string" } } as const;
export const wrongUsage = 2;

const mostLinesTold = 20;

/**
 * The members that a file names, one id a line; `-` is the standard input. Ids never stand on the command
 * line, where others see them. Ends the process where a line is none; it is told by its number alone.
 */
export async function readMembersFile(path: string, usage: string): Promise<NamedMember[]> {
  const written = path === "-" ? await text(process.stdin) : await readOrFail(path, usage);
  const lines = written.replace(/^\uFEFF/, "").split(/\r?\n/);
  const named = lines.flatMap((memberId, place) => (memberId === "" ? [] : { memberId, line: place + 1 }));
  const wrong = named.filter(({ memberId }) => !identifier.accepts(memberId)).map(({ line }) => line);
  if (wrong.length > 0) fail(`--members: no id of a member, in line ${listed(wrong)}`, usage, wrongUsage);
  if (named.length === 0) fail("--members: there is no member in it", usage, wrongUsage);
  const first = new Map<string, NamedMember>();
  for (const member of named) if (!first.has(member.memberId)) first.set(member.memberId, member);
  return [...first.values()];
}

async function readOrFail(path: string, usage: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return fail(`--members: the file cannot be read (${code})`, usage, wrongUsage);
  }
}

function listed(lines: readonly number[]): string {
  const told = lines.slice(0, mostLinesTold).join(", ");
  return lines.length > mostLinesTold ? `${told} and ${lines.length - mostLinesTold} more` : told;
}
