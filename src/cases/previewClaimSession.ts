import { Judged, judgePreview } from "../adjudication/judge";
import { Refusal } from "../adjudication/refusal";
import { ClaimSession } from "../claim/claimSession";
import { readStream } from "../store/decisions";
import { answering } from "./reading";
import { policyOf, Service } from "./service";

/**
 * What a claim session would be decided as now. Reads the member's stream and does nothing else to the store.
 */
export async function previewClaimSession(
  session: ClaimSession,
  service: Service,
): Promise<Judged | Refusal> {
  const stream = await answering(readStream(service.database, session.memberId));
  return judgePreview(session, stream, policyOf(service));
}
