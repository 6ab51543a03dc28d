import { AccessedMember } from "../cases/accessLog";
import { membersNamed, Operation } from "./membersNamed";
import { rootFieldsOf } from "./selected";

/** Something of a member that is shown: one of the decisions, or something that follows from them. */
export interface Shown {
  readonly memberId: string;
  readonly decisionId?: string;
  /** The request itself has stored the decision, and so is on record. */
  readonly isNew?: boolean;
}

/** How an operation ended. */
export interface EndedOperation extends Operation {
  readonly isRefused: boolean;
  /** Whether its reply has any fields. */
  readonly isDelivered: boolean;
}

/** What the access log is to say of a request. */
export interface ToldAccess {
  readonly operation: string;
  readonly members: readonly AccessedMember[];
}

/** What a request shows of whom, noted while it is answered. */
export interface RequestAccess {
  readonly note: (shown: Shown) => void;
  readonly end: (operation: EndedOperation) => void;
  readonly told: () => ToldAccess;
}

const mostDenied = 100;
const longestOperation = 255;

export function requestAccess(): RequestAccess {
  const shown = new Map<string, Set<string>>();
  const stored = new Set<string>();
  const storedFor = new Set<string>();
  let ended: EndedOperation | undefined;
  const note = ({ memberId, decisionId, isNew }: Shown): void => {
    const decisions = shown.get(memberId) ?? new Set();
    shown.set(memberId, decisions);
    if (decisionId !== undefined) decisions.add(decisionId);
    if (decisionId === undefined || !isNew) return;
    stored.add(decisionId);
    storedFor.add(memberId);
  };
  const told = (): ToldAccess => {
    if (!ended) return { operation: "", members: [] };
    const decisions = new Map(
      [...shown].map(([memberId, ids]) => [memberId, [...ids].filter((id) => !stored.has(id)).length]),
    );
    const members = membersOf(ended, decisions, storedFor);
    if (members.length === 0) return { operation: "", members };
    const fields = rootFieldsOf(ended.document, ended.operation).filter((name) => !name.startsWith("__"));
    return { operation: fields.join(",").slice(0, longestOperation), members };
  };
  return { note, told, end: (operation) => (ended = operation) };
}

/**
 * A query is told of every member that it names or shows. A mutation is told by the decision that it stores:
 * here those count of whom it shows others, such as one stored before under the same key, and those for whom
 * it stored nothing, since a refusal tells what is on file too.
 */
function membersOf(
  ended: EndedOperation,
  shown: ReadonlyMap<string, number>,
  storedFor: ReadonlySet<string>,
): AccessedMember[] {
  const isMutation = ended.operation.operation === "mutation";
  const allowed = new Map([...shown].filter(([, decisions]) => !isMutation || decisions > 0));
  if (!ended.isDelivered) allowed.clear();
  const others = membersNamed(ended).filter((memberId) => !allowed.has(memberId) && !storedFor.has(memberId));
  if (ended.isDelivered && !ended.isRefused) others.splice(0).forEach((memberId) => allowed.set(memberId, 0));
  const denied = ended.isRefused ? others.slice(0, mostDenied) : [];
  return [
    ...[...allowed].map(([memberId, decisions]) => ({ memberId, decisions, outcome: "ALLOWED" as const })),
    ...denied.map((memberId) => ({ memberId, decisions: 0, outcome: "DENIED" as const })),
  ];
}
