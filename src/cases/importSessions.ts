import { Ruling } from "../adjudication/decide";
import { HistoricalSession } from "../claim/claimSession";
import { decideAndStore } from "./decideAndStore";
import { DecidingService } from "./service";

/** A well-formed session adjudicated elsewhere, under the key of the client that loads it. */
export interface SessionToImport {
  readonly idempotencyKey: string;
  readonly session: HistoricalSession;
}

/** One ruling for each session, in the same order. */
export async function importSessions(
  sessions: readonly SessionToImport[],
  clientId: string,
  service: DecidingService,
): Promise<Ruling[]> {
  const requests = sessions.map((session) => ({ ...session, kind: "import" as const, clientId }));
  return decideAndStore(requests, service);
}
