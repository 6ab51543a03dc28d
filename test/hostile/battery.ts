import { setTimeout as wait } from "node:timers/promises";
import { HttpSettings } from "../../src/http/server";
import { GraphqlContext } from "../../src/graphql/context";
import { submission } from "../graphql/claims";
import { serveOverHttp, ServedService, tokenOf } from "../graphql/servedOverHttp";
import { submit } from "../graphql/submitting";
import { told } from "./told";

/** Stands in every payload that has room for it: no log and no error text may hold it. */
export const canary = "CANARY7731";

/** The hostile client has a token for everything; only so its input gets past the door. */
const hostileToken = tokenOf({ clientId: "hostile" });
export const authorization = `Bearer ${hostileToken}`;

/** What a row sends: a body of POST /graphql, or what it does by itself, which tells what came of it. */
type Sent = object | string | (() => Promise<string>);
export type Row = readonly [what: string, sent: Sent, expected: string, requests?: number];

function isAct(sent: Sent): sent is () => Promise<string> {
  return typeof sent === "function";
}

export interface Battery {
  served(): ServedService;
  port(): number;
  /** Declares the test of one group of hostile inputs. */
  group(number: number, sentence: string, rows: readonly Row[] | (() => Promise<readonly Row[]>)): void;
  /** Posts to /graphql as the hostile client does; a header given as undefined is left out. */
  post(body: string | Buffer | object, headers?: Headers): Promise<string>;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** No single request may keep the processor longer: coarse, since other processes share it. */
const mostProcessorMs = 2_000;
const furtherMs = 4;
/** So long may one row take, and all of a group: nothing that is hostile is waited for without an end. */
const mostMsOfRow = 10_000;
const mostMsOfGroup = 60_000;

/** The clients share the service's loop here: what delays it is their work too, and no overload of the service. */
const sharedLoop = { loopDelayMs: 30_000 };

/** The real service for the groups of a test file, and one healthy client beside the hostile one. */
export function hostileBattery(settings: Partial<HttpSettings<GraphqlContext>> = {}): Battery {
  let served: ServedService;
  const limits = { ...sharedLoop, ...settings.limits };
  beforeAll(async () => void (served = await serveOverHttp(undefined, { ...settings, limits })));
  afterAll(() => served.stop());
  const post = (body: string | Buffer | object, headers: Headers = {}) => postTo(served.url, body, headers);
  return {
    served: () => served,
    port: () => Number(new URL(served.url).port),
    post,
    group: (number, sentence, given) =>
      void test(
        `group ${number}: ${sentence}`,
        async () => {
          const rows = typeof given === "function" ? await given() : given;
          const loggedBefore = served.logged().length;
          const healthy = keepAsking(served);
          const received: [string, string][] = [];
          try {
            for (const [what, sent, , requests] of rows) {
              const send = isAct(sent) ? sent : () => post(sent);
              received.push([what, await withinProcessorTime(what, send, requests)]);
            }
          } finally {
            await healthy.stop();
          }
          expect(received).toEqual(rows.map(([what, , expected]) => [what, expected]));
          expect(received.filter(([, answer]) => answer.startsWith("5"))).toEqual([]);
          await expectSound(served, served.logged().slice(loggedBefore));
        },
        mostMsOfGroup,
      ),
  };
}

export async function postTo(
  url: string,
  body: string | Buffer | object,
  given: Headers = {},
): Promise<string> {
  const all: Headers = {
    accept: "application/graphql-response+json",
    "content-type": "application/json",
    authorization,
    ...given,
  };
  const headers = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const isRaw = typeof body === "string" || Buffer.isBuffer(body);
  // A Blob has no type of its own that fetch would send instead.
  const bytes = new Blob([isRaw ? body : JSON.stringify(body)]);
  const reply = await fetch(url, { method: "POST", headers: Object.fromEntries(headers), body: bytes });
  return told(reply.status, await reply.text());
}

async function withinProcessorTime(what: string, send: () => Promise<string>, requests = 1): Promise<string> {
  const before = process.cpuUsage();
  const answer = await Promise.race([send(), wait(mostMsOfRow, "no end", { ref: false })]);
  const { user, system } = process.cpuUsage(before);
  const spentMs = (user + system) / 1_000;
  expect([what, spentMs < mostProcessorMs + requests * furtherMs ? "quick" : `${spentMs} ms`]).toEqual([
    what,
    "quick",
  ]);
  return answer;
}

let healthyMembers = 0;
/** What the healthy client sends is not held up by what the hostile one does, or not longer than this. */
const mostMsOfHealthy = 5_000;

/** One round of a client that wants nothing unusual; it throws where the answer is not the usual one. */
async function askAsUsual(served: ServedService): Promise<void> {
  healthyMembers += 1;
  const memberId = `HEALTHY-${healthyMembers}`;
  const asking = { clientId: "healthy" };
  const read = "query ($id: ID!) { member(id: $id) { historyOnFileSince } }";
  expect(await inTime(served.fields(read, { id: memberId }, asking))).toEqual({
    member: { historyOnFileSince: null },
  });
  const { decision } = await inTime(submit(served, submission({ memberId })));
  expect(decision?.disposition).toBe("APPROVED");
}

async function inTime<T>(answering: Promise<T>): Promise<T> {
  const start = performance.now();
  const answer = await answering;
  const milliseconds = performance.now() - start;
  if (milliseconds > mostMsOfHealthy) throw new Error(`the healthy client waited for ${milliseconds} ms`);
  return answer;
}

const pauseMs = 40;

function keepAsking(served: ServedService): { stop: () => Promise<void> } {
  let isStopping = false;
  const run = async (): Promise<void> => {
    do {
      await askAsUsual(served);
      await wait(pauseMs);
    } while (!isStopping);
  };
  const running = run();
  // Where it fails while rows are still sent, the failure waits for stop().
  running.catch(() => undefined);
  return { stop: () => ((isStopping = true), running) };
}

/** The service lives, decides, and has logged nothing of the payload and no failure of its own. */
async function expectSound(served: ServedService, logged: string): Promise<void> {
  expect((await fetch(served.url.replace("/graphql", "/healthz"))).status).toBe(200);
  await askAsUsual(served);
  expect(logged).not.toContain(canary);
  const failures = logged.split("\n").filter((line) => /"level":(?:5|6)0/.test(line));
  expect(failures).toEqual([]);
}
