import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { previewClaimSession } from "../../cases/previewClaimSession";
import { GraphqlContext } from "../context";
import { served } from "../failures";
import { ClaimSessionInput, readClaimSession } from "../inputs/claimSessionInput";
import { Needs } from "../needs";
import { versionOf } from "../policyVersions";
import { PreviewType, showJudged, showRefusedPreview } from "../types/preview";
import { refusalsOf } from "../types/submission";

@Resolver()
export class PreviewResolver {
  @Needs("claims:submit")
  @Query(() => PreviewType, {
    description:
      "What a claim session would be decided as now, instead of whatever is on file under its claim number " +
      "and date of service. Nothing is stored.",
  })
  async previewClaimSession(
    @Arg("session", () => ClaimSessionInput, { description: "The claim session." })
    session: ClaimSessionInput,
    @Ctx() { service }: GraphqlContext,
  ): Promise<PreviewType> {
    const input = readClaimSession(session);
    if ("faults" in input) return showRefusedPreview(null, refusalsOf(input.faults, service));
    const { memberId } = input.value;
    const judged = await served(previewClaimSession(input.value, service));
    if ("refusals" in judged) return showRefusedPreview(memberId, judged.refusals);
    return showJudged(memberId, judged, versionOf(judged.outcome, service));
  }
}
