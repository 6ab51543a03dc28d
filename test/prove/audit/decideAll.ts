import { setTimeout as delay } from "node:timers/promises";
import type { ClaimSessionInput } from "../../reference/contract";
import { post } from "../sending";

/** What was sent, and what the API answered to it. */
export interface Answered {
  readonly session: ClaimSessionInput;
  readonly decision: AnsweredDecision | null;
  readonly refusal: string | null;
}

export interface AnsweredDecision {
  readonly memberSequence: number;
  readonly disposition: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly disposition: string;
    readonly unitsAllowed: number;
  }[];
}

const batch = 100;
const connections = 4;
const mostTries = 50;

const submit = `mutation Audit($inputs: [SubmitClaimSessionInput!]!) {
  submitClaimSessions(inputs: $inputs) {
    decision { memberSequence disposition lines { lineNumber disposition unitsAllowed } }
    userErrors { code }
  }
}`;

/** Sends the sessions in batches over some connections; what is not answered is sent again. */
export async function decideAll(
  service: { readonly address: string; readonly token: string },
  sessions: readonly ClaimSessionInput[],
  onProgress: (answered: number) => void = () => {},
): Promise<Answered[]> {
  const answered: Answered[] = [];
  let next = 0;
  const sendOn = async (): Promise<void> => {
    while (next < sessions.length) {
      const some = sessions.slice(next, next + batch);
      next += batch;
      answered.push(...(await decide(service, some)));
      onProgress(answered.length);
    }
  };
  await Promise.all(Array.from({ length: connections }, sendOn));
  return answered;
}

async function decide(
  service: { readonly address: string; readonly token: string },
  sessions: readonly ClaimSessionInput[],
): Promise<Answered[]> {
  type Payload = { decision: AnsweredDecision | null; userErrors: { code: string }[] };
  const inputs = sessions.map((session) => ({ idempotencyKey: session.claimNumber, session }));
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const operation = { query: submit, variables: { inputs } };
    const { fields, refusal } = await post<{ submitClaimSessions: Payload[] }>(service, operation);
    if (fields)
      return fields.submitClaimSessions.map(({ decision, userErrors }, place) => {
        return { session: sessions[place], decision, refusal: userErrors[0]?.code ?? null };
      });
    if (refusal.includes('"retryable":false')) throw new Error(refusal);
    await delay(200);
  }
  throw new Error("a batch was not answered");
}
