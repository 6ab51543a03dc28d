import { ArgsType, Field, ID, Int } from "type-graphql";
import { highestSequence, StreamPart } from "../../cases/memberCompleteness";
import { identifier } from "../../claim/identifier";
import { countArgument, ifGiven, logIndexArgument, textArgument } from "../arguments";
import { mostOfStream } from "../cost";
import { LogIndex } from "../scalars";

@ArgsType()
export class CompletenessArguments {
  @Field(() => ID, { description: "The member." })
  memberId: string;

  @Field(() => LogIndex, {
    nullable: true,
    description: "Tree size of the checkpoint; without it the newest.",
  })
  treeSize?: string | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: "Place in the stream to begin at; another than 1 only to go on with a long stream.",
  })
  from?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: mostOfStream,
    description: `How many decisions at most, from 1 to ${mostOfStream}.`,
  })
  first?: number | null;
}

/** What they mean. */
export interface AskedCompleteness {
  readonly memberId: string;
  readonly treeSize?: bigint;
  readonly part: StreamPart;
}

export function readCompletenessArguments(given: CompletenessArguments): AskedCompleteness {
  return {
    memberId: textArgument("memberId", given.memberId, identifier),
    treeSize: ifGiven(given.treeSize, (text) => logIndexArgument("treeSize", text)),
    part: {
      from: countArgument("from", given.from ?? 1, highestSequence),
      size: countArgument("first", given.first ?? mostOfStream, mostOfStream),
    },
  };
}
