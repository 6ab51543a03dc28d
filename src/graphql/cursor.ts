import { WorkListPlace } from "../cases/workList";
import { parseInstant } from "../claim/instant";
import { Decision } from "../member/decision";

/** The place in a member's stream after which a page goes on. */
export interface Place {
  readonly memberSequence: number;
  readonly id: string;
}

const longestCursor = 128;
const memberDecisions = /^member-decisions:1:([1-9][0-9]{0,8}):([0-9a-f-]{36})$/;
const workList = /^work-list:1:([^ ]{24}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** It holds the decision's id too, so that a cursor of another member's page is told apart. */
export function cursorOf({ memberSequence, id }: Decision): string {
  return write(`member-decisions:1:${memberSequence}:${id}`);
}

/** The place that a cursor names; undefined where the text is not exactly what `cursorOf` writes. */
export function parseCursor(cursor: string): Place | undefined {
  const match = read(cursor, memberDecisions);
  return match && { memberSequence: Number(match[1]), id: match[2] };
}

/** It names a place and no element, so that it is good after the candidate there has left the list. */
export function workListCursorOf({ causedAt, decisionId }: WorkListPlace): string {
  return write(`work-list:1:${causedAt}:${decisionId}`);
}

/** The place that a cursor names; undefined where the text is not exactly what `workListCursorOf` writes. */
export function parseWorkListCursor(cursor: string): WorkListPlace | undefined {
  const match = read(cursor, workList);
  if (!match || parseInstant(match[1]) !== match[1]) return undefined;
  return { causedAt: match[1], decisionId: match[2] };
}

/** Opaque to clients. */
function write(text: string): string {
  return Buffer.from(text, "utf8").toString("base64url");
}

function read(cursor: string, written: RegExp): RegExpExecArray | undefined {
  if (cursor.length > longestCursor) return undefined;
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.toString("base64url") !== cursor) return undefined;
  return written.exec(bytes.toString("utf8")) ?? undefined;
}
