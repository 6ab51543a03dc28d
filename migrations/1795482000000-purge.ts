import { MigrationInterface, QueryRunner } from "typeorm";

/** How a member's decisions can be erased after their retention, and what forbids it. */
export class Purge1795482000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(refuseChange);
    await queryRunner.query(legalHold);
    await queryRunner.query(purgeMember);
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const refuseChange = `
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'decision' then
    -- A decision leaves only together with the row that says so and keeps its leaf, as it was sealed.
    if exists (select from purged_decision p
                 join audit_leaf l on l.entry_id = p.entry_id and l.leaf_hash = old.leaf_hash
                where p.entry_id = old.id and p.leaf = old.leaf and p.xact = pg_current_xact_id()) then
      return old;
    end if;
  end if;
  raise exception '% on % is refused: append-only', tg_op, tg_table_name using errcode = '55000';
end $$;
comment on function refuse_change() is
  'Of every append-only table: nothing recorded is changed or removed, but a decision by a purge.';
`;

const legalHold = `
create table legal_hold (
  sequence integer generated always as identity constraint legal_hold_pkey primary key,
  member_id text not null
    constraint legal_hold_member_id_form check (member_id ~ '^[\\x21-\\x7e]{1,64}$'),
  reference text not null
    constraint legal_hold_reference_form
    check (length(reference) between 1 and 500 and reference !~ '[\\x01-\\x1f\\x7f]'),
  is_placed boolean not null,
  at timestamptz not null default clock_timestamp(),
  declared_by text not null default session_user
);
create index legal_hold_member on legal_hold (member_id, reference, sequence);

create trigger append_only before update or delete on legal_hold
  for each row execute function refuse_change();
create trigger no_truncate before truncate on legal_hold
  for each statement execute function refuse_change();
alter table legal_hold enable always trigger append_only;
alter table legal_hold enable always trigger no_truncate;

create function is_on_legal_hold(p_member text) returns boolean language sql stable as $$
  select exists (
    select from (select distinct on (reference) is_placed
                   from legal_hold where member_id = p_member
                  order by reference, sequence desc) newest
     where is_placed)
$$;

comment on table legal_hold is 'Members whose decisions must not be erased, and when that ended.';
comment on column legal_hold.sequence is 'Order of the declarations.';
comment on column legal_hold.member_id is 'The member.';
comment on column legal_hold.reference is
  'The matter, such as a docket number; each is placed and lifted by itself.';
comment on column legal_hold.is_placed is 'True where the hold begins, false where it ends.';
comment on column legal_hold.at is 'When it was declared.';
comment on column legal_hold.declared_by is 'The role that declared it.';
comment on function is_on_legal_hold(text) is 'Whether any hold of the member was placed and not lifted.';
`;

const purgeMember = `
alter table purge add constraint purge_basis_form
  check (length(basis) between 1 and 500 and basis !~ '[\\x01-\\x1f\\x7f]' and basis ~ '[^[:space:]]');

create function purge_member(
  p_member text, p_older_than timestamptz, p_sequence integer, p_id uuid, p_at timestamptz,
  p_basis text, p_leaf bytea
) returns integer language plpgsql
-- Plans are made once for a connection, when the tables may still be empty, and then used for every member.
set enable_seqscan = off
set timezone = 'UTC' as $$
declare
  entries jsonb;
  erased integer;
begin
  -- Any other isolation would go on looking at the stream as it was before the locks, and erase part of it.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'a purge needs the isolation read committed' using errcode = '25000';
  end if;
  if p_at > clock_timestamp() or p_at < clock_timestamp() - interval '5 seconds' then
    raise exception 'a purge is dated by the clock of the database' using errcode = '22023';
  end if;
  if p_older_than > p_at - interval '6 years' then
    raise exception 'retention is at least 6 years' using errcode = '22023';
  end if;
  -- Waits for decisions on their way; a later one finds its predecessor gone and is decided anew.
  lock table decision in share row exclusive mode;
  lock table legal_hold in share row exclusive mode;
  if is_on_legal_hold(p_member) then
    raise exception 'a legal hold stands' using errcode = '22023';
  end if;
  if exists (select from decision where member_id = p_member and decided_at >= p_older_than) then
    raise exception 'there are younger decisions' using errcode = '22023';
  end if;
  if p_sequence <> (select coalesce(max(sequence), 0) + 1 from purge) then
    raise exception 'another purge was first' using errcode = '40001';
  end if;
  select jsonb_agg(id order by member_sequence) into entries from decision where member_id = p_member;
  -- What will be sealed says exactly what is erased here.
  if entries is null or convert_from(p_leaf, 'UTF8')::jsonb is distinct from jsonb_build_object(
       'at', to_char(p_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'basis', p_basis, 'entries', entries,
       'id', p_id, 'seq', p_sequence, 'type', 'purge', 'v', 1) then
    raise exception 'the leaf does not say what would be erased' using errcode = '22023';
  end if;
  insert into purge (sequence, id, purged_at, basis, leaf)
  values (p_sequence, p_id, p_at, p_basis, p_leaf);
  insert into purged_decision (entry_id, purge_sequence, leaf)
  select d.id, p_sequence, d.leaf
    from decision d
    join audit_leaf l on l.entry_id = d.id and l.leaf_hash = d.leaf_hash
   where d.member_id = p_member;
  -- A decision that is not sealed as it stands has no row above, and its deletion is refused.
  delete from decision where member_id = p_member;
  get diagnostics erased = row_count;
  delete from readjudication_candidate where member_id = p_member;
  return erased;
end $$;
comment on function purge_member(text, timestamptz, integer, uuid, timestamptz, text, bytea) is
  'Erases a member''s decisions; answers how many. Leaves, log and proofs stay.';
revoke execute on function purge_member(text, timestamptz, integer, uuid, timestamptz, text, bytea)
  from public;
`;
