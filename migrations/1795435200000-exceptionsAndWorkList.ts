import { MigrationInterface, QueryRunner } from "typeorm";

/** The register of exceptions, append-only, and the work list, which follows from the streams. */
export class ExceptionsAndWorkList1795435200000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(policyException);
    await queryRunner.query(workList);
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const policyException = `
create table policy_exception (
  sequence integer not null
    constraint policy_exception_pkey primary key
    constraint policy_exception_sequence_from_1 check (sequence > 0),
  id uuid not null constraint policy_exception_id unique,
  declared_at timestamptz not null,
  declared_by text not null,
  record text not null,
  leaf bytea not null,
  leaf_hash bytea not null generated always as (sha256('\\x00'::bytea || leaf)) stored,
  xact xid8 not null default pg_current_xact_id()
);
create index policy_exception_xact on policy_exception (xact);

create trigger append_only before update or delete on policy_exception
  for each row execute function refuse_change();
create trigger no_truncate before truncate on policy_exception
  for each statement execute function refuse_change();
alter table policy_exception enable always trigger append_only;
alter table policy_exception enable always trigger no_truncate;

comment on table policy_exception is
  'The register of exceptions: what was declared, and the ends that were declared later.';
comment on column policy_exception.sequence is
  'Place in the register: 1, 2, 3 without gaps; the arbiter of races. A decision names how far it had read.';
comment on column policy_exception.id is 'UUIDv7.';
comment on column policy_exception.declared_at is
  'By the database''s clock, in milliseconds; never decreasing.';
comment on column policy_exception.declared_by is 'The person or program that declared it.';
comment on column policy_exception.record is 'RFC 8785 canonical JSON of the whole entry, as hashed.';
comment on column policy_exception.leaf is 'What the audit log holds of the entry: canonical JSON.';
comment on column policy_exception.leaf_hash is 'RFC 6962 leaf hash.';
comment on column policy_exception.xact is
  'Writing transaction; orders the audit log. Never given by the service.';
`;

const workList = `
create table readjudication_candidate (
  member_id text not null,
  member_sequence integer not null,
  decision_id uuid not null,
  cause_sequence integer not null
    constraint readjudication_candidate_cause_is_later check (cause_sequence > member_sequence),
  caused_at timestamptz not null,
  constraint readjudication_candidate_pkey primary key (member_id, member_sequence)
);
create index readjudication_candidate_newest on readjudication_candidate (caused_at, decision_id);

comment on table readjudication_candidate is
  'The work list. It follows from the streams, is kept with them in one statement, and can be built anew.';
comment on column readjudication_candidate.member_id is 'The member.';
comment on column readjudication_candidate.member_sequence is 'Of the decision that would now differ.';
comment on column readjudication_candidate.decision_id is 'Its id.';
comment on column readjudication_candidate.cause_sequence is
  'member_sequence of the decision since which it would, without a break.';
comment on column readjudication_candidate.caused_at is 'When that one was decided.';

create table work_list_build (
  built_at timestamptz not null default clock_timestamp(),
  engine_version text not null,
  members integer not null,
  candidates integer not null
);
-- Decisions that are there already were stored without a work list: then it has to be built first.
insert into work_list_build (engine_version, members, candidates)
select '1.0.0', 0, 0
 where not exists (select from decision);

create trigger append_only before update or delete on work_list_build
  for each row execute function refuse_change();
create trigger no_truncate before truncate on work_list_build
  for each statement execute function refuse_change();
alter table work_list_build enable always trigger append_only;
alter table work_list_build enable always trigger no_truncate;

comment on table work_list_build is
  'When the work list was built from the streams; no row of an engine version: not yet by its rules.';
comment on column work_list_build.built_at is 'The end of the build.';
comment on column work_list_build.engine_version is 'Whose rules said what would now differ.';
comment on column work_list_build.members is 'How many streams were read.';
comment on column work_list_build.candidates is 'How many candidates were found.';
`;
