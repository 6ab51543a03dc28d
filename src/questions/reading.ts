import { versionOfAdjudication } from "../adjudication/concern";
import { interpretationsReliedOn } from "../adjudication/findings";
import { isAdjudication } from "../adjudication/readjudication";
import { effectiveDecisions } from "../member/stream";
import { isAskedAbout, question } from "./question";

export const reading = question({
  name: "reading",
  sentence: "Which decisions rest on a reading that was chosen where the policy is silent?",
  needsReading: true,
  columns: [
    ...(["memberId", "decisionId", "disposition", "claimNumber", "dateOfService", "decidedAt"] as const),
    ...(["isEffective", "reading", "policyVersionId", "engineVersion"] as const),
  ],
  rows: (asked) => {
    const effective = new Set(effectiveDecisions(asked.stream));
    return asked.stream
      .filter((decision) => isAdjudication(decision) && isAskedAbout(decision.session.dateOfService, asked))
      .flatMap((decision) => {
        const version = versionOfAdjudication(decision, asked.versions);
        const id = interpretationsReliedOn(decision, version).find((reliedOn) => reliedOn === asked.reading);
        if (!id) return [];
        return {
          memberId: decision.memberId,
          decisionId: decision.id,
          disposition: decision.disposition,
          claimNumber: decision.session.claimNumber,
          dateOfService: decision.session.dateOfService,
          decidedAt: decision.decidedAt,
          isEffective: effective.has(decision),
          reading: id,
          policyVersionId: version.id,
          engineVersion: decision.engineVersion,
        };
      });
  },
});
