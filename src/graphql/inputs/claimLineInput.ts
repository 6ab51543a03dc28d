import { IsOptional } from "class-validator";
import { Field, InputType, Int } from "type-graphql";
import { ClaimLine, highestLineNumber, mostUnits } from "../../claim/claimSession";
import { diagnosisCode, mostDiagnosisCodes } from "../../claim/diagnosisCode";
import { modifier, mostModifiers } from "../../claim/modifier";
import { chargeAmount } from "../../claim/money";
import { procedureCode } from "../../claim/procedureCode";
import { Money } from "../scalars";
import { EachWrittenAs, WholeNumberFrom1To, WrittenAs } from "./writtenAs";

@InputType("ClaimLineInput", { description: "One billed line of a claim session." })
export class ClaimLineInput {
  @WholeNumberFrom1To(highestLineNumber)
  @Field(() => Int, {
    description: "1 to 999, different on each line. Lines are judged in the order of their numbers.",
  })
  lineNumber: number;

  @WrittenAs(procedureCode)
  @Field(() => String, { description: "Procedure code: 5 digits or capital letters." })
  procedureCode: string;

  @EachWrittenAs(modifier, mostModifiers)
  @Field(() => [String], {
    defaultValue: [],
    description: "At most 4 modifiers of 2 digits or capital letters.",
  })
  modifiers: string[];

  @WholeNumberFrom1To(mostUnits)
  @Field(() => Int, { description: "Units of service, 1 to 999." })
  units: number;

  @EachWrittenAs(diagnosisCode, mostDiagnosisCodes)
  @Field(() => [String], {
    defaultValue: [],
    description: "At most 12 diagnosis codes. No rule looks at them.",
  })
  diagnosisCodes: string[];

  @IsOptional()
  @WrittenAs(chargeAmount)
  @Field(() => Money, {
    nullable: true,
    description: "What is charged for the line. Nothing is decided by it.",
  })
  chargeAmount?: string | null;
}

/** The line that a well-formed input describes. */
export function claimLineOf(input: ClaimLineInput): ClaimLine {
  return {
    lineNumber: input.lineNumber,
    procedureCode: input.procedureCode,
    modifiers: input.modifiers,
    units: input.units,
    diagnosisCodes: input.diagnosisCodes,
    chargeAmount: input.chargeAmount ?? undefined,
  };
}
