import { createHash } from "node:crypto";
import { canonicalText } from "../claim/canonicalText";
import { ExceptionEntry } from "../policy/exceptionRegister";

/** The record of an entry in the register of exceptions, and its leaf: neither holds personal content. */
export function sealExceptionEntry(entry: ExceptionEntry): { record: string; leaf: Buffer } {
  const record = canonicalText(entry);
  const { declaredAt: at, id, sequence: seq } = entry;
  const body = createHash("sha256").update(record, "utf8").digest("hex");
  const leaf = canonicalText({ v: 1, type: "policy-exception", at, body, id, seq });
  return { record, leaf: Buffer.from(leaf, "utf8") };
}
