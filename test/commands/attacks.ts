import { requestHash, requestOf } from "../../src/adjudication/request";
import { leafHashOf, sealDecision } from "../../src/ledger/leaf";
import { purgeLeaf } from "../../src/ledger/purgeLeaf";
import { grow, Tiles } from "../../src/ledger/tiles";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { Connection, withConnection } from "../../src/store/connection";
import { rowOf } from "../../src/store/decisionRow";
import { noteOf, storeTiles } from "./sealedStore";

const tables = [
  ...["decision", "policy_version", "policy_exception", "purge", "purged_decision", "audit_leaf"],
  ...["audit_tile", "audit_head", "audit_checkpoint", "audit_cluster"],
];

/** Lets a superuser do something to a database, with all triggers off. */
export async function attack(url: string, act: (database: Connection) => Promise<unknown>): Promise<void> {
  await withConnection(url, async (database) => {
    for (const table of tables) await database.query(`alter table ${table} disable trigger all`);
    await act(database);
  });
}

/** Rewrites a decision as another claim: record, columns and leaf; and what comes before it where it is told. */
export async function rewrite(
  database: Connection,
  { id }: Decision,
  change: (decision: Decision) => Decision = (decision) => decision,
  previousLeafHash?: Buffer,
): Promise<Buffer> {
  const [row] = await database.query<{ record: string; salt: Buffer; leaf: Buffer }[]>(
    "select record, salt, leaf from decision where id = $1",
    [id],
  );
  const { prev, policyHash }: { prev: string | null; policyHash: string } = JSON.parse(row.leaf.toString());
  const decision = change(JSON.parse(row.record));
  const before = previousLeafHash ?? (prev === null ? null : Buffer.from(prev, "hex"));
  const sealed = sealDecision(decision, row.salt, { previousLeafHash: before, policyHash });
  const columns = rowOf(decision, sealed, requestHash(requestOf(decision)));
  await database.query(
    `update decision set record = $2, leaf = $3, claim_number = $4, request_hash = $5 where id = $1`,
    [id, sealed.record, sealed.leaf, columns.claimNumber, columns.requestHash],
  );
  return leafHashOf(sealed.leaf);
}

export const asOtherClaim = (decision: Decision): Decision => ({
  ...decision,
  session: { ...decision.session, claimNumber: "OTHER" },
});

/** The hash of a decision's leaf in the log follows its row. */
export async function changeLeafHash(database: Connection, { id }: Decision): Promise<void> {
  await database.query(
    `update audit_leaf l set leaf_hash = d.leaf_hash from decision d where d.id = l.entry_id and d.id = $1`,
    [id],
  );
}

/** Makes tiles and heads follow from the leaves. */
export async function rebuildTree(database: Connection): Promise<void> {
  await database.query("delete from audit_tile");
  const leaves = await database.query<{ leaf_hash: Buffer }[]>(
    "select leaf_hash from audit_leaf order by leaf_index",
  );
  const heads = await database.query<{ tree_size: string }[]>(
    "select tree_size from audit_head order by tree_size",
  );
  let [size, edge]: [bigint, Tiles] = [0n, new Map()];
  for (const head of heads.map(({ tree_size: treeSize }) => BigInt(treeSize))) {
    const added = leaves.slice(Number(size), Number(head)).map(({ leaf_hash: leafHash }) => leafHash);
    const grown = grow(size, edge, added);
    await storeTiles(database, grown.filled);
    await database.query("update audit_head set root = $2 where tree_size = $1", [head, grown.rootHash]);
    [size, edge] = [grown.treeSize, grown.edge];
  }
}

/** Signs every head anew with the stolen key. */
export async function signAnew(database: Connection): Promise<void> {
  const heads = await database.query<{ tree_size: string; root: Buffer }[]>(
    "select h.tree_size, h.root from audit_head h join audit_checkpoint c using (tree_size)",
  );
  for (const { tree_size: treeSize, root: rootHash } of heads)
    await database.query("update audit_checkpoint set note = $2 where tree_size = $1", [
      ...[treeSize, noteOf({ treeSize: BigInt(treeSize), rootHash })],
    ]);
}

/** Stores a decision that was never made, as a first one of a member, decided at any time. */
export async function forge(
  database: Connection,
  model: Decision,
  about: Pick<Decision, "id" | "memberId" | "decidedAt">,
): Promise<Decision> {
  const decision = { ...model, memberSequence: 1, ...about };
  const links = { previousLeafHash: null, policyHash: molinaEsiVersions[0].contentHash };
  const sealed = sealDecision(decision, Buffer.alloc(16, 7), links);
  const row = rowOf(decision, sealed, requestHash(requestOf(decision)));
  await database.query(
    `insert into decision (member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
       decided_at, client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions,
       procedure_codes, failed_rules, provider_npis, record, salt, leaf)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      ...[row.memberId, row.memberSequence, row.id, row.kind, row.disposition, row.claimNumber],
      ...[row.dateOfService, row.decidedAt, row.clientId, row.idempotencyKey, row.requestHash],
      ...[row.supersedes, row.policyVersionId, row.regions, row.procedureCodes, row.failedRules],
      ...[row.providerNpis, row.record, row.salt, row.leaf],
    ],
  );
  return decision;
}

/** Purges decisions whatever their age, with everything that a purge leaves; now, or as of another time. */
export async function purgeByHand(
  database: Connection,
  decisions: readonly Decision[],
  otherTime?: string,
): Promise<void> {
  const [{ now }] = await database.query<{ now: string }[]>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  );
  const purgedAt = otherTime ?? now;
  const ids = decisions.map((decision) => decision.id);
  const id = "01900000-0000-7000-8000-00000000bbbb";
  const leaf = purgeLeaf({ sequence: 2, id, purgedAt, basis: "x", decisionIds: ids });
  await database.query(
    "insert into purge (sequence, id, purged_at, basis, leaf) values (2, $1, $2, 'x', $3)",
    [id, purgedAt, leaf],
  );
  await database.query(
    `insert into purged_decision (entry_id, purge_sequence, leaf)
     select id, 2, leaf from decision where id = any ($1)`,
    [ids],
  );
  await database.query("delete from decision where id = any ($1)", [ids]);
}
