import { MigrationInterface, QueryRunner } from "typeorm";

/** Who was shown what of which member, and who was refused it: kept like a decision, and for as long. */
export class AccessLog1795489200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(accessLog);
    await queryRunner.query(comments);
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const visible = (characters: number) => `~ '^[\\x21-\\x7e]{1,${characters}}$'`;

const accessLog = `
create table access_log (
  at timestamptz not null default clock_timestamp(),
  request_id text not null constraint access_log_request_id_form check (request_id ${visible(64)}),
  subject text not null constraint access_log_subject_form check (subject ${visible(255)}),
  client_id text not null constraint access_log_client_id_form check (client_id ${visible(255)}),
  member_id text not null constraint access_log_member_id_form check (member_id ${visible(64)}),
  operation text not null constraint access_log_operation_form check (operation ${visible(255)}),
  document_hash bytea not null
    constraint access_log_document_hash_is_sha256 check (octet_length(document_hash) = 32),
  purpose text constraint access_log_purpose_form check (purpose ${visible(64)}),
  decisions integer not null constraint access_log_decisions_from_0 check (decisions >= 0),
  outcome text not null constraint access_log_outcome_known check (outcome in ('ALLOWED', 'DENIED')),
  constraint access_log_pkey primary key (member_id, at, request_id)
);
create index access_log_at on access_log (at, request_id, member_id);

create trigger append_only before update or delete on access_log
  for each row execute function refuse_change();
create trigger no_truncate before truncate on access_log
  for each statement execute function refuse_change();
alter table access_log enable always trigger append_only;
alter table access_log enable always trigger no_truncate;
`;

const comments = `
comment on table access_log is
  'One row for each member and request that was shown the member''s data, or was refused it.';
comment on column access_log.at is 'By the database''s clock, before the first byte of the reply.';
comment on column access_log.request_id is 'The id that the reply and the service''s log carry.';
comment on column access_log.subject is 'The person or program that the token speaks for.';
comment on column access_log.client_id is 'The client of the token.';
comment on column access_log.member_id is 'The member whose data it was.';
comment on column access_log.operation is 'The root fields of the operation, or the path of the request.';
comment on column access_log.document_hash is 'SHA-256 of the document or the filter: what was asked for.';
comment on column access_log.purpose is 'Purpose of use as the request gave it; null where it gave none.';
comment on column access_log.decisions is 'How many of the member''s decisions were shown.';
comment on column access_log.outcome is 'ALLOWED, or DENIED for a scope that was missing.';
`;
