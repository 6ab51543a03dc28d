import type {
  ClaimSessionInput,
  Decision,
  HistoricalSessionInput,
  ReviewDecisionInput,
  SubmitClaimSessionInput,
  UserError,
} from "../reference/contract";

/* What the clients sent and what they were told, as one clock of one process saw it. */

/** A decision with what the audit log holds of it, where that was asked for. */
export interface SeenDecision extends Decision {
  readonly audit?: { readonly leaf: string; readonly leafHash: string };
}

export interface Payload {
  readonly decision: SeenDecision | null;
  readonly userErrors: readonly (UserError & { readonly message: string })[];
  readonly replayed: boolean;
}

/** One input that stands and falls alone; several of a batch go with one request. */
export type Input =
  | { readonly kind: "claim"; readonly about: SubmitClaimSessionInput }
  | { readonly kind: "import"; readonly about: HistoricalSessionInput }
  | { readonly kind: "review"; readonly about: ReviewDecisionInput };

/**
 * What became of an input: it was decided, or refused by the policy's form; the service failed for good; or
 * nobody knows, for want of a reply or because the service says so.
 */
export type Result = "ok" | "refused" | "failed" | "unknown";

/** An input sent once. Instants are milliseconds of one clock. */
export interface Sending {
  readonly input: Input;
  readonly client: string;
  readonly memberId: string;
  readonly request: number;
  /** Its place among the inputs of the request. */
  readonly place: number;
  readonly invoked: number;
  readonly returned: number;
  readonly result: Result;
  readonly payload: Payload | null;
}

export interface Read {
  readonly client: string;
  readonly memberId: string;
  readonly asKnownAt: string | null;
  readonly invoked: number;
  readonly returned: number;
  readonly decisionIds: readonly string[];
}

export interface SeenCheckpoint {
  readonly treeSize: string;
  readonly rootHash: string;
  readonly note: string;
}

/** A reply as an auditor downloads it, and the decision or the member that it was asked about. */
export interface ShownProof {
  readonly of: "decision" | "member";
  readonly id: string;
  readonly reply: object;
}

/** A row as the database holds it. */
export interface Row {
  readonly id: string;
  readonly memberId: string;
  readonly memberSequence: number;
  readonly client: string;
  readonly idempotencyKey: string;
  readonly claimNumber: string;
  readonly dateOfService: string;
  readonly kind: string;
  readonly leafHash: string;
}

/** All that a run is judged by. */
export interface Evidence {
  readonly sendings: readonly Sending[];
  readonly reads: readonly Read[];
  /** Members' decisions as the API shows them in the end, by member sequence. */
  readonly decisions: ReadonlyMap<string, readonly SeenDecision[]>;
  /** Refusals to show them, one for each member. */
  readonly unreadable: readonly string[];
  readonly rows: readonly Row[];
  readonly checkpoints: readonly SeenCheckpoint[];
  /** The texts of all leaves of the log in their order. */
  readonly leaves: readonly string[];
  /** Of some decisions and members. */
  readonly proofs: readonly ShownProof[];
  /** The keys of its checkpoints, as verifiers take them. */
  readonly logKeys: readonly string[];
  /** Whatever was written or told, by where. */
  readonly output: ReadonlyMap<string, string>;
  readonly withHistory: boolean;
}

export function keyOf({ input, client, memberId }: Sending): string {
  return [memberId, client, input.about.idempotencyKey].join("\n");
}

/** The same key may have been used for different contents, of which one at most was decided. */
export function identityOf(sending: Sending): string {
  const { input } = sending;
  return `${keyOf(sending)}\n${input.kind === "review" ? input.about.decisionId : claimOf(input).claimNumber}`;
}

export function claimOf(
  input: Exclude<Input, { readonly kind: "review" }>,
): ClaimSessionInput | HistoricalSessionInput {
  return input.kind === "claim" ? input.about.session : input.about;
}
