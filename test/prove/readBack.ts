import { Client } from "pg";
import * as documents from "./documents";
import type { Row, SeenCheckpoint, SeenDecision, ShownProof } from "./history";
import { post } from "./sending";

/* All that is on file in the end, by way of the API and, to compare with it, by way of the database. */

export interface Auditor {
  readonly address: string;
  readonly token: string;
}

const mostTries = 100;

/** The service refuses for good to show what it should. */
export class Unreadable extends Error {}

async function ask<Fields>(auditor: Auditor, query: string, variables: object = {}): Promise<Fields> {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const { fields, result, refusal } = await post<Fields>(auditor, { query, variables });
    if (fields) return fields;
    if (result === "failed") throw new Unreadable(refusal);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("reading back was not answered");
}

export async function decisionsOf(auditor: Auditor, memberId: string): Promise<SeenDecision[]> {
  type Page = { nodes: SeenDecision[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  const decisions: SeenDecision[] = [];
  for (let after: string | null = null, hasMore = true; hasMore; ) {
    const variables = { id: memberId, after };
    const fields: { member: { decisions: Page } } = await ask(auditor, documents.readDecisions, variables);
    const { nodes, pageInfo } = fields.member.decisions;
    decisions.push(...nodes);
    after = pageInfo.endCursor;
    hasMore = pageInfo.hasNextPage;
  }
  return decisions.sort((one, other) => one.memberSequence - other.memberSequence);
}

export async function newestCheckpoint(auditor: Auditor): Promise<SeenCheckpoint | null> {
  type Newest = { auditCheckpoint: SeenCheckpoint | null };
  return (await ask<Newest>(auditor, documents.newestCheckpoint)).auditCheckpoint;
}

/** Every leaf of the log, in its order. */
export async function leavesOf(auditor: Auditor): Promise<string[]> {
  const leaves: string[] = [];
  for (;;) {
    const from = String(leaves.length);
    const { auditEntries } = await ask<{ auditEntries: { leaf: string }[] }>(auditor, documents.entriesFrom, {
      from,
    });
    if (auditEntries.length === 0) return leaves;
    leaves.push(...auditEntries.map(({ leaf }) => leaf));
  }
}

export async function proofOf(auditor: Auditor, of: ShownProof["of"], id: string): Promise<ShownProof> {
  const document = of === "decision" ? documents.proof : documents.completeness;
  return { of, id, reply: { data: await ask<object>(auditor, document, { id }) } };
}

export async function logKeysOf(auditor: Auditor): Promise<string[]> {
  type Keys = { auditKeys: { use: string; verifierKey: string }[] };
  const { auditKeys } = await ask<Keys>(auditor, documents.logKeys);
  return auditKeys.filter(({ use }) => use === "checkpoint").map(({ verifierKey }) => verifierKey);
}

export async function rowsOf(databaseUrl: string): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(
      `select id, member_id as "memberId", member_sequence as "memberSequence", client_id as client,
         idempotency_key as "idempotencyKey", claim_number as "claimNumber",
         to_char(date_of_service, 'YYYY-MM-DD') as "dateOfService", kind,
         encode(leaf_hash, 'base64') as "leafHash"
       from decision order by member_id, member_sequence, id`,
    );
    return rows;
  } finally {
    await client.end();
  }
}
