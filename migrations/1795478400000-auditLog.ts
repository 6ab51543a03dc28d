import { MigrationInterface, QueryRunner } from "typeorm";

/** The sealed log of all entries: its leaves, its tree, what was signed of it, and what purges leave. */
export class AuditLog1795478400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(purge);
    await queryRunner.query(log);
    await queryRunner.query(keys);
    await queryRunner.query(appendOnly);
    await queryRunner.query(comments);
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const purge = `
create table purge (
  sequence integer not null
    constraint purge_pkey primary key
    constraint purge_sequence_from_1 check (sequence > 0),
  id uuid not null constraint purge_id unique,
  purged_at timestamptz not null,
  purged_by text not null default session_user,
  basis text not null,
  leaf bytea not null,
  leaf_hash bytea not null generated always as (sha256('\\x00'::bytea || leaf)) stored,
  xact xid8 not null default pg_current_xact_id()
);
create index purge_xact on purge (xact);

create table purged_decision (
  entry_id uuid not null constraint purged_decision_pkey primary key,
  purge_sequence integer not null constraint purged_decision_purge references purge,
  leaf bytea not null,
  xact xid8 not null default pg_current_xact_id()
);

create view audit_source as
select 'decision'::text as source, id as entry_id, xact, member_sequence as ordinal, leaf_hash from decision
 union all
select 'policy_exception', id, xact, sequence, leaf_hash from policy_exception
 union all
select 'purge', id, xact, sequence, leaf_hash from purge;
`;

const log = `
create table audit_leaf (
  leaf_index bigint not null
    constraint audit_leaf_pkey primary key
    constraint audit_leaf_index_from_0 check (leaf_index >= 0),
  entry_id uuid not null constraint audit_leaf_entry unique,
  source text not null
    constraint audit_leaf_source_known check (source in ('decision', 'policy_exception', 'purge')),
  leaf_hash bytea not null constraint audit_leaf_hash_is_sha256 check (octet_length(leaf_hash) = 32)
);

create table audit_tile (
  level smallint not null,
  idx bigint not null,
  hashes bytea not null constraint audit_tile_is_full check (octet_length(hashes) = 8192),
  root bytea not null constraint audit_tile_root_is_sha256 check (octet_length(root) = 32),
  constraint audit_tile_pkey primary key (level, idx)
);

create table audit_cluster (
  cluster_id bigint not null constraint audit_cluster_pkey primary key,
  low_water xid8 not null,
  at timestamptz not null default clock_timestamp()
);

create table audit_head (
  tree_size bigint not null constraint audit_head_pkey primary key,
  root bytea not null constraint audit_head_root_is_sha256 check (octet_length(root) = 32),
  cluster_id bigint not null constraint audit_head_cluster references audit_cluster,
  low_water xid8 not null,
  at timestamptz not null default clock_timestamp()
);

create table audit_checkpoint (
  tree_size bigint not null constraint audit_checkpoint_head references audit_head,
  key_id text not null,
  note text not null,
  at timestamptz not null default clock_timestamp(),
  constraint audit_checkpoint_pkey primary key (tree_size, key_id)
);

-- Numbers of transactions mean something in one cluster only. Rows that seem to come from the future were
-- restored from another: then the log waits until somebody has looked.
insert into audit_cluster (cluster_id, low_water)
select system_identifier, '0'
  from pg_control_system()
 where not exists (select from audit_source where xact > pg_current_xact_id());
`;

const keys = `
create table audit_key (
  verifier_key text not null constraint audit_key_pkey primary key,
  use text not null constraint audit_key_use_known check (use in ('checkpoint', 'receipt')),
  at timestamptz not null default clock_timestamp()
);

create table audit_key_end (
  verifier_key text not null
    constraint audit_key_end_pkey primary key
    constraint audit_key_end_key references audit_key,
  at timestamptz not null default clock_timestamp()
);
`;

const tables = [
  ...["purge", "purged_decision", "audit_leaf", "audit_tile", "audit_cluster", "audit_head"],
  ...["audit_checkpoint", "audit_key", "audit_key_end"],
];

const appendOnly = tables
  .map(
    (table) => `
create trigger append_only before update or delete on ${table}
  for each row execute function refuse_change();
create trigger no_truncate before truncate on ${table}
  for each statement execute function refuse_change();
alter table ${table} enable always trigger append_only;
alter table ${table} enable always trigger no_truncate;
`,
  )
  .join("");

const comments = `
comment on table purge is 'One row for each member whose decisions were erased after their retention.';
comment on column purge.sequence is 'Place among the purges: 1, 2, 3 without gaps; the arbiter of races.';
comment on column purge.id is 'UUIDv7.';
comment on column purge.purged_at is 'By the database''s clock, in milliseconds.';
comment on column purge.purged_by is 'The role that did it.';
comment on column purge.basis is 'Why it could be done, in the words of who did it.';
comment on column purge.leaf is
  'What the audit log holds of the purge: canonical JSON with the decisions'' ids.';
comment on column purge.leaf_hash is 'RFC 6962 leaf hash.';
comment on column purge.xact is 'Writing transaction; orders the audit log. Never given by a program.';

comment on table purged_decision is 'What is left of an erased decision: its leaf, which names no member.';
comment on column purged_decision.entry_id is 'The decision''s id.';
comment on column purged_decision.purge_sequence is 'The purge that erased it.';
comment on column purged_decision.leaf is 'The decision''s leaf as it is in the audit log.';
comment on column purged_decision.xact is 'Writing transaction: the only one that may delete the decision.';

comment on view audit_source is 'Everything that becomes a leaf of the audit log.';

comment on table audit_leaf is 'The leaves of the audit log, in their order for ever.';
comment on column audit_leaf.leaf_index is 'Place in the log: 0, 1, 2 without gaps.';
comment on column audit_leaf.entry_id is 'Id of the decision, the exception''s entry or the purge.';
comment on column audit_leaf.source is 'The table that the entry is in, or was in before a purge.';
comment on column audit_leaf.leaf_hash is 'RFC 6962 leaf hash as it was sealed: an independent copy.';

comment on table audit_tile is 'Full rows of 256 hashes of the tree; proofs are made of them.';
comment on column audit_tile.level is 'Each hash is the root of 256^level leaves.';
comment on column audit_tile.idx is 'Place among the tiles of the level, from 0.';
comment on column audit_tile.hashes is '256 hashes of 32 bytes.';
comment on column audit_tile.root is 'Root of the hashes: a hash of the level above.';

comment on table audit_cluster is
  'The database clusters that the log has lived in; numbers of transactions are one''s own.';
comment on column audit_cluster.cluster_id is 'System identifier of the cluster.';
comment on column audit_cluster.low_water is
  'Transactions below it were sealed when the log came to the cluster.';
comment on column audit_cluster.at is 'When it came.';

comment on table audit_head is 'What the tree was after each pass of the sealer.';
comment on column audit_head.tree_size is 'Number of leaves.';
comment on column audit_head.root is 'RFC 6962 root hash of the first so many leaves.';
comment on column audit_head.cluster_id is 'The cluster that it was sealed in.';
comment on column audit_head.low_water is
  'Writing transaction of the last leaf: the next pass looks from there on.';
comment on column audit_head.at is 'When it was sealed.';

comment on table audit_checkpoint is 'Heads as they were signed, a row for each key.';
comment on column audit_checkpoint.tree_size is 'The head.';
comment on column audit_checkpoint.key_id is 'Id of the key in hex.';
comment on column audit_checkpoint.note is 'C2SP signed note with the signature of that key.';
comment on column audit_checkpoint.at is 'When it was signed.';

comment on table audit_key is 'Every key that has signed for the log; kept for ever.';
comment on column audit_key.verifier_key is 'C2SP verifier key: name, key id and public key.';
comment on column audit_key.use is 'What it signs.';
comment on column audit_key.at is 'Since when.';

comment on table audit_key_end is 'Keys that sign no more. What they signed stays evidence.';
comment on column audit_key_end.verifier_key is 'The key.';
comment on column audit_key_end.at is 'Since when.';
`;
