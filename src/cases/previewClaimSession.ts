import { judgePreview } from "../adjudication/judge";
import { Judged } from "../adjudication/judged";
import { Refused } from "../adjudication/refusal";
import { ClaimSession } from "../claim/claimSession";
import { readStream } from "../store/decisions";
import { answering } from "./answering";
import { currentRegister, policyUnder } from "./exceptions";
import { Service } from "./service";

/**
 * What a claim session would be decided as now. Reads the member's stream and does nothing else to the store.
 */
export async function previewClaimSession(
  session: ClaimSession,
  service: Service,
): Promise<Judged | Refused> {
  const stream = await answering(readStream(service.database, session.memberId));
  const { register } = await currentRegister(service);
  const judged = judgePreview(session, stream, policyUnder(register, service.policyVersions));
  if ("refusals" in judged) service.observe({ what: "refused", code: judged.refusals[0].code });
  return judged;
}
