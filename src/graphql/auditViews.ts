import { DecisionEntry, leafOf, LogCheckpoint, LogEntry, LogProof, proofFile } from "../cases/auditLog";
import { hashText } from "../ledger/hashText";
import { logIndexText } from "../ledger/logIndex";
import { AuditEntryKind } from "./enums";
import { AuditCheckpointType, AuditEntryType, AuditProofType, DecisionAuditType } from "./types/audit";

const kindOf: Readonly<Record<LogEntry["source"], AuditEntryKind>> = {
  decision: "DECISION",
  policy_exception: "POLICY_EXCEPTION",
  purge: "PURGE",
};

export function showDecisionEntry(entry: DecisionEntry): DecisionAuditType {
  const { decisionId, leaf, leafHash, leafIndex } = entry;
  const indexText = leafIndex === undefined ? null : logIndexText(leafIndex);
  return { entry, decisionId, leaf, leafHash: hashText(leafHash), leafIndex: indexText };
}

export function showCheckpoint({ treeSize, rootHash, note, at }: LogCheckpoint): AuditCheckpointType {
  return { treeSize: logIndexText(treeSize), rootHash: hashText(rootHash), note, at };
}

export function showProof(proof: LogProof): AuditProofType {
  const { entryId, leafIndex, leaf, leafHash, path, checkpoint } = proof;
  return {
    decisionId: entryId,
    leafIndex: logIndexText(leafIndex),
    leaf,
    leafHash: hashText(leafHash),
    path: path.map(hashText),
    checkpoint: showCheckpoint(checkpoint),
    tlogProof: proofFile(proof),
  };
}

export function showEntry(entry: LogEntry): AuditEntryType {
  const { leafIndex, entryId, source, leafHash, isPurged } = entry;
  return {
    leafIndex: logIndexText(leafIndex),
    kind: kindOf[source],
    entryId,
    leafHash: hashText(leafHash),
    leaf: leafOf(entry),
    purged: isPurged,
  };
}
