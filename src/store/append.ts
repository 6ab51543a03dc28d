import { PoolClient } from "pg";
import { DecisionRow } from "./decisionRow";

/** A decision to be stored, and the leaf hash of the member's decision before it. */
export interface NewRow extends Omit<DecisionRow, "leafHash"> {
  readonly previousLeafHash: Buffer | null;
}

/** What new decisions of a member do to another one's place on the work list. */
export interface WorkListChange {
  readonly memberId: string;
  readonly memberSequence: number;
  readonly decisionId: string;
  /**
   * The decision since which it is a candidate, unless it has been one all along; null: it is none any more.
   */
  readonly cause: { readonly memberSequence: number; readonly decidedAt: string } | null;
  /** It ceased to be a candidate and became one again by decisions that are stored together. */
  readonly isReopened: boolean;
}

const columns = `member_id, member_sequence, id, kind, disposition, claim_number, date_of_service,
  decided_at, client_id, idempotency_key, request_hash, supersedes, policy_version_id, regions,
  procedure_codes, failed_rules, provider_npis, record, salt, leaf`;

/**
 * The first new row of each member is arbitrated by the primary key, its further ones follow it, and so do
 * the changes of its work list. A row is only stored behind the very decision that it was decided on, and not
 * by a process that slept between reading and writing. Members are taken in one order, so that batches that
 * cross cannot deadlock.
 */
export const appendStatement = `
with new_row as materialized (
  select * from json_to_recordset($1::json) as r (
    member_id text, member_sequence integer, id uuid, kind text, disposition text, claim_number text,
    date_of_service date, decided_at timestamptz, client_id text, idempotency_key text, request_hash bytea,
    supersedes integer, policy_version_id text, regions text[], procedure_codes text[], failed_rules text[],
    provider_npis text[], record text, salt bytea, leaf bytea, previous_leaf_hash bytea, is_first boolean)
), first_row as (
  insert into decision (${columns})
  select ${columns}
    from new_row n
   where is_first
     and clock_timestamp() < decided_at + interval '5 seconds'
     and (member_sequence = 1 or previous_leaf_hash = (
       select previous.leaf_hash from decision previous
        where previous.member_id = n.member_id and previous.member_sequence = n.member_sequence - 1))
   order by member_id collate "C"
  on conflict (member_id, member_sequence) do nothing
  returning member_id
), further_row as (
  insert into decision (${columns})
  select ${columns}
    from new_row
   where not is_first and member_id in (select member_id from first_row)
   order by member_id collate "C", member_sequence
), change as materialized (
  select * from json_to_recordset($2::json) as c (
    member_id text, member_sequence integer, decision_id uuid, cause_sequence integer, caused_at timestamptz,
    is_reopened boolean)
   where member_id in (select member_id from first_row)
), closed as (
  delete from readjudication_candidate candidate
   using change c
   where candidate.member_id = c.member_id and candidate.member_sequence = c.member_sequence
     and c.cause_sequence is null
), opened as (
  insert into readjudication_candidate as known (
         member_id, member_sequence, decision_id, cause_sequence, caused_at)
  select member_id, member_sequence, decision_id, cause_sequence, caused_at
    from change
   where cause_sequence is not null
  on conflict (member_id, member_sequence) do update
     set cause_sequence = excluded.cause_sequence, caused_at = excluded.caused_at
   where exists (
     select from change c
      where c.member_id = known.member_id and c.member_sequence = known.member_sequence and c.is_reopened)
)
select member_id from first_row`;

/**
 * Statement 2: stores new decisions, several of one member in the order of their sequence. Answers the
 * members whose rows are stored; of any other nothing is, and what was decided for it must be decided again
 * on its stream as it is now.
 */
export async function append(
  client: PoolClient,
  rows: readonly NewRow[],
  changes: readonly WorkListChange[],
): Promise<Set<string>> {
  const values = appendParameters(rows, changes);
  const stored = await client.query<{ member_id: string }>({ name: "append", text: appendStatement, values });
  return new Set(stored.rows.map(({ member_id: memberId }) => memberId));
}

/** The parameters of statement 2: all rows and all changes, each as JSON text. */
export function appendParameters(rows: readonly NewRow[], changes: readonly WorkListChange[]): string[] {
  const started = new Set<string>();
  const newRows = rows.map((row) => {
    const isFirst = !started.has(row.memberId);
    started.add(row.memberId);
    return wireRow(row, isFirst);
  });
  return [JSON.stringify(newRows), JSON.stringify(changes.map(wireChange))];
}

function wireRow(row: NewRow, isFirst: boolean): object {
  return {
    member_id: row.memberId,
    member_sequence: row.memberSequence,
    id: row.id,
    kind: row.kind,
    disposition: row.disposition,
    claim_number: row.claimNumber,
    date_of_service: row.dateOfService,
    decided_at: row.decidedAt,
    client_id: row.clientId,
    idempotency_key: row.idempotencyKey,
    request_hash: hexText(row.requestHash),
    supersedes: row.supersedes,
    policy_version_id: row.policyVersionId,
    regions: row.regions,
    procedure_codes: row.procedureCodes,
    failed_rules: row.failedRules,
    provider_npis: row.providerNpis,
    record: row.record,
    salt: hexText(row.salt),
    leaf: hexText(row.leaf),
    previous_leaf_hash: row.previousLeafHash && hexText(row.previousLeafHash),
    is_first: isFirst,
  };
}

function wireChange({ memberId, memberSequence, decisionId, cause, isReopened }: WorkListChange): object {
  return {
    member_id: memberId,
    member_sequence: memberSequence,
    decision_id: decisionId,
    cause_sequence: cause?.memberSequence ?? null,
    caused_at: cause?.decidedAt ?? null,
    is_reopened: isReopened,
  };
}

function hexText(bytes: Buffer): string {
  return `\\x${bytes.toString("hex")}`;
}
