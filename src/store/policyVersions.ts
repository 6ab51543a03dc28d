import { PoolClient } from "pg";
import { Column, DataSource, Entity, PrimaryColumn } from "typeorm";
import { PlainDate } from "../claim/plainDate";
import { SealedPolicyVersion } from "../policy/policyVersion";

/** A policy version as it was when a decision first named it. */
@Entity("policy_version")
export class PolicyVersionRow {
  @PrimaryColumn("text")
  id: string;

  @Column("date", { name: "effective_from" })
  effectiveFrom: PlainDate;

  @Column("text")
  content: string;

  @Column("bytea", { name: "content_hash" })
  contentHash: Buffer;

  @Column({ type: "timestamptz", name: "first_used_at", insert: false })
  firstUsedAt: string;
}

/** Stores a version unless it is stored already; throws where the stored one says something else. */
export async function storePolicyVersion(client: PoolClient, version: SealedPolicyVersion): Promise<void> {
  await client.query(
    `insert into policy_version (id, effective_from, content, content_hash)
     values ($1, $2, $3, $4)
     on conflict (id) do nothing`,
    [version.id, version.effectiveFrom, version.content, Buffer.from(version.contentHash, "hex")],
  );
  const stored = await client.query<{ content_hash: Buffer }>(
    "select content_hash from policy_version where id = $1",
    [version.id],
  );
  refuseDifference({ id: version.id, contentHash: stored.rows[0].content_hash }, [version]);
}

/**
 * Throws where a stored version differs from the one that this program carries, or is not carried by it at
 * all.
 */
export async function refuseChangedPolicy(
  dataSource: DataSource,
  versions: readonly SealedPolicyVersion[],
): Promise<void> {
  for (const stored of await dataSource.getRepository(PolicyVersionRow).find())
    refuseDifference(stored, versions);
}

function refuseDifference(
  stored: Pick<PolicyVersionRow, "id" | "contentHash">,
  versions: readonly SealedPolicyVersion[],
): void {
  const version = versions.find(({ id }) => id === stored.id);
  const storedHash = stored.contentHash.toString("hex");
  if (version?.contentHash === storedHash) return;
  const here = version
    ? `has SHA-256 ${version.contentHash} in this program`
    : "is not known to this program";
  throw new Error(
    `policy version ${stored.id} is stored with SHA-256 ${storedHash}, and ${here}: decisions rest on the ` +
      "stored text, so a changed policy needs a new version",
  );
}
