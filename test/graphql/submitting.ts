import { Given, submission } from "./claims";
import { ServedService } from "./servedOverHttp";

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[];
  readonly decisionId: string | null;
}

export interface Submitted {
  readonly decision: { id: string; kind: string; disposition: string; memberSequence: number } | null;
  readonly userErrors: readonly UserError[];
  readonly replayed: boolean;
}

export const payload = `{
  replayed decision { id kind disposition memberSequence } userErrors { code message field decisionId }
}`;
export const submitDocument = `mutation ($input: SubmitClaimSessionInput!) {
  answer: submitClaimSession(input: $input) ${payload}
}`;
export const batchDocument = `mutation ($inputs: [SubmitClaimSessionInput!]!) {
  answers: submitClaimSessions(inputs: $inputs) ${payload}
}`;
export const importDocument = `mutation ($inputs: [HistoricalSessionInput!]!) {
  answers: importSessions(inputs: $inputs) ${payload}
}`;

export async function submit(served: ServedService, input: object): Promise<Submitted> {
  return (await served.fields<{ answer: Submitted }>(submitDocument, { input })).answer;
}

export async function answersTo(
  served: ServedService,
  document: string,
  inputs: readonly object[],
): Promise<Submitted[]> {
  return (await served.fields<{ answers: Submitted[] }>(document, { inputs })).answers;
}

/** The faults of a submission of this claim, as paths. */
export async function faultsOf(served: ServedService, given: Given): Promise<string[]> {
  return pathsOf((await submit(served, submission(given))).userErrors);
}

/** All faults of form, as paths; any other refusal fails the test. */
export function pathsOf(userErrors: readonly UserError[]): string[] {
  expect(userErrors.filter(({ code }) => code !== "INVALID_INPUT")).toEqual([]);
  return userErrors.map(({ field }) => field.join(".")).sort();
}

/** Answers in a few words: the disposition and place of a decision, or the codes of the refusals. */
export function outcomes(answers: readonly Submitted[]): string[] {
  return answers.map(({ decision, userErrors, replayed }) =>
    decision
      ? `${replayed ? "replayed " : ""}${decision.disposition} ${decision.memberSequence}`
      : userErrors.map(({ code }) => code).join(),
  );
}

export async function storedDecisions(served: ServedService): Promise<number> {
  const counted = await served.service.database.query<{ count: string }[]>("select count(*) from decision");
  return Number(counted[0].count);
}

/** Submits claims of a member in one batch, and answers the ids of their decisions. */
export async function submitAll(
  served: ServedService,
  memberId: string,
  claims: readonly Given[],
): Promise<string[]> {
  const inputs = claims.map((claim, place) =>
    submission({ memberId, claimNumber: `C${place}`, ...claim }, `k${place}`),
  );
  const answers = await answersTo(served, batchDocument, inputs);
  return answers.map(({ decision, userErrors }) => {
    if (!decision) throw new Error(`a claim of this test was refused: ${JSON.stringify(userErrors)}`);
    return decision.id;
  });
}

/** Submits a claim that must be decided, under a key of its own, and answers the id of its decision. */
export async function decided(served: ServedService, memberId: string, given: Given): Promise<string> {
  const { decision, userErrors } = await submit(
    served,
    submission({ memberId, ...given }, `key-of-${given.claimNumber}`),
  );
  if (!decision) throw new Error(`a claim of this test was refused: ${JSON.stringify(userErrors)}`);
  return decision.id;
}
