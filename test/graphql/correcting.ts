import { Given } from "./claims";
import { Asking, ServedService } from "./servedOverHttp";
import { payload, Submitted, UserError } from "./submitting";

export const reviewDocument = `mutation ($input: ReviewDecisionInput!) {
  answer: reviewDecision(input: $input) ${payload}
}`;

const exception = `{
  id source key parameter value effectiveFrom effectiveTo citation citationUrl declaredAt declaredBy
  endings { effectiveTo citation citationUrl declaredAt declaredBy }
}`;
const declaration = `{ exception ${exception} userErrors { code message field decisionId } }`;
export const declareDocument = `mutation ($input: PolicyExceptionInput!) {
  answer: declarePolicyException(input: $input) ${declaration}
}`;
export const endDocument = `mutation ($input: EndPolicyExceptionInput!) {
  answer: endPolicyException(input: $input) ${declaration}
}`;
export const exceptionsDocument = `{ policyExceptions ${exception} }`;

export interface Declared {
  readonly exception: {
    readonly id: string;
    readonly effectiveTo: string | null;
    readonly endings: readonly object[];
  } | null;
  readonly userErrors: readonly UserError[];
}

/** A review that allows the one unit of line 1. */
export function review(memberId: string, decisionId: unknown, given: Given = {}): object {
  return {
    idempotencyKey: `review of ${decisionId}`.replaceAll(" ", "-"),
    memberId,
    decisionId,
    lines: [{ lineNumber: 1, unitsAllowed: 1 }],
    reason: "Appeal upheld",
    documentReference: "DOC-1",
    ...given,
  };
}

export async function sendReview(served: ServedService, input: object, asking?: Asking): Promise<Submitted> {
  return (await served.fields<{ answer: Submitted }>(reviewDocument, { input }, asking)).answer;
}

/** Sends a review that must be decided, and answers the id of its decision. */
export async function reviewed(
  served: ServedService,
  memberId: string,
  decisionId: unknown,
  given: Given = {},
): Promise<string> {
  const { decision, userErrors } = await sendReview(served, review(memberId, decisionId, given));
  if (!decision) throw new Error(`a review of this test was refused: ${JSON.stringify(userErrors)}`);
  return decision.id;
}

/** An exception that is in order: six sessions in Ohio. */
export function sixInOhio(given: Given = {}): object {
  return {
    source: "STATE",
    key: "OH",
    parameter: "sessionsPerRegion",
    value: '[{"months":12,"sessions":6}]',
    effectiveFrom: "2024-01-01",
    citation: "Notice 7, section 2",
    ...given,
  };
}

export async function declare(served: ServedService, input: object, asking?: Asking): Promise<Declared> {
  return (await served.fields<{ answer: Declared }>(declareDocument, { input }, asking)).answer;
}

export async function end(served: ServedService, input: object, asking?: Asking): Promise<Declared> {
  return (await served.fields<{ answer: Declared }>(endDocument, { input }, asking)).answer;
}

/** Declares an exception that must be entered, and answers its id. */
export async function declared(served: ServedService, given: Given = {}): Promise<string> {
  const { exception: entered, userErrors } = await declare(served, sixInOhio(given));
  if (!entered) throw new Error(`a declaration of this test was refused: ${JSON.stringify(userErrors)}`);
  return entered.id;
}
