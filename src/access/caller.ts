import type { Scope } from "./scopes";

/** Who a checked token speaks for. Idempotency keys belong to the client, log entries name the subject. */
export interface Caller {
  clientId: string;
  subject: string;
  scopes: ReadonlySet<Scope>;
}
