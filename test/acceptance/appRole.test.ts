import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { exporting } from "../../src/cases/exportDecisions";
import { buildSchema } from "../../src/graphql/schema";
import { startSealer } from "../../src/sealer/sealer";
import { withConnection } from "../../src/store/connection";
import { serviceOn } from "../cases/testService";
import { fillStore, members } from "../commands/filledStore";
import { session } from "../graphql/claims";
import { decided } from "../graphql/submitting";
import { ServedService, serveOverHttp, tokenOf } from "../graphql/servedOverHttp";
import { keysForTests, untilSealed } from "../sealer/sealedLog";
import { GrantedRoles, grantedRoles } from "../store/grantedRoles";
import { graphqlSubject } from "./graphqlSubject";
import type { SubjectFactory } from "./subject";
import { loadVectorFiles, Vector } from "./vectorFile";
import { declareVectorTests } from "./vectorTests";

/* The whole API, served by a process whose role in the database has the rights of the service and no more. */

let roles: GrantedRoles;
let served: ServedService;
let folder: string;

beforeAll(async () => {
  roles = await grantedRoles();
  served = await serveOverHttp(await serviceOn(roles.url(roles.app)));
  folder = mkdtempSync(join(tmpdir(), "esi-app-role-"));
}, 30_000);
afterAll(async () => {
  await served.stop();
  rmSync(folder, { recursive: true });
  await roles.drop();
});

const asApp: SubjectFactory = {
  abilities: new Set(),
  start: async () => graphqlSubject({ url: served.url, token: tokenOf() }),
};

/** Exceptions would hold for the other vectors too; a clock of a test is the superuser's. */
const isForAll = ({ needs, steps }: Vector): boolean =>
  needs.length === 0 && steps.every(({ kind }) => kind !== "exception");

describe("as the role of the service", () => {
  const files = loadVectorFiles().filter(({ name }) => /corrections|add-ons|refusals/.test(name));
  declareVectorTests({
    files: files.map((file) => ({ ...file, vectors: file.vectors.filter(isForAll) })),
    factory: asApp,
  });

  test("every kind of decision and an exception are stored, sealed, signed, found and exported", async () => {
    const { decisions } = await fillStore(served.service);
    await sealEverything();
    await decided(served, "M1", { claimNumber: "A1" });
    const [{ id }] = decisions[0];
    const size = await newestSize();
    for (const [name, query] of Object.entries(queries)) {
      const variables = { id, size, memberId: members[1], session: session({ memberId: "M2" }) };
      const { data, errors } = await served.ask<Record<string, unknown>>(query, variables);
      expect([name, errors, data?.[name]]).toEqual([name, undefined, expect.anything()]);
    }
    expect(Object.keys(queries).sort()).toEqual(Object.keys(queryFields ?? {}).sort());
    const parts = exporting(served.service).exportDecisions({ format: "ndjson", filter: {} });
    let exported = 0;
    for await (const part of parts) exported += part.counts.decisions ?? 0;
    expect(exported).toBeGreaterThan(15);
  }, 60_000);
});

const queryFields = buildSchema().getQueryType()?.getFields();
const decisionParts = "id supersededBy { id } isEffective audit { leafIndex receipt opening { record } }";

/** One of every field that can be asked for. */
const queries: Readonly<Record<string, string>> = {
  accessLog: "query ($memberId: ID!) { accessLog(memberId: $memberId) { nodes { operation } } }",
  auditCheckpoint: "{ auditCheckpoint { note } }",
  auditConsistency:
    "query ($size: LogIndex!) { auditConsistency(first: $size, second: $size) { first { note } path } }",
  auditEntries: '{ auditEntries(from: "0") { leaf } }',
  auditKeys: "{ auditKeys { verifierKey } }",
  auditProof: "query ($id: ID!) { auditProof(decisionId: $id) { tlogProof } }",
  decision: `query ($id: ID!) { decision(id: $id) { ${decisionParts} } }`,
  decisionByIdempotencyKey:
    '{ decisionByIdempotencyKey(memberId: "M1", idempotencyKey: "key-of-A1") { id } }',
  decisions: `{ decisions(first: 5) { nodes { ${decisionParts} } totalCount } }`,
  member: `query ($memberId: ID!) { member(id: $memberId) {
    decisions { nodes { id } } readjudicationCandidates { decision { id } }
    allowance(region: LUMBAR_SACRAL, on: "2025-05-12") { limits { left } } } }`,
  memberCompleteness:
    "query ($memberId: ID!) { memberCompleteness(memberId: $memberId) { head proofs { leafIndex } } }",
  policyExceptions: "{ policyExceptions { id } }",
  policyInForce: '{ policyInForce(on: "2025-05-12") { id } }',
  policyVersions: "{ policyVersions { id } }",
  previewClaimSession:
    "query ($session: ClaimSessionInput!) { previewClaimSession(session: $session) { disposition } }",
  readjudicationCandidates: "{ readjudicationCandidates { edges { node { decision { id } } } } }",
  replayDecision: "query ($id: ID!) { replayDecision(id: $id) { identical } }",
};

async function newestSize(): Promise<string> {
  const newest = await served.fields<{ auditCheckpoint: { treeSize: string } }>(
    "{ auditCheckpoint { treeSize } }",
  );
  return newest.auditCheckpoint.treeSize;
}

async function sealEverything(): Promise<void> {
  const { database } = served.service;
  const log = pino({ level: "silent" });
  const sealer = await startSealer({ database, keys: keysForTests, checkpointFolder: folder, log });
  try {
    await withConnection(roles.url(), untilSealed);
  } finally {
    await sealer.stop();
  }
}
