import { SpinalRegion } from "../claim/claimSession";
import { Instant } from "../claim/instant";
import { PlainDate } from "../claim/plainDate";
import { DecisionDisposition, DecisionKind } from "../member/decision";

/** Which decisions are meant: those that meet everything that is given. */
export interface DecisionFilter {
  readonly memberId?: string;
  readonly claimNumber?: string;
  readonly dispositions?: readonly DecisionDisposition[];
  readonly kinds?: readonly DecisionKind[];
  /** With a finding of NOT_MET or UNDETERMINED of any of these rules. */
  readonly failedRules?: readonly string[];
  readonly region?: SpinalRegion;
  /** With a line of any of these codes. */
  readonly procedureCodes?: readonly string[];
  /** Billing or rendering. */
  readonly providerNpi?: string;
  readonly policyVersionId?: string;
  readonly decidedFrom?: Instant;
  readonly decidedBefore?: Instant;
  /** Dates of service, both inclusive. */
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  /** Without those that another decision stands in the place of. */
  readonly effectiveOnly?: boolean;
}

/** A condition on the table decision, named d, and the values of its parameters. */
export interface Condition {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** What SQL makes of each part of a filter that takes a parameter. */
const conditionTexts: readonly (readonly [part: keyof DecisionFilter, text: (place: string) => string])[] = [
  ["memberId", (place) => `d.member_id = ${place}`],
  ["claimNumber", (place) => `d.claim_number = ${place}`],
  ["dispositions", (place) => `d.disposition = any (${place}::text[])`],
  ["kinds", (place) => `d.kind = any (${place}::text[])`],
  ["failedRules", (place) => `d.failed_rules && ${place}::text[]`],
  ["region", (place) => `d.regions @> array[${place}::text]`],
  ["procedureCodes", (place) => `d.procedure_codes && ${place}::text[]`],
  ["providerNpi", (place) => `d.provider_npis @> array[${place}::text]`],
  // A version that no decision names is told by its own table, and not by a look at every decision.
  [
    "policyVersionId",
    (place) =>
      `d.policy_version_id = ${place} and exists (select from policy_version v where v.id = ${place})`,
  ],
  ["decidedFrom", (place) => `d.decided_at >= ${place}::timestamptz`],
  ["decidedBefore", (place) => `d.decided_at < ${place}::timestamptz`],
  ["serviceFrom", (place) => `d.date_of_service >= ${place}::date`],
  ["serviceTo", (place) => `d.date_of_service <= ${place}::date`],
];

/** Whether no decision supersedes it, or none did until the instant that an expression names. */
function isEffective(until: string | undefined): string {
  const known = until === undefined ? "" : ` and later.decided_at <= ${until}`;
  return `not exists (
  select from decision later
   where later.member_id = d.member_id and later.supersedes = d.member_sequence${known})`;
}

/**
 * The condition of a filter; its parameters are numbered from the one given on. Whether a decision is
 * effective is asked of now, or of the instant that `until` names in SQL.
 */
export function conditionOf(filter: DecisionFilter, firstParameter = 1, until?: string): Condition {
  const given = conditionTexts.filter(([part]) => filter[part] !== undefined);
  const texts = given.map(([, text], place) => text(`$${firstParameter + place}`));
  if (filter.effectiveOnly) texts.push(isEffective(until));
  return {
    text: texts.length > 0 ? texts.join("\n   and ") : "true",
    parameters: given.map(([part]) => filter[part]),
  };
}
