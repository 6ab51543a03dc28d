import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { replayDecision } from "../../cases/replayDecision";
import { Service } from "../../cases/service";
import { SealedPolicyVersion } from "../../policy/policyVersion";
import { ifGiven } from "../arguments";
import { GraphqlContext } from "../context";
import { badInput, served } from "../failures";
import { Needs } from "../needs";
import { ReplayType, showReplay } from "../types/replay";

@Resolver()
export class ReplayResolver {
  @Needs("decisions:read")
  @Query(() => ReplayType, {
    description:
      "Runs a stored decision again: under its own policy version and exceptions, or under others as a " +
      "what-if. Nothing is stored.",
  })
  async replayDecision(
    @Arg("id", () => ID, { description: "Id of the decision." }) id: string,
    @Arg("policyVersionId", () => ID, {
      nullable: true,
      description: "What if this version had been in force?",
    })
    policyVersionId: string | null | undefined,
    @Arg("exceptionsOfToday", () => Boolean, {
      defaultValue: false,
      description: "What if every exception declared by now had been known, as it stands now?",
    })
    exceptionsOfToday: boolean,
    @Ctx() { service }: GraphqlContext,
  ): Promise<ReplayType> {
    const version = ifGiven(policyVersionId, (named) => versionNamed(named, service));
    const replayed = await served(replayDecision(id, { version, exceptionsOfToday }, service));
    if (!replayed) throw badInput("id must be the id of a decision");
    return showReplay(replayed);
  }
}

function versionNamed(named: string, { policyVersions }: Service): SealedPolicyVersion {
  const version = policyVersions.find(({ id }) => id === named);
  if (!version) throw badInput("policyVersionId must be the id of a policy version");
  return version;
}
