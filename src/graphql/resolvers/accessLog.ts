import { Args, Ctx, Query, Resolver } from "type-graphql";
import { accessLogPage } from "../../cases/accessLog";
import { Needs } from "../needs";
import { GraphqlContext } from "../context";
import { pageCost } from "../cost";
import { accessCursorOf } from "../cursor";
import { served } from "../failures";
import { AccessLogArguments, readAccessLogArguments } from "../inputs/accessLogArguments";
import { AccessLogConnectionType, showAccessPage } from "../types/accessLog";

@Resolver()
export class AccessLogResolver {
  @Needs("audit:read")
  @Query(() => AccessLogConnectionType, {
    complexity: pageCost,
    description:
      "Who was shown something of a member, or was refused it, newest first. To read it is logged as well: " +
      "the next reading shows this one.",
  })
  async accessLog(
    @Args(() => AccessLogArguments) given: AccessLogArguments,
    @Ctx() { service }: GraphqlContext,
  ): Promise<AccessLogConnectionType> {
    const { filter, after, size, fingerprint } = readAccessLogArguments(given);
    const { entries, hasMore } = await served(accessLogPage(filter, after, size, service));
    const pageInfo = { hasNextPage: hasMore, hasPreviousPage: after !== undefined };
    return showAccessPage(entries, (entry) => accessCursorOf(entry, fingerprint), pageInfo);
  }
}
