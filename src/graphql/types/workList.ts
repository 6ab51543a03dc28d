import { Field, ObjectType } from "type-graphql";
import { ReadjudicationCandidate, ReadjudicationDirection } from "../../adjudication/readjudication";
import { placeOfCandidate } from "../../cases/workList";
import { Decision, DecisionDisposition } from "../../member/decision";
import { PolicyVersion } from "../../policy/policyVersion";
import { workListCursorOf } from "../cursor";
import { DecisionDispositionEnum, ReadjudicationDirectionEnum } from "../enums";
import { View, viewOf } from "../knownAt";
import { DecisionType } from "./decision";
import { PageInfoType } from "./decisionConnection";
import { LineDecisionType, showLines } from "./lineDecision";

@ObjectType("ReadjudicationCandidate", {
  simpleResolvers: true,
  description:
    "An effective decision whose claim would now be decided otherwise. Nothing is paid or taken back by " +
    "itself.",
})
export class ReadjudicationCandidateType implements Omit<ReadjudicationCandidate, "wouldBe"> {
  @Field(() => DecisionType, { description: "The decision." })
  decision: Decision;

  @Field(() => DecisionDispositionEnum, { description: "What would now become of the claim session." })
  wouldBe: DecisionDisposition;

  @Field(() => [LineDecisionType], {
    description:
      "What would now become of each line, under the decision's own policy version and exceptions.",
  })
  wouldBeLines: () => LineDecisionType[];

  @Field(() => ReadjudicationDirectionEnum, { description: "What that would do to the units allowed." })
  direction: ReadjudicationDirection;

  @Field(() => DecisionType, {
    description: "The decision since which, without a break, it would be decided otherwise.",
  })
  causedBy: Decision;
}

@ObjectType("ReadjudicationCandidateEdge", { simpleResolvers: true, description: "A candidate on a page." })
export class ReadjudicationCandidateEdgeType {
  @Field(() => String, {
    description: "Opaque; as `after` it asks for what follows, also once this candidate is none any more.",
  })
  cursor: string;

  @Field(() => ReadjudicationCandidateType, { description: "The candidate." })
  node: ReadjudicationCandidateType;
}

@ObjectType("ReadjudicationCandidateConnection", {
  simpleResolvers: true,
  description: "A page of the work list.",
})
export class ReadjudicationCandidateConnectionType {
  @Field(() => [ReadjudicationCandidateEdgeType], {
    description: "The candidates of the page, each with its cursor.",
  })
  edges: readonly ReadjudicationCandidateEdgeType[];

  @Field(() => PageInfoType, { description: "Where the page begins and ends." })
  pageInfo: PageInfoType;
}

/** The version is that of the decision. */
export function showCandidate(
  { decision, wouldBe, direction, causedBy }: ReadjudicationCandidate,
  version: PolicyVersion | undefined,
  view: View,
): ReadjudicationCandidateType {
  return {
    decision: viewOf(decision, view),
    wouldBe: wouldBe.disposition,
    wouldBeLines: () => showLines({ ...wouldBe, session: decision.session }, version),
    direction,
    causedBy: viewOf(causedBy, view),
  };
}

export function showWorkListPage(
  candidates: readonly ReadjudicationCandidate[],
  show: (candidate: ReadjudicationCandidate) => ReadjudicationCandidateType,
  pageInfo: Pick<PageInfoType, "hasNextPage" | "hasPreviousPage">,
): ReadjudicationCandidateConnectionType {
  const edges = candidates.map((candidate) => ({
    cursor: workListCursorOf(placeOfCandidate(candidate)),
    node: show(candidate),
  }));
  const startCursor = edges.at(0)?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return { edges, pageInfo: { ...pageInfo, startCursor, endCursor } };
}
