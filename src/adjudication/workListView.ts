import { Decision } from "../member/decision";
import { OnFile, onFile } from "../member/onFile";
import { effectiveDecisions, MemberStream } from "../member/stream";
import { overridesIn } from "./overrides";

/** A stream as the work list asks for it. */
export interface WorkListView {
  readonly effective: readonly Decision[];
  readonly onFile: OnFile;
  /** The file without what reviewers allowed beyond the limits after a place in the stream. */
  readonly withoutOverridesAfter: (memberSequence: number) => OnFile;
}

export function workListView(stream: MemberStream): WorkListView {
  const effective = effectiveDecisions(stream);
  const file = onFile(effective);
  return { effective, onFile: file, withoutOverridesAfter: overridesIn(stream, effective, file) };
}
