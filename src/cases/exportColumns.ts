import { Finding, findingsOf } from "../adjudication/findings";
import { chargeDenied } from "../claim/money";
import { Adjustment, Decision, LineDecision } from "../member/decision";
import { PolicyVersion } from "../policy/policyVersion";
import { Cell } from "./csv";

/** What a row of the table tells: a line of a decision, or a decision that has none. */
export interface ExportRow {
  readonly decision: Decision;
  readonly line: LineDecision | undefined;
  /** The version whose rules were run. */
  readonly version: PolicyVersion | undefined;
  readonly isEffective: boolean;
  readonly leafIndex: string | null;
}

interface ToldRow extends ExportRow {
  /** What rules found against the line, with their words. */
  readonly against: readonly Finding[];
}

type Column = readonly [name: string, cell: (row: ToldRow) => Cell | undefined];

const decisionColumns: readonly Column[] = [
  ["decisionId", ({ decision }) => decision.id],
  ["leafIndex", ({ leafIndex }) => leafIndex],
  ["kind", ({ decision }) => decision.kind],
  ["disposition", ({ decision }) => decision.disposition],
  ["memberId", ({ decision }) => decision.memberId],
  ["memberSequence", ({ decision }) => decision.memberSequence],
  ["claimNumber", ({ decision }) => decision.session.claimNumber],
  ["frequency", ({ decision }) => decision.session.frequency],
  ["originalClaimNumber", ({ decision }) => decision.session.originalClaimNumber],
  ["claimType", ({ decision }) => decision.session.claimType],
  ["lineOfBusiness", ({ decision }) => decision.session.lineOfBusiness],
  ["stateOfService", ({ decision }) => decision.session.stateOfService],
  ["placeOfService", ({ decision }) => decision.session.placeOfService],
  ["billingProviderNpi", ({ decision }) => decision.session.billingProviderNpi],
  ["renderingProviderNpi", ({ decision }) => decision.session.renderingProviderNpi],
  ["benefitPlanId", ({ decision }) => decision.session.benefitPlanId],
  ["providerContractId", ({ decision }) => decision.session.providerContractId],
  ["sourceSystem", ({ decision }) => decision.session.sourceSystem],
  ["dateOfService", ({ decision }) => decision.session.dateOfService],
  ["decidedAt", ({ decision }) => decision.decidedAt],
  ["policyVersionId", ({ decision }) => decision.policyVersionId],
  ["engineVersion", ({ decision }) => decision.engineVersion],
  ["clientId", ({ decision }) => decision.clientId],
  ["supersedes", ({ decision }) => decision.supersedes?.id],
  ["isEffective", ({ isEffective }) => isEffective],
  ["reviewFlags", ({ decision }) => decision.reviewFlags.join(" ")],
  ["exceptionsApplied", ({ decision }) => exceptionsApplied(decision)],
  ["reviewer", ({ decision }) => decision.review?.reviewer],
  ["reviewReason", ({ decision }) => decision.review?.reason],
  ["documentReference", ({ decision }) => decision.review?.documentReference],
];

const lineColumns: readonly Column[] = [
  ["lineNumber", ({ line }) => line?.lineNumber],
  ["procedureCode", ({ line }) => line?.procedureCode],
  ["modifiers", ({ line }) => line?.modifiers.join(" ")],
  ["diagnosisCodes", ({ line }) => line?.diagnosisCodes.join(" ")],
  ["region", ({ line }) => line?.region],
  ["approach", ({ line }) => line?.approach],
  ["lineDisposition", ({ line }) => line?.disposition],
  ["units", ({ line }) => line?.units],
  ["unitsAllowed", ({ line }) => line?.unitsAllowed],
  ["unitsDenied", ({ line }) => line?.unitsDenied],
  ["chargeAmount", ({ line }) => line?.chargeAmount],
  ["chargeDenied", ({ line }) => line && chargeDenied(line)],
  ["failedRules", ({ line }) => failedRules(line)],
  ["reasons", ({ line }) => line?.adjustments.map(reasonText).join("; ")],
  ["explanation", ({ against }) => against.map(({ message }) => message).join(" ")],
  ["nextEligibleDate", ({ against }) => against.find((one) => one.nextEligibleDate)?.nextEligibleDate],
  ["policyReferences", ({ against }) => policyReferences(against)],
];

const columns = [...decisionColumns, ...lineColumns];

export const columnNames = columns.map(([name]) => name);

export function cellsOf(row: ExportRow): Cell[] {
  const told = { ...row, against: findingsAgainst(row) };
  return columns.map(([, cell]) => cell(told) ?? null);
}

/** Of a review the rules' words stay with the decision that was reviewed. */
function findingsAgainst({ decision, line, version }: ExportRow): Finding[] {
  if (!line?.findings || line.findings.adverse.length === 0 || !version) return [];
  return findingsOf(decision, line, version).filter(
    ({ outcome }) => outcome === "NOT_MET" || outcome === "UNDETERMINED",
  );
}

function failedRules(line: LineDecision | undefined): string | undefined {
  return line?.findings?.adverse.map(({ ruleId }) => ruleId).join(" ");
}

/** Such as `ESI-FREQUENCY CO-273 N640 N702 x1`: the rule, the codes, and the units that it took. */
function reasonText({ ruleId, group, carc, rarcs, units }: Adjustment): string {
  return [ruleId, `${group}-${carc}`, ...rarcs, `x${units}`].join(" ");
}

function policyReferences(against: readonly Finding[]): string {
  const references = against.flatMap(({ citations }) =>
    citations.map(({ documentId, section }) => `${documentId}: ${section}`),
  );
  return [...new Set(references)].join("; ");
}

function exceptionsApplied({ exceptionsConsidered }: Decision): string {
  return exceptionsConsidered.flatMap(({ applied, exceptionId }) => (applied ? exceptionId : [])).join(" ");
}
