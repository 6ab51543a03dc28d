import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { shortText } from "../../claim/freeText";
import { plainDate } from "../../claim/plainDate";
import { EndingTerms } from "../../policy/exceptionRegister";
import { LocalDate } from "../scalars";
import { faultsOfMembers, Read, readUnless } from "./form";
import { WrittenAs, WrittenAsDate } from "./writtenAs";

@InputType("EndPolicyExceptionInput", { description: "The end of a declared exception." })
export class EndPolicyExceptionInput {
  @Field(() => ID, { description: "The exception." })
  exceptionId: string;

  @WrittenAsDate()
  @Field(() => LocalDate, {
    description:
      "The last date of service on which it holds, never later than the end that it has already; before " +
      "its first where it was declared by mistake.",
  })
  effectiveTo: string;

  @WrittenAs(shortText)
  @Field(() => String, { description: "Where the end is written: up to 500 characters." })
  citation: string;

  @IsOptional()
  @WrittenAs(shortText)
  @Field(() => String, {
    nullable: true,
    description: "An address of what is cited: up to 500 characters.",
  })
  citationUrl?: string | null;
}

/** The ending that an input describes, or every fault of it. */
export function readEnding(input: EndPolicyExceptionInput): Read<EndingTerms> {
  const { exceptionId, effectiveTo, citation, citationUrl } = input;
  return readUnless(faultsOfMembers(input), () => ({
    ...{ exceptionId, citation },
    effectiveTo: plainDate(effectiveTo),
    citationUrl: citationUrl ?? undefined,
  }));
}
