import { ArgsType, Field, Int } from "type-graphql";
import { Search } from "../../cases/searchDecisions";
import { PolicyVersions } from "../../policy/policyVersion";
import { ifGiven } from "../arguments";
import { fingerprintOf, parseSearchCursor } from "../cursor";
import { DecisionOrder, DecisionOrderEnum } from "../enums";
import { badInput } from "../failures";
import { pageSize } from "../page";
import { DecisionFilterInput, filterOf } from "./decisionFilterInput";

@ArgsType()
export class SearchArguments {
  @Field(() => DecisionFilterInput, {
    nullable: true,
    description: "Which decisions; all where it is left out.",
  })
  filter?: DecisionFilterInput | null;

  @Field(() => DecisionOrderEnum, {
    nullable: true,
    defaultValue: "DECIDED_AT_DESC",
    description: "The order of the list.",
  })
  orderBy?: DecisionOrder | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many from the beginning, from 1 to 100; 20 where neither it nor `last` is given.",
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Only what follows the decision with this cursor." })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many from the end, from 1 to 100, in the same order; not together with `first`.",
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only what is before the decision with this cursor.",
  })
  before?: string | null;
}

/** The search that the arguments ask for, and what its cursors are known by. */
export function readSearch(
  { filter, orderBy, first, after, last, before }: SearchArguments,
  versions: PolicyVersions,
): Search & { readonly fingerprint: string } {
  const isFromEnd = last !== undefined && last !== null;
  if (isFromEnd && first !== undefined && first !== null)
    throw badInput("last must not be given together with first");
  const size = isFromEnd ? pageSize(last, "last") : pageSize(first);
  const list = {
    filter: filterOf(filter ?? {}, versions),
    isNewestFirst: orderBy !== "DECIDED_AT_ASC",
  };
  const fingerprint = fingerprintOf(list);
  const placeOf = (name: "after" | "before") => (cursor: string) => {
    const place = parseSearchCursor(cursor, fingerprint);
    if (!place) throw badInput(`${name} must be a cursor of the same search: the same filter and orderBy`);
    return place;
  };
  return {
    ...list,
    after: ifGiven(after, placeOf("after")),
    before: ifGiven(before, placeOf("before")),
    size,
    isFromEnd,
    fingerprint,
  };
}
