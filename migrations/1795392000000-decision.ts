import { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The decisions of all members, and the policy versions that they name. Both are append-only, whoever asks.
 */
export class Decision1795392000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(refuseChange);
    await queryRunner.query(decision);
    await queryRunner.query(policyVersion);
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const refuseChange = `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: append-only', tg_op, tg_table_name using errcode = '55000';
end $$;
comment on function refuse_change() is 'Of every append-only table: nothing recorded is changed or removed.';
`;

const decision = `
create table decision (
  member_id text not null
    constraint decision_member_id_form check (member_id ~ '^[\\x21-\\x7e]{1,64}$'),
  member_sequence integer not null
    constraint decision_member_sequence_from_1 check (member_sequence > 0),
  id uuid not null,
  kind text not null
    constraint decision_kind_known check (kind in ('ADJUDICATION', 'IMPORT', 'VOID', 'REVIEW')),
  disposition text not null
    constraint decision_disposition_known
    check (disposition in ('APPROVED', 'PARTIAL', 'DENIED', 'PENDED', 'NOT_GOVERNED', 'VOIDED')),
  claim_number text not null,
  date_of_service date not null
    constraint decision_date_of_service_in_range
    check (date_of_service between '1990-01-01' and '2199-12-31'),
  decided_at timestamptz not null,
  client_id text not null,
  idempotency_key text not null
    constraint decision_idempotency_key_form check (idempotency_key ~ '^[\\x21-\\x7e]{1,255}$'),
  request_hash bytea not null
    constraint decision_request_hash_is_sha256 check (octet_length(request_hash) = 32),
  supersedes integer
    constraint decision_supersedes_earlier check (supersedes < member_sequence),
  policy_version_id text,
  regions text[] not null,
  procedure_codes text[] not null,
  failed_rules text[] not null,
  provider_npis text[] not null,
  record text not null,
  salt bytea not null
    constraint decision_salt_of_16_bytes check (octet_length(salt) = 16),
  leaf bytea not null,
  leaf_hash bytea not null generated always as (sha256('\\x00'::bytea || leaf)) stored,
  xact xid8 not null default pg_current_xact_id(),
  constraint decision_pkey primary key (member_id, member_sequence),
  constraint decision_idempotency_key unique (member_id, client_id, idempotency_key)
);
create unique index decision_claim on decision (member_id, claim_number, date_of_service)
  where kind <> 'REVIEW';
create unique index decision_supersedes on decision (member_id, supersedes) where supersedes is not null;
create index decision_id on decision (id);
create index decision_decided_at on decision (decided_at, id);
create index decision_xact on decision (xact);

create trigger append_only before update or delete on decision
  for each row execute function refuse_change();
create trigger no_truncate before truncate on decision
  for each statement execute function refuse_change();
alter table decision enable always trigger append_only;
alter table decision enable always trigger no_truncate;

comment on table decision is
  'One row for each decision. The rows of a member are its stream; the primary key is the arbiter of races.';
comment on column decision.member_id is 'The payer''s person-level key.';
comment on column decision.member_sequence is 'Place in the member''s stream: 1, 2, 3 without gaps.';
comment on column decision.id is 'UUIDv7; holds nothing of the member.';
comment on column decision.kind is 'What made it: a claim, an import, a void, a review.';
comment on column decision.disposition is 'What was decided about the claim as a whole.';
comment on column decision.claim_number is
  'The claim that was decided; a review carries that of what it reviews.';
comment on column decision.date_of_service is 'Calendar date, without time or zone.';
comment on column decision.decided_at is
  'By the database''s clock, in milliseconds; never decreasing in a stream.';
comment on column decision.client_id is 'The client whose token submitted it.';
comment on column decision.idempotency_key is 'The client''s key; stands for this decision for ever.';
comment on column decision.request_hash is 'SHA-256 of the canonical request without its key.';
comment on column decision.supersedes is 'member_sequence of the decision that this one takes the place of.';
comment on column decision.policy_version_id is 'The version whose rules were run; null where none were.';
comment on column decision.regions is 'Spinal regions of the governed lines.';
comment on column decision.procedure_codes is 'Procedure codes of all lines.';
comment on column decision.failed_rules is 'Rules with a NOT_MET or UNDETERMINED finding.';
comment on column decision.provider_npis is 'Billing and rendering providers.';
comment on column decision.record is 'RFC 8785 canonical JSON of the whole decision, as hashed.';
comment on column decision.salt is 'Random; the leaf holds SHA-256 of salt and record.';
comment on column decision.leaf is
  'What the audit log holds of the decision: canonical JSON without personal content.';
comment on column decision.leaf_hash is 'RFC 6962 leaf hash; the next leaf of the member names it.';
comment on column decision.xact is 'Writing transaction; orders the audit log. Never given by the service.';
`;

const policyVersion = `
create table policy_version (
  id text not null constraint policy_version_pkey primary key,
  effective_from date not null,
  content text not null,
  content_hash bytea not null
    constraint policy_version_content_hash_matches check (content_hash = sha256(convert_to(content, 'UTF8'))),
  first_used_at timestamptz not null default clock_timestamp()
);

create trigger append_only before update or delete on policy_version
  for each row execute function refuse_change();
create trigger no_truncate before truncate on policy_version
  for each statement execute function refuse_change();
alter table policy_version enable always trigger append_only;
alter table policy_version enable always trigger no_truncate;

comment on table policy_version is 'Each policy version as it was when a decision first named it.';
comment on column policy_version.id is 'Policy and effective date, such as molina-esi@2021-12-12.';
comment on column policy_version.effective_from is 'First date of service that it judges.';
comment on column policy_version.content is 'Canonical JSON of the whole version.';
comment on column policy_version.content_hash is 'SHA-256 of content; decisions name it.';
comment on column policy_version.first_used_at is 'When the first decision under it was about to be stored.';
`;
