import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Ruling } from "../../adjudication/decide";
import { importSessions } from "../../cases/importSessions";
import { Service } from "../../cases/service";
import { submitClaimSessions } from "../../cases/submitClaimSession";
import { GraphqlContext } from "../context";
import { batchCost, mostInputs } from "../cost";
import { badInput, served } from "../failures";
import { Read } from "../inputs/form";
import { HistoricalSessionInput, readHistoricalSession } from "../inputs/historicalSessionInput";
import { readSubmission, SubmitClaimSessionInput } from "../inputs/submitClaimSessionInput";
import { Needs } from "../needs";
import { refusalsOf, showRefusals, showRuling, SubmissionType } from "../types/submission";

const eachAnswered = "At most 100; one result for each input, in the same order. Each stands and falls alone";

@Resolver()
export class SubmissionResolver {
  @Needs("claims:submit")
  @Mutation(() => SubmissionType, {
    description: "Decides a claim session and stores the decision for ever.",
  })
  async submitClaimSession(
    @Arg("input", () => SubmitClaimSessionInput, { description: "The claim session and its key." })
    input: SubmitClaimSessionInput,
    @Ctx() context: GraphqlContext,
  ): Promise<SubmissionType> {
    const [answer] = await this.submitClaimSessions([input], context);
    return answer;
  }

  @Needs("claims:submit")
  @Mutation(() => [SubmissionType], {
    complexity: batchCost,
    description: `Decides claim sessions. ${eachAnswered}; those of one member are taken in input order.`,
  })
  async submitClaimSessions(
    @Arg("inputs", () => [SubmitClaimSessionInput], { description: "At most 100 claim sessions." })
    inputs: SubmitClaimSessionInput[],
    @Ctx() { caller, service }: GraphqlContext,
  ): Promise<SubmissionType[]> {
    return answerEach(inputs, readSubmission, service, (submissions) =>
      submitClaimSessions(submissions, caller.clientId, service),
    );
  }

  @Needs("history:import")
  @Mutation(() => [SubmissionType], {
    complexity: batchCost,
    description: `Loads sessions adjudicated elsewhere as history. ${eachAnswered}; no rule is run.`,
  })
  async importSessions(
    @Arg("inputs", () => [HistoricalSessionInput], { description: "At most 100 sessions." })
    inputs: HistoricalSessionInput[],
    @Ctx() { caller, service }: GraphqlContext,
  ): Promise<SubmissionType[]> {
    return answerEach(inputs, readHistoricalSession, service, (sessions) =>
      importSessions(sessions, caller.clientId, service),
    );
  }
}

/** Inputs of a wrong form are refused on the spot; the others are decided together, in their order. */
async function answerEach<Input, Value>(
  inputs: readonly Input[],
  read: (input: Input) => Read<Value>,
  service: Service,
  decide: (values: readonly Value[]) => Promise<Ruling[]>,
): Promise<SubmissionType[]> {
  if (inputs.length > mostInputs) throw badInput(`inputs must be at most ${mostInputs}`);
  const inputsRead = inputs.map(read);
  const values = inputsRead.flatMap((one) => ("value" in one ? [one.value] : []));
  const answers = (await served(decide(values))).map(showRuling).values();
  return inputsRead.flatMap((one) =>
    "faults" in one ? showRefusals(refusalsOf(one.faults, service)) : (answers.next().value ?? []),
  );
}
