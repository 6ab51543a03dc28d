/*
 * One document for each kind of step, so that a service which lacks a later mutation or field fails only
 * there.
 */

const USER_ERRORS = "userErrors { code message field decisionId }";

const LINES = `{
  lineNumber disposition unitsAllowed unitsDenied
  adjustments { group carc rarcs units ruleId }
  findings {
    ruleId outcome nextEligibleDate relatedDecisionIds
    window { opens ends months sessions }
    blockingSessions { region dateOfService }
  }
}`;

const PAYLOAD = `{
  replayed ${USER_ERRORS}
  decision {
    id kind disposition memberSequence reviewFlags
    lines ${LINES}
    policyVersion { id }
    interpretations { id }
    priorSessions { region dateOfService }
    supersedes { id }
    exceptionsConsidered { applied exception { source parameter value } }
  }
}`;

export const SUBMIT = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) ${PAYLOAD}
}`;

export const PREVIEW = `query Preview($session: ClaimSessionInput!) {
  previewClaimSession(session: $session) {
    disposition reviewFlags ${USER_ERRORS}
    lines ${LINES}
    policyVersion { id }
    priorSessions { region dateOfService }
  }
}`;

export const IMPORT = `mutation Import($inputs: [HistoricalSessionInput!]!) {
  importSessions(inputs: $inputs) ${PAYLOAD}
}`;

export const REVIEW = `mutation Review($input: ReviewDecisionInput!) {
  reviewDecision(input: $input) ${PAYLOAD}
}`;

export const EXCEPTION = `mutation Declare($input: PolicyExceptionInput!) {
  declarePolicyException(input: $input) { exception { id } ${USER_ERRORS} }
}`;

export const ALLOWANCE = `query Allowance(
  $memberId: ID!, $region: SpinalRegion!, $on: LocalDate!
  $stateOfService: String, $benefitPlanId: ID, $providerContractId: ID
) {
  member(id: $memberId) {
    historyOnFileSince
    allowance(
      region: $region, on: $on
      stateOfService: $stateOfService, benefitPlanId: $benefitPlanId, providerContractId: $providerContractId
    ) {
      nextEligibleDate
      policyVersion { id }
      limits { months sessions used left windowOpens counted { dateOfService } }
    }
  }
}`;

export const CANDIDATES = `query Candidates($memberId: ID!) {
  member(id: $memberId) {
    readjudicationCandidates {
      wouldBe direction
      decision { id }
      causedBy { id }
      wouldBeLines { lineNumber disposition unitsAllowed }
    }
  }
}`;
