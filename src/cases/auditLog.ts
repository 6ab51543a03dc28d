import { Instant } from "../claim/instant";
import { planConsistency, planInclusion, TreeHead } from "../ledger/merkle";
import { proofText } from "../ledger/proof";
import { originOfReceiptKey, signReceipt } from "../ledger/receipt";
import { joinNotes } from "../ledger/signedNote";
import { hashesOf, tilesOf } from "../ledger/tiles";
import { DecisionEntry, findLogEntry, LogEntry, Opening } from "../store/auditEntries";
import * as store from "../store/auditEntries";
import { readSignedHead } from "../store/checkpoints";
import { KnownKey, readLogKeys } from "../store/logKeys";
import { readTiles } from "../store/tiles";
import { answering } from "./answering";
import { isDecisionId } from "./reading";
import { Service } from "./service";

export type { DecisionEntry, KnownKey, LogEntry, Opening };

/** A head that was signed, as one note with the signatures of all keys. */
export interface LogCheckpoint extends TreeHead {
  readonly note: string;
  readonly at: Instant;
}

/** That an entry is in the log, by a checkpoint. */
export interface LogProof {
  readonly entryId: string;
  readonly leafIndex: bigint;
  readonly leaf: string;
  readonly leafHash: Buffer;
  readonly path: readonly Buffer[];
  readonly checkpoint: LogCheckpoint;
}

/** The checkpoint of a size; the newest where none is given. */
export async function logCheckpoint(
  treeSize: bigint | undefined,
  { database }: Service,
): Promise<LogCheckpoint | undefined> {
  const head = await answering(readSignedHead(database, treeSize));
  return (
    head && { treeSize: head.treeSize, rootHash: head.rootHash, note: joinNotes(head.notes), at: head.at }
  );
}

/** The proof of an entry by its id; undefined where it is not in the tree of the checkpoint. */
export async function entryProof(
  entryId: string,
  treeSize: bigint | undefined,
  service: Service,
): Promise<LogProof | undefined> {
  if (!isDecisionId(entryId)) return undefined;
  const entry = await answering(findLogEntry(service.database, entryId));
  const checkpoint = entry && (await logCheckpoint(treeSize, service));
  if (!checkpoint || entry.leafIndex >= checkpoint.treeSize) return undefined;
  const [proof] = await proofsIn(checkpoint, [{ ...entry, leaf: leafOf(entry) }], service);
  return proof;
}

/** Nobody can take a leaf away but the owner of the database, and then there is nothing to be shown. */
export function leafOf({ leafIndex, leaf }: LogEntry): string {
  if (leaf === undefined) throw new Error(`entry ${leafIndex} of the log has lost its leaf: run esi verify`);
  return leaf;
}

/** The proofs of entries that are in the tree of a checkpoint. */
export async function proofsIn(
  checkpoint: LogCheckpoint,
  entries: readonly Pick<LogProof, "entryId" | "leafIndex" | "leaf" | "leafHash">[],
  { database }: Service,
): Promise<LogProof[]> {
  const plans = entries.map(({ leafIndex }) => planInclusion(leafIndex, checkpoint.treeSize));
  const tiles = await answering(readTiles(database, tilesOf(...plans)));
  return entries.map(({ entryId, leafIndex, leaf, leafHash }, place) => {
    return { entryId, leafIndex, leaf, leafHash, path: hashesOf(plans[place], tiles), checkpoint };
  });
}

/** The proof as a file that other programs check too. */
export function proofFile({ leafIndex, path, checkpoint: { note } }: LogProof): string {
  return proofText({ index: leafIndex, path, note });
}

/** That one checkpoint continues another, of a smaller tree or the same. */
export async function consistencyPath(
  first: LogCheckpoint,
  second: LogCheckpoint,
  { database }: Service,
): Promise<Buffer[]> {
  const plan = planConsistency(first.treeSize, second.treeSize);
  return hashesOf(plan, await answering(readTiles(database, tilesOf(plan))));
}

/** Entries of the log from an index on. */
export async function logEntries(from: bigint, limit: number, { database }: Service): Promise<LogEntry[]> {
  return answering(store.readLogEntries(database, from, limit));
}

/** What the log holds of the decisions with these ids, in their order; null where there is no decision. */
export async function decisionEntries(
  ids: readonly string[],
  { database }: Service,
): Promise<(DecisionEntry | null)[]> {
  const found = await answering(store.findDecisionEntries(database, ids));
  const byId = new Map(found.map((entry) => [entry.decisionId, entry]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** What opens the leaves of decisions, in the order of their ids; null where there is nothing to open. */
export async function openings(ids: readonly string[], { database }: Service): Promise<(Opening | null)[]> {
  const found = await answering(store.findOpenings(database, ids));
  const byId = new Map(found.map((opening) => [opening.decisionId, opening]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The signed promise that a decision's leaf will be in the log. */
export function receiptFor(
  { decisionId, leafHash, decidedAt }: DecisionEntry,
  { receiptSigner }: Service,
): string {
  const origin = originOfReceiptKey(receiptSigner.key.name);
  return signReceipt({ origin, decisionId, leafHash, decidedAt }, receiptSigner);
}

/** Every key that has signed for the log. */
export async function logKeys({ database }: Service): Promise<KnownKey[]> {
  return answering(readLogKeys(database));
}
