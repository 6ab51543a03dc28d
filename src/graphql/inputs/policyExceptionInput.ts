import { IsOptional } from "class-validator";
import { Field, InputType } from "type-graphql";
import { Fault } from "../../claim/claimForm";
import { Format } from "../../claim/format";
import { shortText } from "../../claim/freeText";
import { identifier } from "../../claim/identifier";
import { stateOfService } from "../../claim/place";
import { parsePlainDate, plainDate } from "../../claim/plainDate";
import { ExceptionSource, ExceptionTerms } from "../../policy/exceptions";
import {
  parameterExpected,
  ParameterName,
  parameterNames,
  Parameters,
  parseParameter,
} from "../../policy/parameters";
import { ExceptionSourceEnum } from "../enums";
import { LocalDate } from "../scalars";
import { faultsOfMembers, Read, readUnless } from "./form";
import { WrittenAs, WrittenAsDate } from "./writtenAs";

const parameterName: Format = {
  expected: `one of ${parameterNames.join(", ")}`,
  accepts: (text) => parameterNamed(text) !== undefined,
};

/** A value becomes part of every decision that it is considered for. */
const longestValue = 4_000;

@InputType("PolicyExceptionInput", {
  description: "A law, plan or contract that sets one parameter of the policy otherwise.",
})
export class PolicyExceptionInput {
  @Field(() => ExceptionSourceEnum, { description: "Who sets the parameter." })
  source: ExceptionSource;

  @Field(() => String, {
    nullable: true,
    description: "State code, benefit plan id or provider contract id; left out for FEDERAL.",
  })
  key?: string | null;

  @WrittenAs(parameterName)
  @Field(() => String, { description: "One of the policy's parameter names, such as sessionsPerRegion." })
  parameter: string;

  @Field(() => String, {
    description:
      'JSON text of the new value, such as [{"months":12,"sessions":6}] or 3: up to 4,000 characters.',
  })
  value: string;

  @WrittenAsDate()
  @Field(() => LocalDate, { description: "The first date of service on which it holds." })
  effectiveFrom: string;

  @IsOptional()
  @WrittenAsDate()
  @Field(() => LocalDate, {
    nullable: true,
    description: "The last date of service on which it holds; left out while no end is known.",
  })
  effectiveTo?: string | null;

  @WrittenAs(shortText)
  @Field(() => String, { description: "Where it is written: up to 500 characters." })
  citation: string;

  @IsOptional()
  @WrittenAs(shortText)
  @Field(() => String, {
    nullable: true,
    description: "An address of what is cited: up to 500 characters.",
  })
  citationUrl?: string | null;
}

/** The terms that an input describes, or every fault of it. */
export function readPolicyException(input: PolicyExceptionInput): Read<ExceptionTerms> {
  const parameter = parameterNamed(input.parameter);
  const value = parameter && valueOf(parameter, input.value);
  const faults = [
    ...faultsOfMembers(input),
    ...faultsOfKey(input),
    ...(parameter && value === undefined ? [faultOfValue(parameter)] : []),
    ...faultsOfEnd(input),
  ];
  return readUnless(faults, () => {
    if (!parameter || value === undefined) throw new Error("an exception without a value has a fault");
    return termsOf(input, parameter, value);
  });
}

function parameterNamed(text: string): ParameterName | undefined {
  return parameterNames.find((name) => name === text);
}

function valueOf(parameter: ParameterName, json: string): Parameters[ParameterName] | undefined {
  return json.length > longestValue ? undefined : parseParameter(parameter, json);
}

function faultOfValue(parameter: ParameterName): Fault {
  const message = `value must be ${parameterExpected(parameter)}, in at most ${longestValue} characters`;
  return { field: ["value"], message };
}

const keyFormats: Readonly<Record<Exclude<ExceptionSource, "FEDERAL">, Format>> = {
  STATE: stateOfService,
  BENEFIT_PLAN: identifier,
  PROVIDER_CONTRACT: identifier,
};

function faultsOfKey({ source, key }: PolicyExceptionInput): Fault[] {
  const isGiven = key !== undefined && key !== null;
  if (source === "FEDERAL")
    return isGiven ? [{ field: ["key"], message: "key of source FEDERAL must be left out" }] : [];
  const { accepts, expected } = keyFormats[source];
  if (isGiven && accepts(key)) return [];
  return [{ field: ["key"], message: `key of source ${source} must be ${expected}` }];
}

function faultsOfEnd({ effectiveFrom, effectiveTo }: PolicyExceptionInput): Fault[] {
  const first = parsePlainDate(effectiveFrom);
  const last = effectiveTo ? parsePlainDate(effectiveTo) : undefined;
  if (!first || !last || last >= first) return [];
  return [{ field: ["effectiveTo"], message: "effectiveTo must not be before effectiveFrom" }];
}

function termsOf(
  { source, key, effectiveFrom, effectiveTo, citation, citationUrl }: PolicyExceptionInput,
  parameter: ParameterName,
  value: Parameters[ParameterName],
): ExceptionTerms {
  return {
    ...{ source, parameter, value, citation },
    key: key ?? undefined,
    effectiveFrom: plainDate(effectiveFrom),
    effectiveTo: effectiveTo ? plainDate(effectiveTo) : undefined,
    citationUrl: citationUrl ?? undefined,
  };
}
