import { usualPoolSize } from "../../src/usualLoad";
import { connected } from "../sealer/sealedLog";
import { submission } from "./claims";
import { ServedService, serveOverHttp, tokenOf } from "./servedOverHttp";
import { decided, outcomes, storedDecisions, submit, submitDocument } from "./submitting";

/* What a caller is told where the database is there and has no time for him. */

let served: ServedService;
beforeEach(async () => void (served = await serveOverHttp()));
afterEach(() => served.stop());

const read: object = { query: "{ policyExceptions { id } }" };
const search: object = { query: "{ decisions { nodes { id } } }" };
const submitting = (input: object): object => ({ query: submitDocument, variables: { input } });

/** What is told in the end, and after how long. */
async function told(body: object): Promise<{ words: string; milliseconds: number }> {
  const start = performance.now();
  const headers = { "content-type": "application/json", authorization: `Bearer ${tokenOf()}` };
  const reply = await fetch(served.url, { method: "POST", headers, body: JSON.stringify(body) });
  type Failure = { readonly code: string; readonly retryable: boolean };
  const { errors = [] }: { errors?: { extensions: Failure }[] } = JSON.parse(await reply.text());
  const failures = errors.map(({ extensions: { code, retryable } }) => `${code} retryable ${retryable}`);
  const words = [reply.status, ...failures, `after ${reply.headers.get("retry-after")}`].join(" ");
  return { words, milliseconds: performance.now() - start };
}

const unavailable = "503 UNAVAILABLE retryable true after 1";

test("with every connection of the pool taken, a request is refused after 2 s and has done nothing", async () => {
  const { database } = served.service;
  const taken = Array.from({ length: usualPoolSize }, () => database.query("select pg_sleep(4.5)"));
  const input = submission({ memberId: "B1" });
  const replies = await Promise.all([submitting(input), read, search].map(told));
  for (const { words, milliseconds } of replies) {
    expect(words).toBe(unavailable);
    expect(milliseconds).toBeGreaterThan(1_900);
    expect(milliseconds).toBeLessThan(4_000);
  }
  await Promise.all(taken);
  expect(await storedDecisions(served)).toBe(0);
  expect(outcomes([await submit(served, input)])).toEqual(["APPROVED 1"]);
});

test("requests that wait for a connection get it where one is free in time", async () => {
  const { database } = served.service;
  const taken = Array.from({ length: usualPoolSize }, () => database.query("select pg_sleep(1)"));
  const members = Array.from({ length: 2 * usualPoolSize }, (_, place) => `W${place}`);
  const answers = await Promise.all(members.map((memberId) => submit(served, submission({ memberId }))));
  expect(new Set(outcomes(answers))).toEqual(new Set(["APPROVED 1"]));
  await Promise.all(taken);
});

test("a row held by somebody else is waited for 2 s; the request is refused, and decided when it comes again", async () => {
  await decided(served, "HELD", { claimNumber: "A0" });
  const input = submission({ memberId: "HELD", claimNumber: "A1", dateOfService: "2025-09-15" });
  const holder = await connected(served.service.url);
  await holder.query("begin");
  await holder.query(holdNextRow, ["HELD"]);
  const { words, milliseconds } = await told(submitting(input));
  expect(words).toBe(unavailable);
  expect(milliseconds).toBeGreaterThan(1_900);
  expect(milliseconds).toBeLessThan(4_000);
  expect(served.logged()).toContain("55P03");
  expect(outcomes([await submit(served, submission({ memberId: "OTHER" }))])).toEqual(["APPROVED 1"]);
  await holder.query("rollback");
  await holder.end();
  expect(outcomes([await submit(served, input)])).toEqual(["APPROVED 2"]);
});

/** The place of a member's next decision, taken by a transaction that neither ends nor stores it. */
const holdNextRow = `
insert into decision (member_id, member_sequence, id, kind, disposition, claim_number, date_of_service, decided_at,
       client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions, procedure_codes,
       failed_rules, provider_npis, record, salt, leaf)
select member_id, member_sequence + 1, gen_random_uuid(), kind, disposition, 'HOLDS', date_of_service, decided_at,
       client_id, 'holds', request_hash, supersedes, policy_version_id, regions, procedure_codes,
       failed_rules, provider_npis, record, salt, leaf
  from decision
 where member_id = $1`;
