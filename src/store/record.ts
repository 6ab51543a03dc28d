import { Decision } from "../member/decision";

/**
 * The decision that a stored record says: what was written is canonical JSON of exactly this shape, and
 * hashed as such.
 */
export function parseRecord(record: string): Decision {
  return JSON.parse(record) as Decision;
}
