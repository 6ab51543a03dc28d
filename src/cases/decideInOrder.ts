import { decide, Ruling } from "../adjudication/decide";
import { reassess } from "../adjudication/reassess";
import { memberIdOf, Request, requestHash } from "../adjudication/request";
import { leafHashOf, sealDecision } from "../ledger/leaf";
import { Decision } from "../member/decision";
import { ExceptionRegister } from "../policy/exceptionRegister";
import { NewRow, WorkListChange } from "../store/append";
import { rowOf } from "../store/decisionRow";
import { StreamRead } from "../store/writePath";
import { policyUnder } from "./exceptions";
import { DecidingService } from "./service";
import { addReassessments } from "./workListChanges";

/** What requests come to, and what has to be stored for it. */
export interface DecidedInOrder {
  readonly rulings: ReadonlyMap<Request, Ruling>;
  readonly rows: readonly NewRow[];
  readonly changes: readonly WorkListChange[];
}

/** Decides in order; of several requests of one member each sees the decisions of those before it. */
export function decideInOrder(
  requests: readonly Request[],
  streams: ReadonlyMap<string, StreamRead>,
  register: ExceptionRegister,
  service: DecidingService,
): DecidedInOrder {
  const policy = policyUnder(register, service.policyVersions);
  const rulings = new Map<Request, Ruling>();
  const rows: NewRow[] = [];
  const changes = new Map<string, WorkListChange>();
  const grown = new Map(streams);
  for (const request of requests) {
    const read = grown.get(memberIdOf(request));
    if (!read) throw new Error("a stream that was asked for was not read");
    const startedAt = service.elapsed();
    const ruling = decide(request, read.stream, policy, { now: read.now, id: service.newId() });
    rulings.set(request, ruling);
    if (ruling.kind !== "decided") continue;
    service.observe({ what: "adjudicated", milliseconds: service.elapsed() - startedAt });
    const row = newRow(ruling.decision, requestHash(request), read, service);
    rows.push(row);
    const reassessed = reassess(read.stream, ruling.decision, service.policyVersions);
    addReassessments(changes, reassessed, ruling.decision);
    const stream = [...read.stream, ruling.decision];
    grown.set(memberIdOf(request), { ...read, stream, lastLeafHash: leafHashOf(row.leaf) });
  }
  return { rulings, rows, changes: [...changes.values()] };
}

function newRow(
  decision: Decision,
  hash: string,
  { lastLeafHash: previousLeafHash }: StreamRead,
  { newSalt, policyVersions }: DecidingService,
): NewRow {
  const version = policyVersions.find(({ id }) => id === decision.policyVersionId);
  const links = { previousLeafHash, policyHash: version?.contentHash ?? null };
  return { ...rowOf(decision, sealDecision(decision, newSalt(), links), hash), previousLeafHash };
}
