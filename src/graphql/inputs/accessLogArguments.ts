import { ArgsType, Field, ID, Int } from "type-graphql";
import { AccessFilter, AccessPlace } from "../../cases/accessLog";
import { identifier } from "../../claim/identifier";
import { ifGiven, instantArgument, textArgument } from "../arguments";
import { usualPage } from "../cost";
import { accessFingerprintOf, parseAccessCursor } from "../cursor";
import { badInput } from "../failures";
import { pageSize } from "../page";
import { DateTime } from "../scalars";

@ArgsType()
export class AccessLogArguments {
  @Field(() => ID, { description: "The member." })
  memberId: string;

  @Field(() => DateTime, { nullable: true, description: "Only what was at this instant or later." })
  from?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Only what was before this instant." })
  to?: string | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: usualPage,
    description: "How many, from 1 to 100.",
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Go on after the entry with this cursor." })
  after?: string | null;
}

/** What they mean, and what the cursors of the list are known by. */
interface AskedAccessLog {
  readonly filter: AccessFilter & { readonly memberId: string };
  readonly after?: AccessPlace;
  readonly size: number;
  readonly fingerprint: string;
}

export function readAccessLogArguments(given: AccessLogArguments): AskedAccessLog {
  const filter = {
    memberId: textArgument("memberId", given.memberId, identifier),
    from: ifGiven(given.from, (text) => instantArgument("from", text)),
    to: ifGiven(given.to, (text) => instantArgument("to", text)),
  };
  if (filter.from && filter.to && filter.to <= filter.from) throw badInput("to must be later than from");
  const fingerprint = accessFingerprintOf(filter);
  const placeOf = (cursor: string): AccessPlace => {
    const place = parseAccessCursor(cursor, fingerprint);
    if (!place) throw badInput("after must be a cursor of an earlier page of the same member and times");
    return place;
  };
  return { filter, after: ifGiven(given.after, placeOf), size: pageSize(given.first), fingerprint };
}
