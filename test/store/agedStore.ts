import { installClock, setClock } from "../acceptance/clock";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { Decision } from "../../src/member/decision";
import { claimRequest, claimSession, historicalSession, importRequest } from "../cases/claims";
import { serviceOn, TestService } from "../cases/testService";
import { freshDatabase } from "../cluster/database";

/** A store whose clock the test sets: its decisions are old because the clock has gone on since. */
export interface AgedStore extends TestService {
  setClock(instant: string): Promise<void>;
}

/** When the decisions of these tests are made, and eleven years later. */
export const longAgo = "2025-06-02T10:15:30.123Z";
export const today = "2036-06-02T10:15:30.123Z";

export async function agedStore(): Promise<AgedStore> {
  const { url, drop } = await freshDatabase();
  await installClock(url);
  await setClock(url, longAgo);
  const service = await serviceOn(url);
  return {
    ...service,
    setClock: (instant) => setClock(url, instant),
    close: async () => (await service.close(), drop()),
  };
}

/** Five decisions by the way of every submission; the first four are on the work list because of the fifth. */
export async function decideFive(service: TestService, memberId: string): Promise<Decision[]> {
  const dates = ["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10"];
  const requests = dates.map((date) => claimRequest(claimSession(memberId, date)));
  const late = importRequest(historicalSession(memberId, "2025-01-20"));
  const rulings = await decideAndStore([...requests, late], service);
  return rulings.map((ruling) => {
    if (ruling.kind !== "decided") throw new Error(`expected a decision, got ${ruling.kind}`);
    return ruling.decision;
  });
}

/** Gives every entry that has none yet its leaf in the log, as the sealer does. */
export async function seal({ database }: TestService): Promise<void> {
  await database.query(`
    insert into audit_leaf (leaf_index, entry_id, source, leaf_hash)
    select (select count(*) from audit_leaf) - 1 + row_number() over (order by xact, source, ordinal, entry_id),
           entry_id, source, leaf_hash
      from audit_source a
     where not exists (select from audit_leaf l where l.entry_id = a.entry_id)`);
}

/** The ids of the decisions that are still there, in no order. */
export async function storedIds({ database }: TestService): Promise<string[]> {
  const rows: { id: string }[] = await database.query("select id from decision order by id");
  return rows.map(({ id }) => id);
}
