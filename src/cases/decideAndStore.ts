import { setTimeout as delay } from "node:timers/promises";
import { Ruling } from "../adjudication/decide";
import { memberIdOf, Request } from "../adjudication/request";
import { deadlineIn, requestMilliseconds } from "../deadline";
import { ExceptionRegister } from "../policy/exceptionRegister";
import { NewRow } from "../store/append";
import { failureOf } from "../store/failure";
import { StreamRead, withWritePath, WritePath } from "../store/writePath";
import { DecidedInOrder, decideInOrder } from "./decideInOrder";
import { registerUpTo } from "./exceptions";
import { rulingSeen } from "./seen";
import { endingBy, DecidingService } from "./service";
import { Unavailable } from "./unavailable";

/**
 * Decides requests in their order, each on its member's stream with the decisions before it, and stores what
 * is decided. Nothing is locked: whoever is not the first to store the next link of a stream reads it again
 * and decides again. Throws `Unavailable` where the database cannot serve, also when it is not known what
 * became of an attempt to store.
 */
export async function decideAndStore(
  requests: readonly Request[],
  service: DecidingService,
): Promise<Ruling[]> {
  if (requests.length === 0) return [];
  const cameAt = service.elapsed();
  const timely = endingBy(deadlineIn(requestMilliseconds, undefined, service.elapsed), service);
  return service.memberQueue.run(requests.map(memberIdOf), () => {
    service.observe({ what: "waited", milliseconds: service.elapsed() - cameAt });
    return decideUntilStored(requests, timely);
  });
}

async function decideUntilStored(requests: readonly Request[], service: DecidingService): Promise<Ruling[]> {
  const rulings = new Map<Request, Ruling>();
  const senders = new Map<string, Request>();
  let outcomeUnknown = false;
  let failure: unknown;
  for (let attempt = 1; rulings.size < requests.length; attempt++) {
    // Nobody waits for it any more: what has not been sent is not decided.
    if (service.deadline?.millisecondsLeft() === 0) throw new Unavailable(failure);
    await backOff(attempt, service);
    const open = requests.filter((request) => !rulings.has(request));
    try {
      const result = await withWritePath(service.database, (path) =>
        attemptToStore(open, senders, path, service),
      );
      result.settled.forEach((ruling, request) => {
        rulings.set(request, ruling);
        service.observe(rulingSeen(ruling));
      });
      outcomeUnknown ||= result.outcomeUnknown;
    } catch (error) {
      // What is not retryable means "not stored": that can no longer be said.
      if (failureOf(error) === "fault" && (outcomeUnknown || rulings.size > 0)) throw new Unavailable(error);
      throwUnlessWorthRetrying(error, outcomeUnknown || failure === undefined);
      failure = error;
    }
  }
  return requests.flatMap((request) => rulings.get(request) ?? []);
}

/**
 * Retries at once three times, then after a while by chance, so that competing processes do not keep step.
 */
async function backOff(attempt: number, service: DecidingService): Promise<void> {
  if (attempt > 4) await delay(service.chance() * 5 * Math.min(attempt, 10));
}

/**
 * A lost connection stored nothing while it was read from; once the outcome of a write is unknown, only
 * reading on tells.
 */
function throwUnlessWorthRetrying(error: unknown, mayRetryLostConnection: boolean): void {
  const failure = failureOf(error);
  if (failure === "fault") throw error;
  if (failure === "unavailable" || (failure === "connectionLost" && !mayRetryLostConnection))
    throw new Unavailable(error);
}

interface AttemptResult {
  /** What is answered for good: rulings that need no row, and those whose rows are stored. */
  readonly settled: ReadonlyMap<Request, Ruling>;
  /** The connection was lost while rows were sent: they may be stored or not. */
  readonly outcomeUnknown: boolean;
}

/**
 * What a request sent and then finds on file after all, because only the reply was lost, is its own decision
 * and no replay. `senders` holds the request that each decision was made for, by the decision's id.
 */
async function attemptToStore(
  requests: readonly Request[],
  senders: Map<string, Request>,
  path: WritePath,
  service: DecidingService,
): Promise<AttemptResult> {
  service.observe({ what: "attempted" });
  const streams = await path.readStreams(requests.map(memberIdOf));
  const register = await registerRead(streams, path, service);
  const { rulings, rows, changes } = decideInOrder(requests, streams, register, service);
  await storeNamedVersions(rows, path, service);
  rulings.forEach((ruling, request) => {
    if (ruling.kind === "decided") senders.set(ruling.decision.id, request);
  });
  const stored = await appendAll({ rows, changes }, path);
  const isOwn = (ruling: Ruling, request: Request): ruling is Ruling & { kind: "replayed" } =>
    ruling.kind === "replayed" && senders.get(ruling.decision.id) === request;
  const waiting = new Set(rows.map(({ memberId }) => memberId));
  if (stored === "unknown") service.observe({ what: "outcomeUnknown" });
  else if (stored.size < waiting.size)
    service.observe({ what: "conflicted", streams: waiting.size - stored.size });
  const isSettled = (request: Request) =>
    !waiting.has(memberIdOf(request)) || (stored !== "unknown" && stored.has(memberIdOf(request)));
  return {
    settled: new Map(
      [...rulings]
        .filter(([request]) => isSettled(request))
        .map(([request, ruling]) => [
          request,
          isOwn(ruling, request) ? { ...ruling, kind: "decided" } : ruling,
        ]),
    ),
    outcomeUnknown: stored === "unknown",
  };
}

/** The register as it was when the streams were read: all of them by one statement. */
async function registerRead(
  streams: ReadonlyMap<string, StreamRead>,
  path: WritePath,
  { knownExceptions }: DecidingService,
): Promise<ExceptionRegister> {
  const [read] = streams.values();
  return registerUpTo(read?.exceptionSequence ?? 0, knownExceptions, path.readExceptions);
}

/** A policy version is stored when a decision is first about to name it; later decisions find it there. */
async function storeNamedVersions(
  rows: readonly NewRow[],
  path: WritePath,
  service: DecidingService,
): Promise<void> {
  const { policyVersions, storedPolicyVersions } = service;
  for (const version of policyVersions) {
    if (storedPolicyVersions.has(version.id)) continue;
    if (!rows.some(({ policyVersionId }) => policyVersionId === version.id)) continue;
    await path.storePolicyVersion(version);
    storedPolicyVersions.add(version.id);
  }
}

async function appendAll(
  { rows, changes }: Pick<DecidedInOrder, "rows" | "changes">,
  path: WritePath,
): Promise<ReadonlySet<string> | "unknown"> {
  if (rows.length === 0) return new Set();
  try {
    return await path.append(rows, changes);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === "conflict") return new Set();
    if (failure === "connectionLost") return "unknown";
    throw error;
  }
}
