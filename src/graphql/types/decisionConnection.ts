import { Extensions, Field, Int, ObjectType } from "type-graphql";
import { Decision } from "../../member/decision";
import { countCost } from "../cost";
import { cursorOf } from "../cursor";
import { DecisionType } from "./decision";

@ObjectType("PageInfo", { simpleResolvers: true, description: "Where a page begins and ends." })
export class PageInfoType {
  @Field(() => Boolean, { description: "Whether more follow after this page." })
  hasNextPage: boolean | (() => Promise<boolean>);

  @Field(() => Boolean, { description: "Whether there are any before this page." })
  hasPreviousPage: boolean | (() => Promise<boolean>);

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the page's first element; null on an empty page.",
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the page's last element; null on an empty page.",
  })
  endCursor: string | null;
}

@ObjectType("DecisionEdge", { simpleResolvers: true, description: "A decision on a page." })
export class DecisionEdgeType {
  @Field(() => String, {
    description:
      "Opaque; as `after` it asks for what follows this decision and, where there is `before`, for what is " +
      "before it. It is good for the same list alone.",
  })
  cursor: string;

  @Field(() => DecisionType, { description: "The decision." })
  node: Decision;
}

@ObjectType("DecisionConnection", { simpleResolvers: true, description: "A page of decisions." })
export class DecisionConnectionType {
  @Field(() => [DecisionEdgeType], { description: "The decisions of the page, each with its cursor." })
  edges: readonly DecisionEdgeType[];

  @Field(() => [DecisionType], { description: "The decisions of the page." })
  nodes: readonly Decision[];

  @Field(() => PageInfoType, { description: "Where the page begins and ends." })
  pageInfo: PageInfoType;

  @Extensions({ costApart: countCost })
  @Field(() => Int, {
    nullable: true,
    description:
      "How many decisions there are on all pages together, now. Null where counting the finds of a search " +
      "takes longer than half a second: ask for it once and not with every page.",
  })
  totalCount: () => Promise<number | null>;
}

/** A page; its decisions are counted only where that is asked for. */
export function showPage(
  nodes: readonly Decision[],
  pageInfo: Pick<PageInfoType, "hasNextPage" | "hasPreviousPage">,
  totalCount: () => Promise<number | null>,
  cursor: (decision: Decision) => string = cursorOf,
): DecisionConnectionType {
  const edges = nodes.map((node) => ({ cursor: cursor(node), node }));
  const startCursor = edges.at(0)?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return { edges, nodes, pageInfo: { ...pageInfo, startCursor, endCursor }, totalCount };
}
