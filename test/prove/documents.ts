/* What the clients ask for. */

const session = "region dateOfService decisionIds";

const finding = `ruleId outcome nextEligibleDate relatedDecisionIds window { opens ends months sessions }
  blockingSessions { ${session} }`;

/** Everything of a decision that follows from the policy, and its leaf. */
const decision = `id kind disposition memberId memberSequence decidedAt dateOfService claimNumber
  session { claimType lineOfBusiness frequency stateOfService placeOfService billingProviderNpi
    renderingProviderNpi benefitPlanId providerContractId }
  lines { lineNumber procedureCode modifiers units region approach disposition unitsAllowed unitsDenied
    adjustments { group carc rarcs units ruleId } findings { ${finding} } }
  reviewFlags policyVersion { id } interpretations { id } priorSessions { ${session} } supersedes { id }
  review { reason documentReference }`;

const leaf = "audit { leaf leafHash }";

/** Every second request asks for the leaf too: to show it takes the row, which a decision may be answered without. */
const payload = `decision { ${decision} audit @include(if: $withLeaf) { leaf leafHash } } userErrors { code field decisionId message } replayed`;

export const submitOne = `mutation Submit($input: SubmitClaimSessionInput!, $withLeaf: Boolean!) {
  payload: submitClaimSession(input: $input) { ${payload} } }`;

export const submitMany = `mutation SubmitMany($inputs: [SubmitClaimSessionInput!]!, $withLeaf: Boolean!) {
  payload: submitClaimSessions(inputs: $inputs) { ${payload} } }`;

export const importMany = `mutation Import($inputs: [HistoricalSessionInput!]!, $withLeaf: Boolean!) {
  payload: importSessions(inputs: $inputs) { ${payload} } }`;

export const review = `mutation Review($input: ReviewDecisionInput!, $withLeaf: Boolean!) {
  payload: reviewDecision(input: $input) { ${payload} } }`;

export const readIds = `query Read($id: ID!, $asKnownAt: DateTime) {
  member(id: $id, asKnownAt: $asKnownAt) { decisions(first: 100) { nodes { id } pageInfo { hasNextPage } } } }`;

export const readDecisions = `query ReadBack($id: ID!, $after: String) {
  member(id: $id) { decisions(first: 20, after: $after) {
    nodes { ${decision} ${leaf} } pageInfo { hasNextPage endCursor } } } }`;

export const newestCheckpoint = "query Newest { auditCheckpoint { treeSize rootHash note } }";

/** What verifier/verify-proof.js takes as it is downloaded. */
export const proof = `query Proof($id: ID!) {
  auditProof(decisionId: $id) { leaf tlogProof opening { salt record } } }`;

export const completeness = `query Complete($id: ID!) {
  memberCompleteness(memberId: $id) { head checkpoint { note }
    proofs { leafIndex leaf path opening { salt record } } unsealed { leaf } } }`;

export const logKeys = "query Keys { auditKeys { use verifierKey } }";

export const entriesFrom = `query Entries($from: LogIndex!) {
  auditEntries(from: $from, first: 256) { leaf leafIndex } }`;
