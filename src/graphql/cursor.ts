import { createHash } from "node:crypto";
import { DecidedPlace, Search } from "../cases/searchDecisions";
import { AccessFilter, AccessPlace } from "../cases/accessLog";
import { WorkListPlace } from "../cases/workList";
import { canonicalText } from "../claim/canonicalText";
import { parseInstant } from "../claim/instant";
import { Decision } from "../member/decision";

/** The place in a member's stream after which a page goes on. */
export interface Place {
  readonly memberSequence: number;
  readonly id: string;
}

const longestCursor = 160;
const memberDecisions = /^member-decisions:1:([1-9][0-9]{0,8}):([0-9a-f-]{36})$/;
const decisionId = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
const workList = new RegExp(`^work-list:1:([^ ]{24}):${decisionId}$`);
const accessLog = /^access-log:1:([0-9a-f]{8}):([^ ]{27}):([\x21-\x7e]{1,64})$/;
const search = new RegExp(`^decisions:1:([0-9a-f]{8}):([^ ]{24}):${decisionId}$`);

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

/** What tells the cursors of one search from those of another. */
export function fingerprintOf({ filter, isNewestFirst }: Pick<Search, "filter" | "isNewestFirst">): string {
  return createHash("sha256").update(canonicalText({ filter, isNewestFirst })).digest("hex").slice(0, 8);
}

/** It names a place and no decision, so that it is good after the decision there no longer matches. */
export function searchCursorOf({ decidedAt, id }: DecidedPlace, fingerprint: string): string {
  return write(`decisions:1:${fingerprint}:${decidedAt}:${id}`);
}

/** The place that a cursor of the same search names; undefined where the text is anything else. */
export function parseSearchCursor(cursor: string, fingerprint: string): DecidedPlace | undefined {
  const match = read(cursor, search);
  if (!match || match[1] !== fingerprint || parseInstant(match[2]) !== match[2]) return undefined;
  return { decidedAt: match[2], id: match[3] };
}

/** What tells the cursors of one list of accesses from those of another. */
export function accessFingerprintOf(filter: AccessFilter): string {
  return createHash("sha256").update(canonicalText(filter)).digest("hex").slice(0, 8);
}

export function accessCursorOf({ at, requestId }: AccessPlace, fingerprint: string): string {
  return write(`access-log:1:${fingerprint}:${at}:${requestId}`);
}

/** The place that a cursor of the same list names; undefined where the text is anything else. */
export function parseAccessCursor(cursor: string, fingerprint: string): AccessPlace | undefined {
  const match = read(cursor, accessLog);
  if (!match || match[1] !== fingerprint || parseInstant(match[2]) === undefined) return undefined;
  return { at: match[2], requestId: match[3] };
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
