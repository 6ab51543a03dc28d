import { history, line, session } from "../graphql/claims";
import { endDocument, declareDocument, review, reviewDocument } from "../graphql/correcting";
import { batchDocument, importDocument } from "../graphql/submitting";
import { canaries, clientsNames } from "./canaries";
import type { CanaryClient } from "./client";

/** A claim of the member; the NPI of its performer is a canary as well. */
export const claim = (given: object = {}): object =>
  session({
    memberId: canaries.member,
    claimNumber: canaries.claim,
    benefitPlanId: canaries.plan,
    providerContractId: canaries.contract,
    renderingProviderNpi: canaries.performer,
    lines: [line({ diagnosisCodes: [canaries.diagnosis] })],
    ...given,
  });

export const key = (place: number) => `${canaries.key}-${place}`;
export const claimNumber = (place: number) => `${canaries.claim}-${place}`;

const { alias, variable } = clientsNames;
const told = "{ replayed decision { id disposition explanation } userErrors { code message field } }";
/** Under names as a program might give them. */
export const submitDocument = `mutation ${canaries.operation}($${variable}: SubmitClaimSessionInput!) {
  ${alias}: submitClaimSession(input: $${variable}) ${told}
}`;
export const submission = (place: number, given: object = {}) => ({
  [variable]: { idempotencyKey: key(place), session: claim({ claimNumber: claimNumber(place), ...given }) },
});

/** Every mutation, so that it stores something; answers the id of a decision. */
export async function changeInEveryWay(client: CanaryClient): Promise<string> {
  const exceptionId = await declare(client, "BENEFIT_PLAN", canaries.plan);
  await declare(client, "PROVIDER_CONTRACT", canaries.contract);
  const first = await submit(client, 1, { dateOfService: "2025-02-03" });
  expect(await submit(client, 1, { dateOfService: "2025-02-03" })).toBe(first);
  const inputs = [2, 3].map(
    (place) => submission(place, { dateOfService: `2025-0${place + 1}-03` })[variable],
  );
  await client.well(batchDocument, { inputs });
  const original = { originalClaimNumber: claimNumber(2), originalDateOfService: "2025-03-03" };
  await submit(client, 4, { frequency: "REPLACEMENT", ...original, dateOfService: "2025-03-04" });
  const voided = { frequency: "VOID", originalClaimNumber: claimNumber(3), lines: [] };
  await submit(client, 5, { ...voided, dateOfService: "2025-04-03" });
  const reviewing = { reason: canaries.reason, documentReference: canaries.document };
  const input = review(canaries.member, first, { ...reviewing, idempotencyKey: key(6) });
  const { answer } = await client.well(reviewDocument, { input });
  await client.well(importDocument, { inputs: [imported(7)] });
  await submit(client, 8, { memberId: canaries.other, dateOfService: "2025-02-03" });
  const ending = { exceptionId, effectiveTo: "2025-06-30", citation: canaries.citation };
  await client.well(endDocument, { input: { ...ending, citationUrl: canaries.address } });
  return (answer as { decision: { id: string } }).decision.id;
}

async function submit(client: CanaryClient, place: number, given: object): Promise<string> {
  const fields = await client.well(submitDocument, submission(place, given));
  return (fields[alias] as { decision: { id: string } }).decision.id;
}

/** More sessions than the policy allows: a plan's own terms, of which the member's claims are then paid. */
export const exception = (source: string, exceptionKey: string): object => ({
  ...{ source, key: exceptionKey, parameter: "sessionsPerRegion", effectiveFrom: "2025-01-01" },
  value: '[{"months":12,"sessions":9}]',
  ...{ citation: canaries.citation, citationUrl: canaries.address },
});

async function declare(client: CanaryClient, source: string, exceptionKey: string): Promise<string> {
  const { answer } = await client.well(declareDocument, { input: exception(source, exceptionKey) });
  return (answer as { exception: { id: string } }).exception.id;
}

export const imported = (place: number): object =>
  history({
    memberId: canaries.member,
    claimNumber: claimNumber(place),
    idempotencyKey: key(place),
    sourceSystem: canaries.source,
    renderingProviderNpi: canaries.performer,
    dateOfService: "2024-12-03",
  });

const entry = "nodes { subject operation purpose outcome }";
const decided = "id claimNumber explanation session { renderingProviderNpi benefitPlanId }";

/** Every query that shows something of a member, and both files. */
export async function readInEveryWay(client: CanaryClient, decisionId: string): Promise<void> {
  const member = `member(id: "${canaries.member}")`;
  const keyed = `memberId: "${canaries.member}", idempotencyKey: "${key(1)}"`;
  for (const query of [
    `{ ${clientsNames.alias}: ${member} { id sessions { region } decisions { nodes { ${decided} } } } }`,
    `query ${canaries.operation} { decisions(filter: { memberId: "${canaries.member}" }) { totalCount } }`,
    `{ decisions(filter: { claimNumber: "${claimNumber(1)}" }) { nodes { ${decided} } } }`,
    `{ decision(id: "${decisionId}") { id review { reason documentReference } audit { opening { record } } } }`,
    `{ decisionByIdempotencyKey(${keyed}) { id } }`,
    `{ replayDecision(id: "${decisionId}") { identical } }`,
    `{ memberCompleteness(memberId: "${canaries.member}") { head } }`,
    `{ accessLog(memberId: "${canaries.member}") { ${entry} } }`,
    `{ policyExceptions { key citation citationUrl declaredBy endings { citation citationUrl } } }`,
    `{ member(id: "${canaries.other}") { id decisions { totalCount } } }`,
    "{ readjudicationCandidates { edges { node { decision { claimNumber } } } } }",
  ])
    await client.well(query);
  const previewing = "query ($session: ClaimSessionInput!) { previewClaimSession(session: $session) ";
  await client.well(`${previewing} { disposition } }`, { session: claim({ claimNumber: claimNumber(9) }) });
  for (const format of ["csv", "ndjson"]) {
    await client.file("/export", { format, filter: { memberId: canaries.member } });
    await client.file("/access-log", { format, filter: { memberId: canaries.member } });
  }
}
