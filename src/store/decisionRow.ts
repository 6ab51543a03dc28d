import { Column, Entity, PrimaryColumn } from "typeorm";
import { Instant } from "../claim/instant";
import { PlainDate } from "../claim/plainDate";
import { failedRules, Sealed } from "../ledger/leaf";
import { Decision, DecisionDisposition, DecisionKind } from "../member/decision";

/**
 * A stored decision: the record as hashed, what the audit log needs, and the columns by which it is found.
 */
@Entity("decision")
export class DecisionRow implements Sealed {
  @PrimaryColumn("text", { name: "member_id" })
  memberId: string;

  @PrimaryColumn("integer", { name: "member_sequence" })
  memberSequence: number;

  @Column("uuid")
  id: string;

  @Column("text")
  kind: DecisionKind;

  @Column("text")
  disposition: DecisionDisposition;

  @Column("text", { name: "claim_number" })
  claimNumber: string;

  @Column("date", { name: "date_of_service" })
  dateOfService: PlainDate;

  @Column("timestamptz", { name: "decided_at" })
  decidedAt: Instant;

  @Column("text", { name: "client_id" })
  clientId: string;

  @Column("text", { name: "idempotency_key" })
  idempotencyKey: string;

  @Column("bytea", { name: "request_hash" })
  requestHash: Buffer;

  @Column("integer", { nullable: true })
  supersedes: number | null;

  @Column("text", { name: "policy_version_id", nullable: true })
  policyVersionId: string | null;

  @Column("text", { array: true })
  regions: string[];

  @Column("text", { name: "procedure_codes", array: true })
  procedureCodes: string[];

  @Column("text", { name: "failed_rules", array: true })
  failedRules: string[];

  @Column("text", { name: "provider_npis", array: true })
  providerNpis: string[];

  @Column("text")
  record: string;

  @Column("bytea")
  salt: Buffer;

  @Column("bytea")
  leaf: Buffer;

  /**
   * Computed by the database; the column xact, by which the audit log is ordered, is never read or written
   * here.
   */
  @Column({ type: "bytea", name: "leaf_hash", insert: false })
  readonly leafHash: Buffer;
}

/** The row of a decision. `requestHash` is that of the request it was made on, in hex. */
export function rowOf(
  decision: Decision,
  sealed: Sealed,
  requestHash: string,
): Omit<DecisionRow, "leafHash"> {
  const { session, lines } = decision;
  return {
    memberId: decision.memberId,
    memberSequence: decision.memberSequence,
    id: decision.id,
    kind: decision.kind,
    disposition: decision.disposition,
    claimNumber: session.claimNumber,
    dateOfService: session.dateOfService,
    decidedAt: decision.decidedAt,
    clientId: decision.clientId,
    idempotencyKey: decision.idempotencyKey,
    requestHash: Buffer.from(requestHash, "hex"),
    supersedes: decision.supersedes?.memberSequence ?? null,
    policyVersionId: decision.policyVersionId ?? null,
    regions: distinct(lines.flatMap(({ region }) => region ?? [])),
    procedureCodes: distinct(lines.map(({ procedureCode }) => procedureCode)),
    failedRules: failedRules(decision),
    providerNpis: distinct(
      [session.billingProviderNpi, session.renderingProviderNpi].flatMap((npi) => npi ?? []),
    ),
    ...sealed,
  };
}

function distinct(texts: readonly string[]): string[] {
  return texts.length < 2 ? [...texts] : [...new Set(texts)].sort();
}
