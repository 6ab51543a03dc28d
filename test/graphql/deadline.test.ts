import { setTimeout as wait } from "node:timers/promises";
import { httpLimits } from "../../src/http/limitedServer";
import { withTransaction } from "../../src/store/transaction";
import { databaseProxy, DatabaseProxy } from "../cases/proxy";
import { freshService, serviceOn, TestService } from "../cases/testService";
import { submission } from "./claims";
import { Reply, ServedService, serveOverHttp, tokenOf } from "./servedOverHttp";
import { submit, submitDocument } from "./submitting";

const connections = 10;
const history = `{ member(id: "M1") { decisions { nodes { id } } } }`;
const found = `{ decisions(filter: { memberId: "M1" }) { nodes { id } totalCount } }`;
const inputFor = (memberId: string): object => ({ input: submission({ memberId }) });

test("a request is answered within nine seconds", () => {
  expect(httpLimits.deadlineMs + 500).toBeLessThanOrEqual(9_000);
});

describe("a database that takes everything and answers nothing", () => {
  let direct: TestService;
  let proxy: DatabaseProxy;
  let served: ServedService;

  beforeAll(async () => {
    direct = await freshService();
    proxy = await databaseProxy(direct.url);
    served = await serveOverHttp(await serviceOn(proxy.url), { limits: { deadlineMs: 400 } });
  });
  afterAll(async () => {
    await served.stop();
    await proxy.close();
    await direct.close();
  });

  test("is given up at the deadline by reads and submissions alike, and no connection is lost to it", async () => {
    await Promise.all(Array.from({ length: connections }, () => served.fields(history)));
    proxy.mischief = "blackHole";
    const began = performance.now();
    const replies = await Promise.all([
      ...Array.from({ length: connections }, () => served.ask(history)),
      ...Array.from({ length: connections }, () => served.ask(found)),
      ...Array.from({ length: connections }, (_, place) => served.ask(submitDocument, inputFor(`H${place}`))),
    ]);
    expect(performance.now() - began).toBeLessThan(400 + 500 + 2_000);
    expect(new Set(replies.map(codesOf))).toEqual(new Set(["503 UNAVAILABLE"]));
    proxy.mischief = "none";
    await untilServed(served);
    const after = await Promise.all(Array.from({ length: connections }, () => served.ask(history)));
    expect(new Set(after.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    const { replayed } = await submit(served, submission({ memberId: "H0" }));
    expect(replayed).toBe(false);
  }, 20_000);
});

function codesOf({ statusCode, errors }: Reply<unknown>): string {
  return `${statusCode} ${errors?.map(({ extensions }) => extensions.code).join()}`;
}

/** A connection that is being opened is given up after two seconds. */
async function untilServed(served: ServedService): Promise<void> {
  for (const end = performance.now() + 8_000; performance.now() < end; await wait(50))
    if ((await served.ask(history)).statusCode === 200) return;
  throw new Error("the pool has no connection left");
}

describe("a caller who hangs up", () => {
  let served: ServedService;
  beforeAll(async () => void (served = await serveOverHttp()));
  afterAll(() => served.stop());

  const submitAndHangUp = (memberId: string): AbortController => {
    const controller = new AbortController();
    const headers = { "content-type": "application/json", authorization: `Bearer ${tokenOf()}` };
    const body = JSON.stringify({ query: submitDocument, variables: inputFor(memberId) });
    const { signal } = controller;
    fetch(served.url, { method: "POST", headers, body, signal }).catch(() => undefined);
    return controller;
  };

  test("while the submission waits in the member's queue has decided nothing", async () => {
    let leave = (): void => undefined;
    const { memberQueue } = served.service;
    const turn = memberQueue.run(["Q"], () => new Promise<void>((resolve) => (leave = resolve)));
    const caller = submitAndHangUp("Q");
    await wait(200);
    caller.abort();
    await wait(100);
    leave();
    await turn;
    await memberQueue.run(["Q"], async () => undefined);
    expect(await submit(served, submission({ memberId: "Q" }))).toMatchObject({ replayed: false });
  });

  test("after the decision was sent to the database finds it stored", async () => {
    await withTransaction(served.service.database, async ({ query }) => {
      await query("lock table decision in share mode");
      const caller = submitAndHangUp("S");
      await wait(300);
      caller.abort();
      await wait(100);
    });
    expect(await submit(served, submission({ memberId: "S" }))).toMatchObject({ replayed: true });
  });
});

describe("searches", () => {
  let served: ServedService;
  beforeAll(async () => void (served = await serveOverHttp()));
  afterAll(() => served.stop());

  test("take four connections at most, and those that take too long are told to narrow the filter", async () => {
    const slow = "{ decisions { nodes { id } } }";
    let searches: Promise<Reply<unknown>>[] = [];
    const replies = await withTransaction(served.service.database, async ({ query }) => {
      await query("lock table decision in access exclusive mode");
      searches = Array.from({ length: 8 }, () => served.ask(slow));
      await wait(500);
      const [{ waiting }] = await query<{ waiting: number }[]>(`
        select count(*)::int as waiting from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`);
      expect(waiting).toBe(4);
      expect(await served.fields("{ policyExceptions { id } }")).toEqual({ policyExceptions: [] });
      return Promise.all(searches.slice(0, 4));
    });
    expect(new Set(replies.map(codesOf))).toEqual(new Set(["400 TOO_COMPLEX"]));
    expect(replies[0]?.text).toContain("narrow the filter");
    expect(replies[0]?.text).toContain('"retryable":false');
    await Promise.all(searches);
    expect((await served.ask(slow)).statusCode).toBe(200);
  }, 20_000);

  test("are refused where too many wait already", async () => {
    const { searchLane } = served.service;
    let leave = (): void => undefined;
    const gate = new Promise<void>((resolve) => (leave = resolve));
    const taken = Array.from({ length: 4 + 20 }, () => searchLane.run(() => gate));
    expect(codesOf(await served.ask(found))).toBe("503 UNAVAILABLE");
    expect((await served.ask(history)).statusCode).toBe(200);
    leave();
    await Promise.all(taken);
    expect((await served.ask(found)).statusCode).toBe(200);
  });
});
