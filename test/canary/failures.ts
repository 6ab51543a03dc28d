import { endDocument, declareDocument, review, reviewDocument } from "../graphql/correcting";
import { importDocument } from "../graphql/submitting";
import { canaries, clientsNames } from "./canaries";
import type { CanaryClient, Sending } from "./client";
import { claim, claimNumber, exception, imported, key, submission, submitDocument } from "./successes";

const { literal, member } = canaries;
const { alias, fragment, variable } = clientsNames;
const unknownId = "01890000-0000-7000-8000-000000000000";

/** Requests as they must be refused: by their code, so that a case that fails for another reason is seen. */
type Case = readonly [code: string, sending: Sending];

export const graphql = (query: string, variables?: object): Sending => ({ body: { query, variables } });
const submitting = (given: object) =>
  graphql(submitDocument, { [variable]: { idempotencyKey: key(20), session: claim(given) } });

/** What a submission, a correction or a declaration is refused for, one item at a time. */
function refusedItems(decisionId: string): readonly Case[] {
  const unknown = { originalClaimNumber: literal };
  const reviewing = {
    reason: canaries.reason,
    documentReference: canaries.document,
    idempotencyKey: key(21),
  };
  const reviewed = (given: object, id = decisionId) =>
    graphql(reviewDocument, { input: { ...review(member, id, reviewing), ...given } });
  const plan = exception("BENEFIT_PLAN", canaries.plan);
  const declared = (given: object) => graphql(declareDocument, { input: { ...plan, ...given } });
  const ending = { exceptionId: literal, effectiveTo: "2025-06-30", citation: canaries.citation };
  return [
    ["IDEMPOTENCY_KEY_REUSED", graphql(submitDocument, submission(1, { placeOfService: "22" }))],
    ["CLAIM_ALREADY_DECIDED", submitting({ claimNumber: claimNumber(1), dateOfService: "2025-02-03" })],
    ["INVALID_INPUT", submitting({ claimNumber: `${canaries.claim}\u0000`, stateOfService: literal })],
    ["INVALID_INPUT", submitting({ dateOfService: literal, billingProviderNpi: literal })],
    ["INVALID_INPUT", submitting({ lines: [{ lineNumber: 1, units: 1, procedureCode: literal }] })],
    ["ORIGINAL_NOT_FOUND", submitting({ frequency: "VOID", ...unknown, lines: [] })],
    ["ORIGINAL_NOT_FOUND", submitting({ frequency: "REPLACEMENT", ...unknown })],
    ["DECISION_NOT_FOUND", reviewed({}, unknownId)],
    ["DECISION_NOT_FOUND", reviewed({ decisionId: literal })],
    ["INVALID_INPUT", reviewed({ reason: `${canaries.reason}\u0007` })],
    ["EXCEPTION_OVERLAPS", declared({ effectiveFrom: "2025-02-01" })],
    ["INVALID_INPUT", declared({ parameter: literal })],
    ["INVALID_INPUT", declared({ value: `{"${literal}": 1}`, citation: `${canaries.citation}\n` })],
    ["INVALID_INPUT", graphql(endDocument, { input: ending })],
    [
      "INVALID_INPUT",
      graphql(importDocument, { inputs: [imported(22), { ...imported(23), memberId: "\t" }] }),
    ],
  ];
}

/** What is wrong with a document, its variables or its arguments. */
const refusedDocuments: readonly Case[] = [
  ["BAD_USER_INPUT", submitting({ [literal]: 1 })],
  ["BAD_USER_INPUT", graphql(submitDocument, { [variable]: literal })],
  ["BAD_USER_INPUT", graphql(submitDocument, { [member]: literal })],
  ["GRAPHQL_VALIDATION_FAILED", graphql(`{ member(id: "${member}") { nothing } }`)],
  [
    "GRAPHQL_VALIDATION_FAILED",
    graphql(`{ ${alias}: member(id: "${member}", ${fragment}: "${literal}") { id } }`),
  ],
  ["GRAPHQL_VALIDATION_FAILED", graphql(`{ member(id: "${member}") { ...${fragment} } }`)],
  ["GRAPHQL_VALIDATION_FAILED", graphql(`{ member(id: "${member}") @${fragment} { ${fragment} } }`)],
  ["GRAPHQL_VALIDATION_FAILED", graphql(`query ($${variable}: ${fragment}) { member(id: "1") { id } }`)],
  [
    "GRAPHQL_VALIDATION_FAILED",
    graphql(`{ member(id: "${member}") { decisions(first: "${literal}") { totalCount } } }`),
  ],
  ["BAD_USER_INPUT", graphql(`{ member(id: "${member}") { sessions(from: "${literal}") { region } } }`)],
  ["GRAPHQL_PARSE_FAILED", graphql(`{ member(id: "${member}`)],
  ["GRAPHQL_PARSE_FAILED", graphql(`{ member(id: "${member}") ${literal}! }`)],
  ["BAD_REQUEST", { body: { query: submitDocument, operationName: literal } }],
  ["BAD_USER_INPUT", graphql(`{ decisions(filter: { claimNumber: "${canaries.claim} " }) { totalCount } }`)],
  ["BAD_USER_INPUT", graphql(`{ decisions(after: "${literal}") { nodes { id } } }`)],
  ["BAD_USER_INPUT", graphql(`{ accessLog(memberId: "${member} ") { nodes { subject } } }`)],
];

/** What is wrong with a request itself, or with who sends it. */
const refusedRequests: readonly Case[] = [
  ["BAD_REQUEST", { body: `{"query": "${member}"` }],
  ["BAD_REQUEST", { body: `{"query": "{ x }", "variables": {"${member}": 1, "${member}": 2}}` }],
  ["BAD_REQUEST", { body: member, headers: { "content-type": `text/plain; x=${literal}` } }],
  ["BAD_REQUEST", { body: "x".repeat(2_000_000) + member }],
  ["BAD_REQUEST", { body: {}, path: `/${member}?${canaries.claim}` }],
  ["BAD_REQUEST", { method: "GET", path: `/graphql?query={member(id:"${member}"){id}}` }],
  ["BAD_REQUEST", { method: "GET", path: `/export?filter=${encodeURIComponent(canaries.reason)}` }],
  ["BAD_REQUEST", { body: {}, path: `/healthz?${member}` }],
  ["BAD_REQUEST", { body: {}, headers: { "x-purpose-of-use": `${canaries.purpose} of ${member}` } }],
  ["BAD_USER_INPUT", { path: "/export", body: { format: "csv", filter: { memberId: `${member} ` } } }],
  ["BAD_REQUEST", { path: "/export", body: { format: literal, [literal]: 1 } }],
  ["BAD_USER_INPUT", { path: "/access-log", body: { format: "csv", filter: { [literal]: literal } } }],
  ["UNAUTHENTICATED", { bearer: `${canaries.bearer}.${canaries.bearer}.${canaries.bearer}`, body: {} }],
  ["UNAUTHENTICATED", { headers: { authorization: `Basic ${btoa(`${member}:${literal}`)}` }, body: {} }],
];

/** A token that may do nothing of this: what it named is in the access log, and in no other. */
function refusedToOthers(bearer: string): readonly Case[] {
  return [
    ["FORBIDDEN", { ...graphql(`{ member(id: "${member}") { id } }`), bearer }],
    ["FORBIDDEN", { ...graphql(submitDocument, submission(24)), bearer }],
    ["FORBIDDEN", { path: "/export", body: { format: "csv", filter: { memberId: member } }, bearer }],
    ["FORBIDDEN", { path: "/access-log", body: { format: "csv", filter: { memberId: member } }, bearer }],
  ];
}

export async function failInEveryWay(
  client: CanaryClient,
  decisionId: string,
  tokenOfOthers: string,
): Promise<void> {
  const cases = [
    ...refusedItems(decisionId),
    ...refusedDocuments,
    ...refusedRequests,
    ...refusedToOthers(tokenOfOthers),
  ];
  const unlike: Case[] = [];
  for (const [code, sending] of cases) {
    const codes = await client.send(sending);
    if (!codes.includes(code)) unlike.push([codes.join(" "), sending]);
  }
  expect(unlike).toEqual([]);
  await client.raw(`${member} /${literal} HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n`);
  await client.raw(`POST /graphql HTTP/1.1\r\nhost: a\r\n${literal}\r\n\r\n`);
  await client.raw(`POST /${member} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nhost: ${literal}\r\n\r\n`);
}
