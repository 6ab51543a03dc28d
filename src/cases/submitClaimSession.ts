import { Ruling } from "../adjudication/decide";
import { ClaimSession } from "../claim/claimSession";
import { decideAndStore } from "./decideAndStore";
import { Service } from "./service";

/** A well-formed claim session under the key of the client that submits it. */
export interface ClaimSubmission {
  readonly idempotencyKey: string;
  readonly session: ClaimSession;
}

/** One ruling for each submission, in the same order; those of one member are decided in that order. */
export async function submitClaimSessions(
  submissions: readonly ClaimSubmission[],
  clientId: string,
  service: Service,
): Promise<Ruling[]> {
  const requests = submissions.map((submission) => ({ ...submission, kind: "claim" as const, clientId }));
  return decideAndStore(requests, service);
}
