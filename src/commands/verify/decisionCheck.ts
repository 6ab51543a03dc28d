import { hash } from "node:crypto";
import { contentOf, requestOf } from "../../adjudication/request";
import { leafOf } from "../../ledger/leaf";
import { Decision } from "../../member/decision";
import { SealedPolicyVersion } from "../../policy/policyVersion";
import { differingColumns } from "../../store/comparedColumns";
import { rowOf } from "../../store/decisionRow";
import { SealedRow } from "../../store/sealedStreams";
import { isCanonical } from "./canonicalForm";
import { FindingKind } from "./finding";
import { differingNames, LeafWords, readLeaf } from "./leafCheck";
import { orderedText } from "./orderedText";

/** Something wrong with an entry. */
export interface Fault {
  readonly kind: FindingKind;
  readonly detail: string;
}

/** What a decision is compared with beside its own row. */
export interface Premises {
  /** Of the leaf's own bytes. */
  readonly leafHash: Buffer;
  /** Of the row before it in the stream; null where there is none. */
  readonly previousLeafHash: Buffer | null;
  /** Those that this program carries. */
  readonly versions: readonly SealedPolicyVersion[];
}

/** Compares record, columns, leaf and hashes of one row. The decision is what its record says. */
export function contentFaults(row: SealedRow, decision: Decision | undefined, premises: Premises): Fault[] {
  const body = hash("sha256", Buffer.concat([row.salt, Buffer.from(row.record, "utf8")]));
  const recordIs = decision ? recordFaults(row, decision) : [notCanonical("record: no JSON object")];
  return [...recordIs, ...leafFaults(row, decision, body, premises), ...hashFaults(row, premises.leafHash)];
}

function recordFaults(row: SealedRow, decision: Decision): Fault[] {
  const canonical = isCanonical(row.record, decision) ? [] : [notCanonical("record")];
  const names = ofOurShape(() => {
    const requestHash = hash("sha256", orderedText(contentOf(requestOf(decision))));
    return differingColumns(row.columns, rowOf(decision, row, requestHash));
  });
  return [...canonical, ...mismatch("columns and record", names ?? [strangeShape])];
}

const strangeShape = "the shape of the record";

/** What stands in the leaf for itself: other kinds say when it is wrong. */
const namedElsewhere = ["body", "prev", "policyHash"];

function leafFaults(
  { leaf, isVersionStored }: SealedRow,
  decision: Decision | undefined,
  body: string,
  { previousLeafHash, versions }: Premises,
): Fault[] {
  const version = versions.find(({ id }) => id === decision?.policyVersionId);
  const links = { previousLeafHash, policyHash: version?.contentHash ?? null };
  const expected = decision && ofOurShape(() => leafOf(decision, body, links));
  const stored = isVersionStored ? [] : [policyHash("the policy version is not stored")];
  if (expected && leaf.equals(Buffer.from(orderedText(expected), "utf8"))) return stored;
  const read = readLeaf(leaf);
  if (!read) return [notCanonical("leaf: no JSON object"), ...stored];
  const { words } = read;
  const names = expected ? differingNames(words, wordsOf(expected)) : decision ? [strangeShape] : [];
  const isHashOff = expected && words.policyHash !== links.policyHash;
  return [
    ...(read.isCanonical ? [] : [notCanonical("leaf")]),
    ...(words.body === body ? [] : [{ kind: "BODY_MISMATCH", detail: "salt and record" } as const]),
    ...chainFaults(words, previousLeafHash),
    ...mismatch(
      "leaf and record",
      names.filter((name) => !namedElsewhere.includes(name)),
    ),
    ...(isHashOff ? [policyHash("the leaf names another content than this program has")] : []),
    ...stored,
  ];
}

/** Whether the leaf names the leaf hash before it. */
export function chainFaults({ prev }: LeafWords, previousLeafHash: Buffer | null): Fault[] {
  const isNext = prev === (previousLeafHash?.toString("hex") ?? null);
  return isNext ? [] : [{ kind: "CHAIN_BROKEN", detail: "prev is not the leaf hash before it" }];
}

/** Whether the database computed the same hash of a leaf, and the log has it too. */
export function hashFaults(
  { leafHash: stored, sealed }: Pick<SealedRow, "leafHash" | "sealed">,
  leafHash: Buffer,
): Fault[] {
  return [
    ...(stored.equals(leafHash) ? [] : [leafHashMismatch("leaf_hash of the row")]),
    ...(!sealed || sealed.leafHash.equals(leafHash) ? [] : [leafHashMismatch("leaf_hash of the log")]),
  ];
}

/** Records of another shape than ours stop the functions for ours. */
function ofOurShape<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function wordsOf(leaf: object): LeafWords {
  return Object.fromEntries(Object.entries(leaf));
}

/** What differs between two parts of a row, by names. */
export function mismatch(between: string, names: readonly string[]): Fault[] {
  return names.length > 0 ? [{ kind: "COLUMN_MISMATCH", detail: `${between}: ${names.join(", ")}` }] : [];
}

export function notCanonical(detail: string): Fault {
  return { kind: "NOT_CANONICAL", detail };
}

function leafHashMismatch(detail: string): Fault {
  return { kind: "LEAF_HASH_MISMATCH", detail };
}

function policyHash(detail: string): Fault {
  return { kind: "POLICY_HASH_MISMATCH", detail };
}
