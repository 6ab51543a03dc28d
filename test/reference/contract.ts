/* What goes into the model and what comes out of it, in the field names of the public contract. */

export type ClaimType = "PROFESSIONAL" | "FACILITY";
export type ClaimFrequency = "ORIGINAL" | "REPLACEMENT" | "VOID";
export type LineOfBusiness = "MEDICARE" | "MEDICAID" | "MARKETPLACE";
export type SpinalRegion = "CERVICAL_THORACIC" | "LUMBAR_SACRAL";
export type Approach = "INTERLAMINAR" | "TRANSFORAMINAL";
export type DecisionKind = "ADJUDICATION" | "IMPORT" | "VOID" | "REVIEW";
export type DecisionDisposition = "APPROVED" | "PARTIAL" | "DENIED" | "PENDED" | "NOT_GOVERNED" | "VOIDED";
export type LineDisposition = "ALLOWED" | "REDUCED" | "DENIED" | "PENDED" | "NOT_GOVERNED";
export type RuleOutcome = "MET" | "NOT_MET" | "NOT_APPLICABLE" | "UNDETERMINED";
export type ReviewFlag =
  | "MIXED_APPROACH"
  | "MULTIPLE_PERFORMERS"
  | "AMBIGUOUS_BILATERAL_ADD_ON"
  | "DIAGNOSTIC_BLOCK";
export type ExceptionSource = "FEDERAL" | "STATE" | "BENEFIT_PLAN" | "PROVIDER_CONTRACT";
export type ReadjudicationDirection = "MORE_PAYABLE" | "LESS_PAYABLE" | "CHANGED";
export type UserErrorCode =
  | "INVALID_INPUT"
  | "FUTURE_DATE_OF_SERVICE"
  | "NO_POLICY_IN_FORCE"
  | "IDEMPOTENCY_KEY_REUSED"
  | "CLAIM_ALREADY_DECIDED"
  | "ORIGINAL_REQUIRED"
  | "ORIGINAL_NOT_ALLOWED"
  | "ORIGINAL_NOT_FOUND"
  | "ORIGINAL_NOT_EFFECTIVE"
  | "ORIGINAL_DENIED"
  | "DECISION_NOT_FOUND"
  | "DECISION_NOT_EFFECTIVE"
  | "EXCEPTION_OVERLAPS";

export interface ClaimLineInput {
  lineNumber: number;
  procedureCode: string;
  modifiers?: string[];
  units: number;
  diagnosisCodes?: string[];
  chargeAmount?: string | null;
}
export interface ClaimSessionInput {
  memberId: string;
  claimNumber: string;
  frequency?: ClaimFrequency;
  originalClaimNumber?: string | null;
  originalDateOfService?: string | null;
  claimType: ClaimType;
  lineOfBusiness: LineOfBusiness;
  dateOfService: string;
  stateOfService: string;
  placeOfService: string;
  billingProviderNpi: string;
  renderingProviderNpi?: string | null;
  benefitPlanId?: string | null;
  providerContractId?: string | null;
  lines: ClaimLineInput[];
}
export interface SubmitClaimSessionInput {
  idempotencyKey: string;
  session: ClaimSessionInput;
}
export interface HistoricalSessionInput {
  idempotencyKey: string;
  memberId: string;
  claimNumber: string;
  claimType: ClaimType;
  dateOfService: string;
  billingProviderNpi: string;
  renderingProviderNpi?: string | null;
  sourceSystem: string;
  lines: ClaimLineInput[];
}
export interface ReviewLineInput {
  lineNumber: number;
  unitsAllowed: number;
}
export interface ReviewDecisionInput {
  idempotencyKey: string;
  memberId: string;
  decisionId: string;
  lines: ReviewLineInput[];
  reason: string;
  documentReference: string;
}
export interface PolicyExceptionInput {
  source: ExceptionSource;
  key?: string | null;
  parameter: string;
  value: string;
  effectiveFrom: string;
  effectiveTo?: string | null;
  citation: string;
  citationUrl?: string | null;
}
export interface AllowanceArguments {
  region: SpinalRegion;
  on: string;
  stateOfService?: string | null;
  benefitPlanId?: string | null;
  providerContractId?: string | null;
}

export interface SessionLimit {
  months: number;
  sessions: number;
}
export interface PolicyParameters {
  sessionsPerRegion: SessionLimit[];
  regionsPerSession: number;
  transforaminalLevels: number;
  interlaminarLevels: number;
}
export interface PolicyVersionTerms {
  id: string;
  effectiveFrom: string;
  parameters: PolicyParameters;
}

export interface UserError {
  code: UserErrorCode;
  field: string[];
  decisionId: string | null;
}
export interface PriorSession {
  region: SpinalRegion;
  dateOfService: string;
  decisionIds: string[];
}
export interface FrequencyWindow {
  opens: string;
  ends: string;
  months: number;
  sessions: number;
}
export interface Adjustment {
  group: "CO" | "OA";
  carc: string;
  rarcs: string[];
  units: number;
  ruleId: string;
}
export interface Finding {
  ruleId: string;
  outcome: RuleOutcome;
  blockingSessions: PriorSession[];
  nextEligibleDate: string | null;
  window: FrequencyWindow | null;
  relatedDecisionIds: string[];
}
export interface LineDecision {
  lineNumber: number;
  procedureCode: string;
  modifiers: string[];
  units: number;
  region: SpinalRegion | null;
  approach: Approach | null;
  disposition: LineDisposition;
  unitsAllowed: number;
  unitsDenied: number;
  adjustments: Adjustment[];
  findings: Finding[];
}
export interface PolicyException {
  id: string;
  source: ExceptionSource;
  key: string | null;
  parameter: string;
  value: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  citation: string;
  citationUrl: string | null;
  declaredAt: string;
  declaredBy: string;
}
export interface ConsideredException {
  exception: PolicyException;
  applied: boolean;
}
export interface DecidedSession {
  claimType: ClaimType;
  lineOfBusiness: LineOfBusiness | null;
  frequency: ClaimFrequency;
  stateOfService: string | null;
  placeOfService: string | null;
  billingProviderNpi: string;
  renderingProviderNpi: string | null;
  benefitPlanId: string | null;
  providerContractId: string | null;
}
export interface Decision {
  id: string;
  kind: DecisionKind;
  disposition: DecisionDisposition;
  memberId: string;
  memberSequence: number;
  decidedAt: string;
  dateOfService: string;
  claimNumber: string;
  session: DecidedSession;
  lines: LineDecision[];
  reviewFlags: ReviewFlag[];
  policyVersion: { id: string } | null;
  exceptionsConsidered: ConsideredException[];
  interpretations: { id: string }[];
  priorSessions: PriorSession[];
  supersedes: { id: string } | null;
  review: { reviewer: string; reason: string; documentReference: string } | null;
}
/** Exactly one of decision and userErrors is filled. */
export interface SubmissionPayload {
  decision: Decision | null;
  userErrors: UserError[];
  replayed: boolean;
}
export interface DecisionPreview {
  disposition: DecisionDisposition | null;
  lines: LineDecision[];
  reviewFlags: ReviewFlag[];
  policyVersion: { id: string } | null;
  priorSessions: PriorSession[];
  userErrors: UserError[];
  exceptionsConsidered: ConsideredException[];
  interpretations: { id: string }[];
}
export interface ExceptionPayload {
  exception: PolicyException | null;
  userErrors: UserError[];
}
export interface AllowanceLimit {
  months: number;
  sessions: number;
  used: number;
  left: number;
  windowOpens: string;
  counted: PriorSession[];
}
export interface Allowance {
  region: SpinalRegion;
  on: string;
  limits: AllowanceLimit[];
  nextEligibleDate: string | null;
  policyVersion: { id: string };
}
export interface ReadjudicationCandidate {
  decision: Decision;
  wouldBe: DecisionDisposition;
  wouldBeLines: LineDecision[];
  direction: ReadjudicationDirection;
  causedBy: Decision;
}
