import type { IncomingMessage } from "node:http";
import type { AccessedMember } from "../cases/accessLog";
import type { FilePart } from "../cases/filePart";
import { identifier } from "../claim/identifier";
import { RequestFault } from "./errors";
import { readBody } from "./requestBody";

/** The parts of a file, each given out when the members that it shows are on record. */
export async function* accessOfFile(
  parts: AsyncGenerator<FilePart>,
  memberId: string | undefined,
  record: (members: readonly AccessedMember[]) => Promise<void>,
): AsyncGenerator<FilePart> {
  const recordAll = (shown: ReadonlyMap<string, number>) =>
    record([...shown].map(([member, decisions]) => accessTo(member, decisions, "ALLOWED")));
  let named = new Map(memberId === undefined ? [] : [[memberId, 0]]);
  for await (const part of parts) {
    await recordAll(new Map([...named, ...part.members]));
    named = new Map();
    yield part;
  }
  // A file without any part tells something of the member too.
  await recordAll(named);
}

/** Of a request that is refused anyway: what it asked, and the member whom it named. */
export async function deniedMembers(
  incoming: IncomingMessage,
  bodyBytes: number,
): Promise<{ readonly asked: string; readonly members: readonly AccessedMember[] }> {
  const asked = await readBody(incoming, bodyBytes).catch(unlessRefused);
  const memberId = memberIn(asked);
  const isMember = typeof memberId === "string" && identifier.accepts(memberId);
  return { asked, members: isMember ? [accessTo(memberId, 0, "DENIED")] : [] };
}

/** A body that cannot be read names nobody. */
function unlessRefused(error: unknown): string {
  if (error instanceof RequestFault) return "";
  throw error;
}

function memberIn(text: string): unknown {
  try {
    const { filter }: { filter?: { memberId?: unknown } | null } = Object(JSON.parse(text));
    return filter?.memberId;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function accessTo(memberId: string, decisions: number, outcome: AccessedMember["outcome"]): AccessedMember {
  return { memberId, decisions, outcome };
}
