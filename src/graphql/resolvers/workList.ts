import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { ReadjudicationCandidate } from "../../adjudication/readjudication";
import { memberWorkList, workListOf, workListPage } from "../../cases/workList";
import { ifGiven } from "../arguments";
import { GraphqlContext } from "../context";
import { candidatesCost, usualPage, workListCost } from "../cost";
import { served } from "../failures";
import { MemberView, streamIn } from "../knownAt";
import { Needs } from "../needs";
import { pageSize, workListPlaceOf } from "../page";
import { versionOf } from "../policyVersions";
import { MemberType } from "../types/member";
import {
  ReadjudicationCandidateConnectionType,
  ReadjudicationCandidateType,
  showCandidate,
  showWorkListPage,
} from "../types/workList";

@Resolver(() => MemberType)
export class WorkListResolver {
  @Needs("decisions:read")
  @Query(() => ReadjudicationCandidateConnectionType, {
    complexity: workListCost,
    description:
      "The work list of all members: claims that would now be decided otherwise, newest cause first.",
  })
  async readjudicationCandidates(
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: usualPage,
      description: "How many, from 1 to 100.",
    })
    first: number | null,
    @Arg("after", () => String, {
      nullable: true,
      description: "Go on after the candidate with this cursor.",
    })
    after: string | null | undefined,
    @Ctx() { service }: GraphqlContext,
  ): Promise<ReadjudicationCandidateConnectionType> {
    const size = pageSize(first);
    const place = ifGiven(after, workListPlaceOf);
    const { candidates, hasMore } = await served(workListPage(place, size, service));
    const show = (candidate: ReadjudicationCandidate) =>
      showCandidate(candidate, versionOf(candidate.decision, service), {});
    return showWorkListPage(candidates, show, { hasNextPage: hasMore, hasPreviousPage: place !== undefined });
  }

  @Needs("decisions:read")
  @FieldResolver(() => [ReadjudicationCandidateType], {
    name: "readjudicationCandidates",
    complexity: candidatesCost,
    description: "The member's claims that would be decided otherwise, in the order of their decisions.",
  })
  async candidatesOfMember(
    @Root() member: MemberView,
    @Ctx() { service, streams }: GraphqlContext,
  ): Promise<ReadjudicationCandidateType[]> {
    const candidates =
      member.knownAt === undefined
        ? await served(memberWorkList(member.id, service))
        : workListOf(streamIn(member, await streams.load(member.id)), service);
    return candidates.map((candidate) =>
      showCandidate(candidate, versionOf(candidate.decision, service), member),
    );
  }
}
