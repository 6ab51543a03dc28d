import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { SessionToImport } from "../../cases/importSessions";
import { missingLines, missingPerformer, repeatedLineNumbers } from "../../claim/claimForm";
import { ClaimType, HistoricalSession } from "../../claim/claimSession";
import { shortText } from "../../claim/freeText";
import { idempotencyKey, identifier } from "../../claim/identifier";
import { npi } from "../../claim/npi";
import { plainDate } from "../../claim/plainDate";
import { ClaimTypeEnum } from "../enums";
import { LocalDate } from "../scalars";
import { ClaimLineInput, claimLineOf } from "./claimLineInput";
import { faultsOfLines, faultsOfMembers, firstLines, Read, readUnless } from "./form";
import { WrittenAs, WrittenAsDate } from "./writtenAs";

@InputType("HistoricalSessionInput", {
  description: "A session that was adjudicated elsewhere, with what was allowed there and nothing else.",
})
export class HistoricalSessionInput {
  @WrittenAs(idempotencyKey)
  @Field(() => String, {
    description: "1 to 255 visible ASCII characters, unique for this client and member, for ever.",
  })
  idempotencyKey: string;

  @WrittenAs(identifier)
  @Field(() => ID, { description: "The payer's person-level key: 1 to 64 visible ASCII characters." })
  memberId: string;

  @WrittenAs(identifier)
  @Field(() => String, { description: "1 to 64 visible ASCII characters; once for each date of service." })
  claimNumber: string;

  @Field(() => ClaimTypeEnum, { description: "Who billed." })
  claimType: ClaimType;

  @WrittenAsDate()
  @Field(() => LocalDate, { description: "The day of service; it may be before the first policy version." })
  dateOfService: string;

  @WrittenAs(npi)
  @Field(() => String, { description: "NPI of the billing provider." })
  billingProviderNpi: string;

  @IsOptional()
  @WrittenAs(npi)
  @Field(() => String, {
    nullable: true,
    description: "NPI of the rendering provider; required where the claim type is PROFESSIONAL.",
  })
  renderingProviderNpi?: string | null;

  @WrittenAs(shortText)
  @Field(() => String, { description: "Where the session was adjudicated: up to 500 characters." })
  sourceSystem: string;

  @Field(() => [ClaimLineInput], { description: "1 to 50 lines with the units that were allowed." })
  lines: ClaimLineInput[];
}

/** The session that an input describes, or every fault of it; paths start at the input. */
export function readHistoricalSession(input: HistoricalSessionInput): Read<SessionToImport> {
  const faults = [
    ...faultsOfMembers(input),
    ...faultsOfLines(input.lines),
    ...missingPerformer(input),
    ...missingLines(input.lines),
    ...repeatedLineNumbers(firstLines(input.lines)),
  ];
  return readUnless(faults, () => ({
    idempotencyKey: input.idempotencyKey,
    session: historicalSessionOf(input),
  }));
}

function historicalSessionOf(input: HistoricalSessionInput): HistoricalSession {
  return {
    memberId: input.memberId,
    claimNumber: input.claimNumber,
    claimType: input.claimType,
    dateOfService: plainDate(input.dateOfService),
    billingProviderNpi: input.billingProviderNpi,
    renderingProviderNpi: input.renderingProviderNpi ?? undefined,
    sourceSystem: input.sourceSystem,
    lines: input.lines.map(claimLineOf),
  };
}
