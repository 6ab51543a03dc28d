import { Instant, parseInstant } from "../claim/instant";
import { parsePlainDate } from "../claim/plainDate";

export const instantOptionExpected = "a date YYYY-MM-DD, or an RFC 3339 instant with its offset";

/** The instant that an option names; a date is the beginning of its day at UTC. */
export function parseInstantOption(text: string): Instant | undefined {
  return parsePlainDate(text) ? `${text}T00:00:00.000Z` : parseInstant(text);
}
