import { DecisionRow } from "./decisionRow";

type Compared = Omit<DecisionRow, "record" | "salt" | "leaf" | "leafHash">;

/** What is compared with a record: the name of each column, how it is read, and what a row says of it. */
export const compared = [
  ["member_id", "member_id", ({ memberId }) => memberId],
  ["member_sequence", "member_sequence", ({ memberSequence }) => memberSequence],
  ["id", "id", ({ id }) => id],
  ["kind", "kind", ({ kind }) => kind],
  ["disposition", "disposition", ({ disposition }) => disposition],
  ["claim_number", "claim_number", ({ claimNumber }) => claimNumber],
  ["date_of_service", "date_of_service", ({ dateOfService }) => dateOfService],
  ["decided_at", "decided_at at time zone 'UTC'", ({ decidedAt }) => timestampText(decidedAt)],
  ["client_id", "client_id", ({ clientId }) => clientId],
  ["idempotency_key", "idempotency_key", ({ idempotencyKey }) => idempotencyKey],
  ["request_hash", "encode(request_hash, 'hex')", ({ requestHash }) => requestHash.toString("hex")],
  ["supersedes", "supersedes", ({ supersedes }) => supersedes],
  ["policy_version_id", "policy_version_id", ({ policyVersionId }) => policyVersionId],
  ["regions", "regions::text", ({ regions }) => arrayText(regions)],
  ["procedure_codes", "procedure_codes::text", ({ procedureCodes }) => arrayText(procedureCodes)],
  ["failed_rules", "failed_rules::text", ({ failedRules }) => arrayText(failedRules)],
  ["provider_npis", "provider_npis::text", ({ providerNpis }) => arrayText(providerNpis)],
] as const satisfies readonly (readonly [name: string, read: string, valueOf: (row: Compared) => unknown])[];

/** What the columns of a row say that follow from its record, by their names. */
export type StoredColumns = Readonly<Record<(typeof compared)[number][0], unknown>>;

/** The names of the columns in which the stored values are not those of the row. */
export function differingColumns(stored: StoredColumns, row: Compared): string[] {
  const names: string[] = [];
  for (const [name, , valueOf] of compared) if (stored[name] !== valueOf(row)) names.push(name);
  return names;
}

/** As the database writes a time: without the zeros at its end. */
function timestampText(instant: string): string | undefined {
  const text = instant.replace(/\.?0*Z$/, "");
  return instant[10] === "T" && text !== instant ? text.replace("T", " ") : undefined;
}

/** As the database writes an array of texts. */
function arrayText(texts: readonly string[]): string {
  return `{${texts.map(elementText).join(",")}}`;
}

const quoted = /^$|^null$|[ \t\n\r\v\f"\\{},]/i;

function elementText(text: string): string {
  return text.search(quoted) < 0 ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
