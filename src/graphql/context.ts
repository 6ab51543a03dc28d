import DataLoader from "dataloader";
import { GraphQLError } from "graphql";
import { Caller } from "../access/caller";
import { DecisionPurged } from "../cases/decisionPurged";
import { DecisionEntry, decisionEntries, Opening, openings } from "../cases/auditLog";
import { currentRegister, exceptionsKnownTo } from "../cases/exceptions";
import { decisionsById, memberStream, successorsOf } from "../cases/reading";
import { Service } from "../cases/service";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { ExceptionRegister, StandingException } from "../policy/exceptionRegister";
import { purged, served } from "./failures";
import { RequestAccess, requestAccess } from "./requestAccess";

/** What resolvers work with: made for one request, so that nothing is read twice for it. */
export interface GraphqlContext {
  readonly service: Service;
  readonly caller: Caller;
  readonly requestId: string;
  /** What the request shows of whom: the access log is written from it. */
  readonly access: RequestAccess;
  /** Null where there is no decision of that id; one that was erased fails with a code of its own. */
  readonly decisions: DataLoader<string, Decision | null>;
  /** The decision that supersedes a decision; null where that one is effective. */
  readonly successors: DataLoader<Decision, Decision | null, string>;
  readonly streams: DataLoader<string, MemberStream>;
  /** What the audit log holds of a decision, and what opens it, by the decision's id. */
  readonly audits: DataLoader<string, DecisionEntry | null>;
  readonly openings: DataLoader<string, Opening | null>;
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
    access: requestAccess(),
    decisions: new DataLoader<string, Decision | null>((ids) => decisionsOrWhyNot(ids, service)),
    successors: new DataLoader((decisions) => served(successorsOf(decisions, service)), {
      cacheKeyFn: ({ id }) => id,
    }),
    streams: new DataLoader((memberIds) =>
      served(Promise.all(memberIds.map((memberId) => memberStream(memberId, service)))),
    ),
    audits: new DataLoader((ids) => served(decisionEntries(ids, service))),
    openings: new DataLoader((ids) => served(openings(ids, service))),
    register: () => (register ??= served(currentRegister(service)).then((read) => read.register)),
    exceptionsAfter: new DataLoader((sequences) => served(exceptionsAfterEach(sequences, service))),
  };
}

async function decisionsOrWhyNot(
  ids: readonly string[],
  service: Service,
): Promise<(Decision | GraphQLError | null)[]> {
  const found = await served(decisionsById(ids, service));
  return found.map((decision) => (decision instanceof DecisionPurged ? purged() : decision));
}

/** What is read for the longest part of the register serves the shorter ones too. */
async function exceptionsAfterEach(
  sequences: readonly number[],
  service: Service,
): Promise<StandingException[][]> {
  await exceptionsKnownTo({ exceptionSequence: Math.max(...sequences) }, service);
  return Promise.all(sequences.map((exceptionSequence) => exceptionsKnownTo({ exceptionSequence }, service)));
}
