import { Args, Ctx, Query, Resolver } from "type-graphql";
import { countDecisions, searchDecisions } from "../../cases/searchDecisions";
import { GraphqlContext } from "../context";
import { pageCost } from "../cost";
import { searchCursorOf } from "../cursor";
import { served } from "../failures";
import { readSearch, SearchArguments } from "../inputs/searchArguments";
import { Needs } from "../needs";
import { DecisionConnectionType, showPage } from "../types/decisionConnection";
import { DecisionType } from "../types/decision";

@Resolver(() => DecisionType)
export class SearchResolver {
  @Needs("decisions:read")
  @Query(() => DecisionConnectionType, {
    complexity: pageCost,
    description:
      "The decisions that meet a filter. Pages go on where the last one ended, whatever is decided " +
      "meanwhile: no decision that was there is left out or shown twice. A decision is stored up to 10 " +
      "seconds after the time that it is listed under: among the newest ones there may still come more.",
  })
  async decisions(
    @Args(() => SearchArguments) asked: SearchArguments,
    @Ctx() { service }: GraphqlContext,
  ): Promise<DecisionConnectionType> {
    const { fingerprint, ...search } = readSearch(asked, service.policyVersions);
    const { decisions, hasNext, hasPrevious } = await served(searchDecisions(search, service));
    return showPage(
      decisions,
      { hasNextPage: () => served(hasNext()), hasPreviousPage: () => served(hasPrevious()) },
      () => served(countDecisions(search.filter, service)),
      (decision) => searchCursorOf(decision, fingerprint),
    );
  }
}
