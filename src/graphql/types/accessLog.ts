import { Field, ID, Int, ObjectType } from "type-graphql";
import { AccessEntry } from "../../cases/accessLog";
import { parseInstant } from "../../claim/instant";
import { hashText } from "../../ledger/hashText";
import { AccessOutcomeEnum } from "../enums";
import { DateTime } from "../scalars";
import { PageInfoType } from "./decisionConnection";

@ObjectType("AccessLogEntry", {
  simpleResolvers: true,
  description: "That a request was shown something of the member, or was refused it.",
})
export class AccessLogEntryType implements Omit<AccessEntry, "documentHash" | "purpose"> {
  /** Whom it is about. */
  memberId: string;

  @Field(() => DateTime, { description: "By the database's clock, before the first byte of the reply." })
  at: string;

  @Field(() => ID, { description: "The id that the reply carried." })
  requestId: string;

  @Field(() => String, { description: "The person or program that the token spoke for." })
  subject: string;

  @Field(() => String, { description: "The client of the token." })
  clientId: string;

  @Field(() => String, {
    description:
      "The root fields of the operation, in the order of the document; or the path of the request.",
  })
  operation: string;

  @Field(() => String, {
    description: "SHA-256 of the document, or of the request for a file. Standard Base64 of 32 bytes.",
  })
  documentHash: string;

  @Field(() => String, { nullable: true, description: "Purpose of use as the request gave it." })
  purpose: string | null;

  @Field(() => Int, {
    description:
      "How many of the member's decisions were shown, each once; 0 also where only counts, dates or that " +
      "there is nothing were.",
  })
  decisions: number;

  @Field(() => AccessOutcomeEnum, { description: "Whether it was allowed." })
  outcome: AccessEntry["outcome"];
}

@ObjectType("AccessLogEdge", { simpleResolvers: true, description: "An entry on a page." })
export class AccessLogEdgeType {
  @Field(() => String, { description: "Opaque; as `after` it asks for what follows in the same list." })
  cursor: string;

  @Field(() => AccessLogEntryType, { description: "The entry." })
  node: AccessLogEntryType;
}

@ObjectType("AccessLogConnection", {
  simpleResolvers: true,
  description: "A page of a member's access log.",
})
export class AccessLogConnectionType {
  @Field(() => [AccessLogEdgeType], { description: "The entries of the page, each with its cursor." })
  edges: readonly AccessLogEdgeType[];

  @Field(() => [AccessLogEntryType], { description: "The entries of the page." })
  nodes: readonly AccessLogEntryType[];

  @Field(() => PageInfoType, { description: "Where the page begins and ends." })
  pageInfo: PageInfoType;
}

export function showAccessPage(
  entries: readonly AccessEntry[],
  cursorOf: (entry: AccessEntry) => string,
  pageInfo: Pick<PageInfoType, "hasNextPage" | "hasPreviousPage">,
): AccessLogConnectionType {
  const edges = entries.map((entry) => ({ cursor: cursorOf(entry), node: showEntry(entry) }));
  const startCursor = edges.at(0)?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  const nodes = edges.map(({ node }) => node);
  return { edges, nodes, pageInfo: { ...pageInfo, startCursor, endCursor } };
}

function showEntry(entry: AccessEntry): AccessLogEntryType {
  const at = parseInstant(entry.at) ?? entry.at;
  return { ...entry, at, documentHash: hashText(entry.documentHash), purpose: entry.purpose ?? null };
}
