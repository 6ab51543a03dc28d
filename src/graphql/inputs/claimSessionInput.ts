import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { Fault, faultsAcrossClaim } from "../../claim/claimForm";
import { ClaimFrequency, ClaimSession, ClaimType, LineOfBusiness } from "../../claim/claimSession";
import { identifier } from "../../claim/identifier";
import { npi } from "../../claim/npi";
import { placeOfService, stateOfService } from "../../claim/place";
import { plainDate } from "../../claim/plainDate";
import { ClaimFrequencyEnum, ClaimTypeEnum, LineOfBusinessEnum } from "../enums";
import { LocalDate } from "../scalars";
import { ClaimLineInput, claimLineOf } from "./claimLineInput";
import { faultsOfLines, faultsOfMembers, firstLines, Read, readUnless } from "./form";
import { WrittenAs, WrittenAsDate } from "./writtenAs";

@InputType("ClaimSessionInput", {
  description:
    "What one claim bills for one member on one date of service. A preview and a submission take the same.",
})
export class ClaimSessionInput {
  @WrittenAs(identifier)
  @Field(() => ID, { description: "The payer's person-level key: 1 to 64 visible ASCII characters." })
  memberId: string;

  @WrittenAs(identifier)
  @Field(() => String, {
    description:
      "1 to 64 visible ASCII characters; decided once for each date of service. A VOID has one of its own.",
  })
  claimNumber: string;

  @Field(() => ClaimFrequencyEnum, {
    defaultValue: "ORIGINAL",
    description: "Whether the claim is new, replaces an earlier one or takes it back.",
  })
  frequency: ClaimFrequency;

  @IsOptional()
  @WrittenAs(identifier)
  @Field(() => String, {
    nullable: true,
    description: "REPLACEMENT and VOID: the number of the claim that is corrected. ORIGINAL: left out.",
  })
  originalClaimNumber?: string | null;

  @IsOptional()
  @WrittenAsDate()
  @Field(() => LocalDate, {
    nullable: true,
    description: "REPLACEMENT: the date of service of the claim that is corrected, where it differs.",
  })
  originalDateOfService?: string | null;

  @Field(() => ClaimTypeEnum, {
    description: "Who bills. It is never guessed from the place of service.",
  })
  claimType: ClaimType;

  @Field(() => LineOfBusinessEnum, { description: "The member's kind of coverage." })
  lineOfBusiness: LineOfBusiness;

  @WrittenAsDate()
  @Field(() => LocalDate, { description: "The day of service; it picks the policy version." })
  dateOfService: string;

  @WrittenAs(stateOfService)
  @Field(() => String, { description: "Two-letter code of a US state, DC, AS, GU, MP, PR or VI." })
  stateOfService: string;

  @WrittenAs(placeOfService)
  @Field(() => String, {
    description: "Two digits. A hospital's own claim, which has no place of service, sends 19 or 22.",
  })
  placeOfService: string;

  @WrittenAs(npi)
  @Field(() => String, { description: "NPI of the billing provider; a facility claim's performer." })
  billingProviderNpi: string;

  @IsOptional()
  @WrittenAs(npi)
  @Field(() => String, {
    nullable: true,
    description: "NPI of the rendering provider; required on a PROFESSIONAL claim, whose performer it names.",
  })
  renderingProviderNpi?: string | null;

  @IsOptional()
  @WrittenAs(identifier)
  @Field(() => ID, {
    nullable: true,
    description: "The member's benefit plan, by which exceptions of the plan are found.",
  })
  benefitPlanId?: string | null;

  @IsOptional()
  @WrittenAs(identifier)
  @Field(() => ID, {
    nullable: true,
    description: "The provider's contract, by which exceptions of the contract are found.",
  })
  providerContractId?: string | null;

  @Field(() => [ClaimLineInput], { description: "1 to 50 lines; none for a VOID." })
  lines: ClaimLineInput[];
}

/** The claim session that an input describes, or every fault of it; paths start inside the session. */
export function readClaimSession(input: ClaimSessionInput): Read<ClaimSession> {
  return readUnless(faultsOfSession(input), () => claimSessionOf(input));
}

export function faultsOfSession(input: ClaimSessionInput): Fault[] {
  return [
    ...faultsOfMembers(input),
    ...faultsOfLines(input.lines),
    ...faultsAcrossClaim({ ...input, lines: firstLines(input.lines) }),
  ];
}

/**
 * The session that a well-formed input describes. What was left out and what was sent as null is absent
 * alike.
 */
export function claimSessionOf(input: ClaimSessionInput): ClaimSession {
  const { originalDateOfService } = input;
  return {
    memberId: input.memberId,
    claimNumber: input.claimNumber,
    frequency: input.frequency,
    originalClaimNumber: input.originalClaimNumber ?? undefined,
    originalDateOfService: originalDateOfService ? plainDate(originalDateOfService) : undefined,
    claimType: input.claimType,
    lineOfBusiness: input.lineOfBusiness,
    dateOfService: plainDate(input.dateOfService),
    stateOfService: input.stateOfService,
    placeOfService: input.placeOfService,
    billingProviderNpi: input.billingProviderNpi,
    renderingProviderNpi: input.renderingProviderNpi ?? undefined,
    benefitPlanId: input.benefitPlanId ?? undefined,
    providerContractId: input.providerContractId ?? undefined,
    lines: input.lines.map(claimLineOf),
  };
}
