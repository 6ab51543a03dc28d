import DataLoader from "dataloader";
import { Caller } from "../access/caller";
import { currentRegister, exceptionsKnownTo } from "../cases/exceptions";
import { decisionsById, memberStream, successorsOf } from "../cases/reading";
import { Service } from "../cases/service";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { ExceptionRegister, StandingException } from "../policy/exceptionRegister";
import { served } from "./failures";

/** What resolvers work with: made for one request, so that nothing is read twice for it. */
export interface GraphqlContext {
  readonly service: Service;
  readonly caller: Caller;
  readonly requestId: string;
  /** Null where there is no decision of that id. */
  readonly decisions: DataLoader<string, Decision | null>;
  /** The decision that supersedes a decision; null where that one is effective. */
  readonly successors: DataLoader<Decision, Decision | null, string>;
  readonly streams: DataLoader<string, MemberStream>;
  /** The register of exceptions as the request finds it. */
  readonly register: () => Promise<ExceptionRegister>;
  /** The exceptions as they stood after so many entries of the register. */
  readonly exceptionsAfter: DataLoader<number, readonly StandingException[]>;
}

export function contextFor(service: Service, caller: Caller, requestId: string): GraphqlContext {
  let register: Promise<ExceptionRegister> | undefined;
  return {
    service,
    caller,
    requestId,
    decisions: new DataLoader((ids) => served(decisionsById(ids, service))),
    successors: new DataLoader((decisions) => served(successorsOf(decisions, service)), {
      cacheKeyFn: ({ id }) => id,
    }),
    streams: new DataLoader((memberIds) =>
      served(Promise.all(memberIds.map((memberId) => memberStream(memberId, service)))),
    ),
    register: () => (register ??= served(currentRegister(service)).then((read) => read.register)),
    exceptionsAfter: new DataLoader((sequences) => served(exceptionsAfterEach(sequences, service))),
  };
}

/** What is read for the longest part of the register serves the shorter ones too. */
async function exceptionsAfterEach(
  sequences: readonly number[],
  service: Service,
): Promise<StandingException[][]> {
  await exceptionsKnownTo({ exceptionSequence: Math.max(...sequences) }, service);
  return Promise.all(sequences.map((exceptionSequence) => exceptionsKnownTo({ exceptionSequence }, service)));
}
