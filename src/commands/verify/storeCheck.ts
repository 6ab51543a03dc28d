import { createHash } from "node:crypto";
import { Receipt } from "../../ledger/receipt";
import { SealedPolicyVersion } from "../../policy/policyVersion";
import { Queryable } from "../../store/queryable";
import { readPlaces, readRepeatedIds, readStoredVersions } from "../../store/sealedEntries";
import { addFindings, Findings, LogFinding } from "./finding";
import { dueBefore } from "./overdue";

/** Ids are unique over all members, and over all kinds of entries. */
export async function checkIds(database: Queryable, findings: Findings): Promise<void> {
  const repeated = await readRepeatedIds(database);
  addFindings(
    findings,
    repeated.map(({ id, leafIndex, times }) => {
      return { kind: "DUPLICATE_ID", leafIndex, id, detail: `${times} entries have this id` };
    }),
  );
}

/** Stored policy versions are those that this program carries. */
export async function checkPolicyVersions(
  database: Queryable,
  shipped: readonly SealedPolicyVersion[],
  findings: Findings,
): Promise<void> {
  for (const { id, effectiveFrom, content, contentHash } of await readStoredVersions(database)) {
    const version = shipped.find((one) => one.id === id);
    const hash = createHash("sha256").update(content, "utf8").digest();
    const details = [
      ...(hash.equals(contentHash) ? [] : ["content_hash is not that of content"]),
      ...(version ? [] : ["this program does not carry the version"]),
      ...(!version || version.contentHash === hash.toString("hex") ? [] : ["content"]),
      ...(!version || version.effectiveFrom === effectiveFrom ? [] : ["effective_from"]),
    ];
    const found = (detail: string): LogFinding => {
      return { kind: "POLICY_HASH_MISMATCH", leafIndex: null, id: versionName(id), detail };
    };
    addFindings(findings, details.map(found));
  }
}

/** A row that was tampered with may hold anything in the place of a name. */
function versionName(id: string): string | null {
  return /^[a-z-]{1,40}@[0-9-]{10}$/.test(id) ? id : null;
}

/** A minute after it was decided, every decision with a receipt has the leaf in the log that was promised. */
export async function checkReceipts(
  database: Queryable,
  receipts: readonly Receipt[],
  asOf: Date,
  findings: Findings,
): Promise<void> {
  const places = await readPlaces(
    database,
    receipts.map(({ decisionId }) => decisionId),
  );
  for (const { decisionId: id, leafHash, decidedAt } of receipts) {
    const place = places.get(id);
    const isDue = Date.parse(decidedAt) < dueBefore(asOf).getTime();
    const detail = place ? "the log has another leaf of the decision" : "the log has no leaf of the decision";
    const isKept = place ? place.leafHash.equals(leafHash) : !isDue;
    const leafIndex = place?.leafIndex ?? null;
    if (!isKept) addFindings(findings, [{ kind: "RECEIPT_UNKEPT", leafIndex, id, detail }]);
  }
}
