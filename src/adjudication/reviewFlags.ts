import { performerOf } from "../claim/claimSession";
import { ReviewFlag, reviewFlags } from "../member/decision";
import { BilledLine, Facts, LineOnFile, standing } from "../policy/rule";

/** What a person should look at, by name. Flags change nothing about the decision. */
export function reviewFlagsOf(facts: Facts): ReviewFlag[] {
  const raised: Record<ReviewFlag, boolean> = {
    AMBIGUOUS_BILATERAL_ADD_ON: billsAmbiguousAddOn(facts),
    DIAGNOSTIC_BLOCK: billsDiagnosticBlock(facts),
    MIXED_APPROACH: allowsMixedApproach(facts),
    MULTIPLE_PERFORMERS: allowsBesideAnotherPerformer(facts),
  };
  return reviewFlags.filter((flag) => raised[flag]);
}

/** Reading I-11: judged on what was billed, whatever became of it. */
function billsAmbiguousAddOn({ lines, billing, conventions }: Facts): boolean {
  return (
    billing.claimType === "PROFESSIONAL" &&
    lines.some(
      (addOn) =>
        addOn.side === "UNSPECIFIED" &&
        addOn.units >= conventions.ambiguousAddOnUnits &&
        lines.some((line) => line.procedureCode === addOn.procedure.addOnTo && line.side === "BILATERAL"),
    )
  );
}

/** Reading I-07: a diagnostic block counts like any other session. */
function billsDiagnosticBlock({ lines, conventions }: Facts): boolean {
  return lines.some(
    ({ procedure, modifiers }) =>
      procedure.approach === "TRANSFORAMINAL" && modifiers.includes(conventions.diagnosticBlockModifier),
  );
}

/** Reading I-12: both approaches in one region and day are allowed. */
function allowsMixedApproach(facts: Facts): boolean {
  const allowed = standing(facts.lines);
  const allowedThatDay: BilledLine[] = [...allowed, ...allowedOnFile(facts)];
  return allowed.some(({ procedure }) =>
    allowedThatDay.some(
      (other) =>
        other.procedure.region === procedure.region && other.procedure.approach !== procedure.approach,
    ),
  );
}

function allowsBesideAnotherPerformer(facts: Facts): boolean {
  const { billing } = facts;
  return standing(facts.lines).some(({ procedure }) =>
    allowedOnFile(facts).some(
      (other) =>
        other.procedure.region === procedure.region &&
        other.billing.claimType === billing.claimType &&
        performerOf(other.billing) !== performerOf(billing),
    ),
  );
}

function allowedOnFile({ onFile }: Facts): LineOnFile[] {
  return onFile.filter(({ unitsAllowed }) => unitsAllowed > 0);
}
