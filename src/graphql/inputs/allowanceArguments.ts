import { ArgsType, Field, ID } from "type-graphql";
import { SpinalRegion } from "../../claim/claimSession";
import { identifier } from "../../claim/identifier";
import { stateOfService } from "../../claim/place";
import { ExceptionScope } from "../../policy/exceptions";
import { ifGiven, textArgument } from "../arguments";
import { SpinalRegionEnum } from "../enums";
import { LocalDate } from "../scalars";

@ArgsType()
export class AllowanceArguments {
  @Field(() => SpinalRegionEnum, { description: "The region." })
  region: SpinalRegion;

  @Field(() => LocalDate, { description: "The date; it may be in the future." })
  on: string;

  @Field(() => String, { nullable: true, description: "Let exceptions of this state hold." })
  stateOfService?: string | null;

  @Field(() => ID, { nullable: true, description: "Let exceptions of this benefit plan hold." })
  benefitPlanId?: string | null;

  @Field(() => ID, { nullable: true, description: "Let exceptions of this provider contract hold." })
  providerContractId?: string | null;
}

/** Which exceptions are asked for; without any only federal ones hold. */
export function scopeOf(asked: AllowanceArguments): ExceptionScope {
  return {
    stateOfService: ifGiven(asked.stateOfService, (text) =>
      textArgument("stateOfService", text, stateOfService),
    ),
    benefitPlanId: ifGiven(asked.benefitPlanId, (text) => textArgument("benefitPlanId", text, identifier)),
    providerContractId: ifGiven(asked.providerContractId, (text) =>
      textArgument("providerContractId", text, identifier),
    ),
  };
}
