import { Decision } from "../member/decision";

/** The place in a member's stream after which a page goes on. */
export interface Place {
  readonly memberSequence: number;
  readonly id: string;
}

const longestCursor = 128;
const written = /^member-decisions:1:([1-9][0-9]{0,8}):([0-9a-f-]{36})$/;

/**
 * Opaque to clients. It holds the decision's id too, so that a cursor of another member's page is told apart.
 */
export function cursorOf({ memberSequence, id }: Decision): string {
  return Buffer.from(`member-decisions:1:${memberSequence}:${id}`, "utf8").toString("base64url");
}

/** The place that a cursor names; undefined where the text is not exactly what `cursorOf` writes. */
export function parseCursor(cursor: string): Place | undefined {
  if (cursor.length > longestCursor) return undefined;
  const bytes = Buffer.from(cursor, "base64url");
  const match = written.exec(bytes.toString("utf8"));
  if (!match || bytes.toString("base64url") !== cursor) return undefined;
  return { memberSequence: Number(match[1]), id: match[2] };
}
