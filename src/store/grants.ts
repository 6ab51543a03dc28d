/** What a role may do with a table. */
export interface TableRights {
  /** The columns that it may read. */
  readonly select?: "every column";
  /** The columns that it may give a value for: those that the database fills are never among them. */
  readonly insert?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: "any row";
}

/** By the name of the table; with any other table a role may do nothing. */
export type Grants = Readonly<Record<string, TableRights>>;

const select = "every column";

/**
 * All that the role of the service may do. It appends, and changes nothing but the work list, which follows
 * from the decisions and is kept by the statement that stores them. Not `xact`: the sealer would pass over a
 * row with a forged low one. Not `at`: the database's clock says when.
 */
export const appGrants: Grants = {
  access_log: {
    select,
    insert: [
      ...["request_id", "subject", "client_id", "member_id", "operation", "document_hash", "purpose"],
      ...["decisions", "outcome"],
    ],
  },
  audit_checkpoint: { select, insert: ["tree_size", "key_id", "note"] },
  audit_cluster: { select },
  audit_head: { select, insert: ["tree_size", "root", "cluster_id", "low_water"] },
  audit_key: { select, insert: ["verifier_key", "use"] },
  audit_key_end: { select },
  audit_leaf: { select, insert: ["leaf_index", "entry_id", "source", "leaf_hash"] },
  audit_tile: { select, insert: ["level", "idx", "hashes", "root"] },
  decision: {
    select,
    insert: [
      ...["member_id", "member_sequence", "id", "kind", "disposition", "claim_number", "date_of_service"],
      ...["decided_at", "client_id", "idempotency_key", "request_hash", "supersedes", "policy_version_id"],
      ...["regions", "procedure_codes", "failed_rules", "provider_npis", "record", "salt", "leaf"],
    ],
  },
  policy_exception: {
    select,
    insert: ["sequence", "id", "declared_at", "declared_by", "record", "leaf"],
  },
  policy_version: { select, insert: ["id", "effective_from", "content", "content_hash"] },
  purge: { select },
  purged_decision: { select },
  readjudication_candidate: {
    select,
    insert: ["member_id", "member_sequence", "decision_id", "cause_sequence", "caused_at"],
    update: ["cause_sequence", "caused_at"],
    delete: "any row",
  },
  schema_migration: { select },
  work_list_build: { select },
};

/** The role of an auditor may do nothing with the tables: it reads the views of the schema `auditing`. */
export const auditorGrants: Grants = {};
