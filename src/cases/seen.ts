import { Ruling } from "../adjudication/decide";
import { RefusalCode } from "../adjudication/refusal";
import { failedRules } from "../ledger/leaf";
import { DecisionDisposition, DecisionKind } from "../member/decision";

/** What a use case tells of its work: words of the policy and numbers, nothing of a claim. */
export type CaseSeen =
  | {
      /** A decision is stored. */
      readonly what: "decided";
      readonly kind: DecisionKind;
      readonly disposition: DecisionDisposition;
      readonly failedRules: readonly string[];
      readonly policyVersionId?: string;
    }
  | { readonly what: "replayed" }
  /** An input was refused, for whatever number of faults. */
  | { readonly what: "refused"; readonly code: RefusalCode }
  /** The rules were run on a request. */
  | { readonly what: "adjudicated"; readonly milliseconds: number }
  /** Requests have come to the head of their members' queues. */
  | { readonly what: "waited"; readonly milliseconds: number }
  /** Streams are about to be read, decided on and added to. */
  | { readonly what: "attempted" }
  /** So many streams had another next link by then. */
  | { readonly what: "conflicted"; readonly streams: number }
  /** The connection was lost while rows were sent. */
  | { readonly what: "outcomeUnknown" };

/** Counts or notes what is seen. It must not throw. */
export type ObserveCase = (seen: CaseSeen) => void;

export function rulingSeen(ruling: Ruling): CaseSeen {
  if (ruling.kind === "replayed") return { what: "replayed" };
  if (ruling.kind === "refused") return { what: "refused", code: ruling.refusals[0].code };
  const { kind, disposition, policyVersionId } = ruling.decision;
  const rules = failedRules(ruling.decision);
  return { what: "decided", kind, disposition, failedRules: rules, policyVersionId };
}
