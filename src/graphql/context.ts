import DataLoader from "dataloader";
import { Caller } from "../access/caller";
import { decisionsById, memberStream, successorsOf } from "../cases/reading";
import { Service } from "../cases/service";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
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
}

export function contextFor(service: Service, caller: Caller, requestId: string): GraphqlContext {
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
  };
}
