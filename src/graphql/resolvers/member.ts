import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Scope } from "../../access/scopes";
import { streamLength } from "../../cases/reading";
import { policyOf } from "../../cases/service";
import { SpinalRegion } from "../../claim/claimSession";
import { identifier } from "../../claim/identifier";
import { PlainDate } from "../../claim/plainDate";
import { allowanceOf } from "../../member/allowance";
import { historyOnFileSince } from "../../member/stream";
import { inForce } from "../../policy/dated";
import { exceptionsThatHold, parametersUnder } from "../../policy/exceptions";

import { dateArgument, ifGiven, textArgument } from "../arguments";
import { GraphqlContext } from "../context";
import { pageCost, sessionsCost, usualPage } from "../cost";
import { SpinalRegionEnum } from "../enums";
import { served } from "../failures";
import { AllowanceArguments, scopeOf } from "../inputs/allowanceArguments";
import { pageBehind, pageSize, placeOf } from "../page";
import { LocalDate } from "../scalars";
import { showSessions } from "../sessions";
import { DecisionConnectionType, showPage } from "../types/decisionConnection";
import { AllowanceType, CountedSessionType, MemberType } from "../types/member";

@Resolver(() => MemberType)
export class MemberResolver {
  @Authorized<Scope>("history:read")
  @Query(() => MemberType, {
    nullable: true,
    description: "A member. Answers also when nothing is on file; null only beside an error.",
  })
  member(
    @Arg("id", () => ID, { description: "The payer's person-level key: 1 to 64 visible ASCII characters." })
    id: string,
  ): MemberType {
    return { id: textArgument("id", id, identifier) };
  }

  @FieldResolver(() => LocalDate, {
    nullable: true,
    description:
      "The earliest date of service on file; null where nothing is. There may have been earlier ones.",
  })
  async historyOnFileSince(
    @Root() { id }: MemberType,
    @Ctx() { streams }: GraphqlContext,
  ): Promise<PlainDate | null> {
    return historyOnFileSince(await streams.load(id));
  }

  @FieldResolver(() => [CountedSessionType], {
    complexity: sessionsCost,
    description: "Counted sessions on file, by region and then by date.",
  })
  async sessions(
    @Root() { id }: MemberType,
    @Arg("region", () => SpinalRegionEnum, { nullable: true, description: "Only this region." })
    region: SpinalRegion | null | undefined,
    @Arg("from", () => LocalDate, { nullable: true, description: "Only from this date on." })
    from: string | null | undefined,
    @Arg("to", () => LocalDate, { nullable: true, description: "Only up to this date, inclusive." })
    to: string | null | undefined,
    @Ctx() { service, streams }: GraphqlContext,
  ): Promise<CountedSessionType[]> {
    const first = ifGiven(from, (text) => dateArgument("from", text));
    const last = ifGiven(to, (text) => dateArgument("to", text));
    const [{ procedures }] = service.policyVersions;
    return showSessions(await streams.load(id), procedures).filter(
      (session) =>
        (!region || session.region === region) &&
        (!first || session.dateOfService >= first) &&
        (!last || session.dateOfService <= last),
    );
  }

  @FieldResolver(() => AllowanceType, {
    nullable: true,
    description:
      "What is left in a region on a date, with the exceptions that hold for the state, plan and contract " +
      "given. Null where no policy version governs the date.",
  })
  async allowance(
    @Root() { id }: MemberType,
    @Args(() => AllowanceArguments) asked: AllowanceArguments,
    @Ctx() { service, streams }: GraphqlContext,
  ): Promise<AllowanceType | null> {
    const on = dateArgument("on", asked.on);
    const scope = scopeOf(asked);
    const policyVersion = inForce(service.policyVersions, on);
    if (!policyVersion) return null;
    const considered = exceptionsThatHold(policyOf(service).exceptions, on, scope);
    const { sessionsPerRegion } = parametersUnder(policyVersion.parameters, considered);
    const stream = await streams.load(id);
    const allowance = allowanceOf(stream, asked.region, on, sessionsPerRegion, policyVersion.procedures);
    return { ...allowance, policyVersion };
  }

  @FieldResolver(() => DecisionConnectionType, {
    complexity: pageCost,
    description: "All decisions about the member, superseded ones too, newest first.",
  })
  async decisions(
    @Root() { id }: MemberType,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: usualPage,
      description: "How many, from 1 to 100.",
    })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Go on after the decision with this cursor." })
    after: string | null | undefined,
    @Ctx() { service }: GraphqlContext,
  ): Promise<DecisionConnectionType> {
    const size = pageSize(first);
    const place = ifGiven(after, placeOf);
    const { decisions, hasMore } = await pageBehind(place, id, size, service);
    const pageInfo = { hasNextPage: hasMore, hasPreviousPage: place !== undefined };
    return showPage(decisions, pageInfo, () => served(streamLength(id, service)));
  }
}
