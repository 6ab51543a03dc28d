import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { hasPassed, streamLength } from "../../cases/reading";
import { Service } from "../../cases/service";
import { SpinalRegion } from "../../claim/claimSession";
import { identifier } from "../../claim/identifier";
import { Instant } from "../../claim/instant";
import { PlainDate } from "../../claim/plainDate";
import { allowanceOf } from "../../member/allowance";
import { historyOnFileSince } from "../../member/stream";
import { inForce } from "../../policy/dated";
import { standingExceptions } from "../../policy/exceptionRegister";
import { exceptionsThatHold, parametersUnder } from "../../policy/exceptions";
import { dateArgument, ifGiven, instantArgument, textArgument } from "../arguments";
import { GraphqlContext } from "../context";
import { pageCost, sessionsCost, usualPage } from "../cost";
import { SpinalRegionEnum } from "../enums";
import { badInput, served } from "../failures";
import { AllowanceArguments, scopeOf } from "../inputs/allowanceArguments";
import { MemberView, registerIn, streamIn, viewOf } from "../knownAt";
import { Needs } from "../needs";
import { pageBehind, pageSize, placeOf } from "../page";
import { DateTime, LocalDate } from "../scalars";
import { showSessions } from "../sessions";
import { DecisionConnectionType, showPage } from "../types/decisionConnection";
import { AllowanceType, CountedSessionType, MemberType } from "../types/member";

@Resolver(() => MemberType)
export class MemberResolver {
  @Needs("history:read")
  @Query(() => MemberType, {
    nullable: true,
    description: "A member. Answers also when nothing is on file; null only beside an error.",
  })
  async member(
    @Arg("id", () => ID, { description: "The payer's person-level key: 1 to 64 visible ASCII characters." })
    id: string,
    @Arg("asKnownAt", () => DateTime, {
      nullable: true,
      description:
        "Only what had been recorded at or before this instant, which must not be in the future; now where " +
        "it is left out. The answer for the last 15 seconds may still grow.",
    })
    asKnownAt: string | null | undefined,
    @Ctx() { service }: GraphqlContext,
  ): Promise<MemberView> {
    const memberId = textArgument("id", id, identifier);
    const knownAt = ifGiven(asKnownAt, (text) => instantArgument("asKnownAt", text));
    if (knownAt !== undefined) await demandPassed(knownAt, service);
    return { id: memberId, knownAt };
  }

  @FieldResolver(() => LocalDate, {
    nullable: true,
    description:
      "The earliest date of service on file; null where nothing is. There may have been earlier ones.",
  })
  async historyOnFileSince(
    @Root() member: MemberView,
    @Ctx() { streams }: GraphqlContext,
  ): Promise<PlainDate | null> {
    return historyOnFileSince(streamIn(member, await streams.load(member.id)));
  }

  @FieldResolver(() => [CountedSessionType], {
    complexity: sessionsCost,
    description: "Counted sessions on file, by region and then by date.",
  })
  async sessions(
    @Root() member: MemberView,
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
    const sessions = showSessions(streamIn(member, await streams.load(member.id)), procedures).filter(
      (session) =>
        (!region || session.region === region) &&
        (!first || session.dateOfService >= first) &&
        (!last || session.dateOfService <= last),
    );
    return sessions.map((session) => ({
      ...session,
      decisions: session.decisions.map((decision) => viewOf(decision, member)),
    }));
  }

  @FieldResolver(() => AllowanceType, {
    nullable: true,
    description:
      "What is left in a region on a date, with the exceptions that hold for the state, plan and contract " +
      "given. Null where no policy version governs the date.",
  })
  async allowance(
    @Root() member: MemberView,
    @Args(() => AllowanceArguments) asked: AllowanceArguments,
    @Ctx() { register, service, streams }: GraphqlContext,
  ): Promise<AllowanceType | null> {
    const on = dateArgument("on", asked.on);
    const scope = scopeOf(asked);
    const policyVersion = inForce(service.policyVersions, on);
    if (!policyVersion) return null;
    const exceptions = standingExceptions(registerIn(member, await register()));
    const considered = exceptionsThatHold(exceptions, on, scope, policyVersion.precedence);
    const { sessionsPerRegion } = parametersUnder(policyVersion.parameters, considered);
    const stream = streamIn(member, await streams.load(member.id));
    const allowance = allowanceOf(stream, asked.region, on, sessionsPerRegion, policyVersion.procedures);
    return { ...allowance, policyVersion };
  }

  @FieldResolver(() => DecisionConnectionType, {
    complexity: pageCost,
    description: "All decisions about the member, superseded ones too, newest first.",
  })
  async decisions(
    @Root() member: MemberView,
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
    const { decisions, hasMore } = await pageBehind(place, member, size, service);
    const pageInfo = { hasNextPage: hasMore, hasPreviousPage: place !== undefined };
    const nodes = decisions.map((decision) => viewOf(decision, member));
    return showPage(nodes, pageInfo, () => served(streamLength(member.id, member.knownAt, service)));
  }
}

async function demandPassed(instant: Instant, service: Service): Promise<void> {
  if (await served(hasPassed(instant, service))) return;
  throw badInput("asKnownAt must not be later than now, by the clock of the database");
}
