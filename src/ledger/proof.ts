import { hashText, parseHash } from "./hashText";
import { Checkpoint, openCheckpoint } from "./checkpoint";
import { logIndexText, parseLogIndex } from "./logIndex";
import { isIncluded } from "./merkle";
import { Parsed } from "./parsed";
import { NoteVerifier } from "./signedNote";

/** That a leaf is in the log: all that is needed to see it but the leaf and the log's key. */
export interface Proof {
  readonly index: bigint;
  /** From the leaf's sibling up. */
  readonly path: readonly Buffer[];
  /** The signed checkpoint, as it was published. */
  readonly note: string;
}

/** What a proof has shown. */
export interface Shown {
  readonly index: bigint;
  readonly checkpoint: Checkpoint;
}

const firstLine = "c2sp.org/tlog-proof@v1";

/** The text of a `.tlog-proof` file; throws where the index or a hash can be none. */
export function proofText({ index, path, note }: Proof): string {
  return [firstLine, `index ${logIndexText(index)}`, ...path.map(hashText), "", note].join("\n");
}

/** The other way round, unverified. A line of extra content is allowed elsewhere, but this log has none. */
export function parseProof(text: string): Parsed<Proof> {
  const end = text.indexOf("\n\n");
  if (end < 0) return { fault: "the proof has no empty line before its checkpoint" };
  const [first, second = "", ...hashes] = text.slice(0, end).split("\n");
  if (first !== firstLine) return { fault: `the first line of the proof is not ${firstLine}` };
  const index = second.startsWith("index ") ? parseLogIndex(second.slice("index ".length)) : undefined;
  if (index === undefined) return { fault: "the second line of the proof is no index" };
  const path = hashes.map(parseHash).filter((hash) => hash !== undefined);
  if (path.length !== hashes.length) return { fault: "a line of the proof's path is no hash" };
  return { value: { index, path, note: text.slice(end + 2) } };
}

/** What the proof shows of the leaf, by the keys of the log that are known. */
export function openProof(text: string, leafHash: Buffer, verifiers: readonly NoteVerifier[]): Parsed<Shown> {
  const parsed = parseProof(text);
  if ("fault" in parsed) return parsed;
  const { index, path, note } = parsed.value;
  const checkpoint = openCheckpoint(note, verifiers);
  if ("fault" in checkpoint) return checkpoint;
  return isIncluded({ index, leafHash }, path, checkpoint.value)
    ? { value: { index, checkpoint: checkpoint.value } }
    : { fault: "the path does not lead from the leaf to the root of the checkpoint" };
}
