import { createHash } from "node:crypto";
import { Caller } from "../access/caller";
import {
  AccessedMember,
  AccessEntry,
  AccessFilter,
  AccessPlace,
  appendAccess,
  readMemberAccess,
} from "../store/accessLog";
import { answering } from "./answering";
import { Service } from "./service";
import { Unavailable } from "./unavailable";

export type { AccessedMember, AccessEntry, AccessFilter, AccessPlace };

/** What a request was shown of members, or was refused. */
export interface Access {
  readonly requestId: string;
  readonly caller: Pick<Caller, "subject" | "clientId">;
  readonly operation: string;
  /** The text of what was asked for: a document, or the body of a request for a file. */
  readonly asked: string;
  readonly purpose?: string;
  readonly members: readonly AccessedMember[];
}

/** Records accesses before their answer is sent. Throws `Unavailable` where it cannot, whatever the cause. */
export async function recordAccess(access: Access, { database }: Pick<Service, "database">): Promise<void> {
  const { requestId, caller, operation, asked, purpose, members } = access;
  if (members.length === 0) return;
  const { subject, clientId } = caller;
  const documentHash = createHash("sha256").update(asked).digest();
  const request = { requestId, subject, clientId, operation, documentHash, purpose };
  await appendAccess(database, request, members).catch((error: unknown) => {
    throw new Unavailable(error);
  });
}

export interface AccessLogPage {
  readonly entries: readonly AccessEntry[];
  readonly hasMore: boolean;
}

/** Who was shown what of a member, newest first. */
export async function accessLogPage(
  filter: AccessFilter & { readonly memberId: string },
  after: AccessPlace | undefined,
  size: number,
  { database }: Service,
): Promise<AccessLogPage> {
  const entries = await answering(readMemberAccess(database, filter, after, size + 1));
  return { entries: entries.slice(0, size), hasMore: entries.length > size };
}
