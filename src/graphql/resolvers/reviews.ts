import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { reviewDecision } from "../../cases/reviewDecision";
import { GraphqlContext } from "../context";
import { served } from "../failures";
import { readReview, ReviewDecisionInput } from "../inputs/reviewDecisionInput";
import { Needs } from "../needs";
import { refusalsOf, showRefusals, showRuling, SubmissionType } from "../types/submission";

@Resolver()
export class ReviewResolver {
  @Needs("decisions:review")
  @Mutation(() => SubmissionType, {
    description:
      "Lets a reviewer's outcome stand in the place of a decision: an appeal, an override, a recoupment, " +
      "the release of a pended line. The reviewer is the subject of the token.",
  })
  async reviewDecision(
    @Arg("input", () => ReviewDecisionInput, { description: "The review and its key." })
    input: ReviewDecisionInput,
    @Ctx() { caller, service }: GraphqlContext,
  ): Promise<SubmissionType> {
    const read = readReview(input);
    if ("faults" in read) return showRefusals(refusalsOf(read.faults, service));
    return showRuling(await served(reviewDecision(read.value, caller, service)));
  }
}
