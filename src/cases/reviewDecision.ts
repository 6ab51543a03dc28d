import { Ruling } from "../adjudication/decide";
import { ReviewedDecision } from "../adjudication/request";
import { decideAndStore } from "./decideAndStore";
import { Service } from "./service";

/** A review under the key of the client that sends it. */
export interface ReviewToRecord {
  readonly idempotencyKey: string;
  readonly review: ReviewedDecision;
}

/** Lets a reviewer's outcome supersede the decision reviewed. The reviewer is the person behind the token. */
export async function reviewDecision(
  { idempotencyKey, review }: ReviewToRecord,
  { clientId, subject }: { readonly clientId: string; readonly subject: string },
  service: Service,
): Promise<Ruling> {
  const request = { kind: "review" as const, clientId, idempotencyKey, reviewer: subject, review };
  const [ruling] = await decideAndStore([request], service);
  return ruling;
}
