import { epochDay, PlainDate } from "../claim/plainDate";
import { Condition, conditionOf, DecisionFilter } from "./decisionFilter";
import { boundsOf, Place, Stretch } from "./stretch";

type Direction = "asc" | "desc";

/**
 * The beginning of a statement that names the keys `(decided_at, id)` of the first decisions that meet a
 * filter in a stretch `key`. The planner would look for values that are rare, or that only old decisions
 * have, along the time of deciding through all decisions. So the statement says which index brings them in
 * the order of that time; where several values are meant, it merges the first ones of each.
 */
export function keysFrom(
  filter: DecisionFilter,
  stretch: Stretch,
  direction: Direction,
  limit: number,
): Condition {
  // A provider that is asked for by its place is not asked for again: the planner would count it twice.
  const condition = conditionOf(isByProvider(filter) ? { ...filter, providerNpi: undefined } : filter);
  const parameters = [...condition.parameters];
  const place: Place = (value) => `$${parameters.push(value)}`;
  const bounds = boundsOf(filter, stretch, place);
  const size = place(limit);
  const order = `order by decided_at ${direction}, id ${direction} limit`;
  const text = mergeOf(filter, { conditions: [condition.text, ...bounds], bounds, order, size }, place);
  return { text, parameters };
}

/** What all ways of finding the keys have in common. */
interface Wanted {
  /** Those of the stretch among them. */
  readonly conditions: readonly string[];
  readonly bounds: readonly string[];
  /** To be followed by a number. */
  readonly order: string;
  readonly size: string;
}

function mergeOf(filter: DecisionFilter, wanted: Wanted, place: Place): string {
  if (isSpecific(filter)) return plain(wanted);
  if (isByProvider(filter)) return byProvider(place(filter.providerNpi), wanted);
  if (isOfNoted(filter)) return byFacet(filter, wanted, place);
  if (filter.serviceFrom !== undefined || filter.serviceTo !== undefined) return byDay(filter, wanted, place);
  return filter.procedureCodes === undefined ? plain(wanted) : byCode(wanted);
}

/** There are few decisions about a member, and few about a claim. */
function isSpecific({ memberId, claimNumber }: DecisionFilter): boolean {
  return memberId !== undefined || claimNumber !== undefined;
}

function isByProvider(filter: DecisionFilter): boolean {
  return filter.providerNpi !== undefined && !isSpecific(filter);
}

/** The first keys that meet the conditions and some further ones. */
function first({ conditions, order, size }: Wanted, ...further: string[]): string {
  return `
  select d.decided_at, d.id
    from decision d
   where ${[...further, ...conditions].join("\n     and ")}
   ${order} ${size}`;
}

function plain(wanted: Wanted): string {
  return `with key as materialized (${first(wanted)})`;
}

/**
 * Looks along the time of deciding for a while, which is the quickest where many decisions match; where that
 * does not fill the page, what is found in another way is the page.
 */
function walkFirst(
  { conditions, bounds, order, size }: Wanted,
  decisions: number,
  otherwise: (isNeeded: string) => string,
): string {
  return `with walked as materialized (
  select d.decided_at, d.id
    from (select * from decision d where ${["true", ...bounds].join(" and ")} ${order} ${decisions}) d
   where ${conditions.join("\n     and ")}
   ${order} ${size}
), key as materialized (
  select * from walked where (select count(*) from walked) = ${size}
   union all
  (${otherwise(`(select count(*) from walked) < ${size}`)})
)`;
}

/** Enough for a page of values that one decision in fifty has. */
const walkedByCode = 5_000;

/** What is rare is collected by the index decision_procedure_codes, which knows no order. */
function byCode(wanted: Wanted): string {
  const { conditions, order, size } = wanted;
  return walkFirst(
    wanted,
    walkedByCode,
    (isNeeded) => `
  select *
    from (select d.decided_at, d.id
            from decision d
           where ${[isNeeded, ...conditions].join("\n             and ")}
          offset 0) collected
   ${order} ${size}`,
  );
}

/** A decision names its providers in one place of the list or in the other. */
function byProvider(npi: string, wanted: Wanted): string {
  const branches = [1, 2].map((position) => `(${first(wanted, `d.provider_npis[${position}] = ${npi}`)})`);
  return `with key as materialized (
  select * from (${branches.join("\n  union all\n")}) branch
  ${wanted.order} ${wanted.size})`;
}

/** Of the index decision_noted: what is not the plain approval of a claim, about one in five decisions. */
const noted = "(d.kind <> 'ADJUDICATION' or d.disposition <> 'APPROVED' or d.failed_rules <> '{}')";

function isOfNoted({ kinds, dispositions, failedRules }: DecisionFilter): boolean {
  const leavesOut = (values: readonly string[] | undefined, value: string) =>
    values !== undefined && !values.includes(value);
  return failedRules !== undefined || leavesOut(kinds, "ADJUDICATION") || leavesOut(dispositions, "APPROVED");
}

/** By kind, disposition and failed rules together, of which there are few: they are told one by the last. */
function byFacet({ kinds, dispositions, failedRules }: DecisionFilter, wanted: Wanted, place: Place): string {
  const facet = "d.kind, d.disposition, d.failed_rules";
  const meant = [
    ...(kinds ? [`facet.kind = any (${place(kinds)}::text[])`] : []),
    ...(dispositions ? [`facet.disposition = any (${place(dispositions)}::text[])`] : []),
    ...(failedRules ? [`facet.failed_rules && ${place(failedRules)}::text[]`] : []),
  ];
  const ofFacet = ["kind", "disposition", "failed_rules"].map((column) => `d.${column} = facet.${column}`);
  return `with recursive facet (kind, disposition, failed_rules) as (
  (select ${facet} from decision d where ${noted} order by ${facet} limit 1)
   union all
  select later.*
    from facet
   cross join lateral (
         select ${facet}
           from decision d
          where ${noted} and (${facet}) > (facet.kind, facet.disposition, facet.failed_rules)
          order by ${facet}
          limit 1) later
), key as materialized (
  select of_facet.*
    from facet
   cross join lateral (${first(wanted, noted, ...ofFacet)}) of_facet
   where ${meant.join(" and ")}
  ${wanted.order} ${wanted.size})`;
}

const fewDays = 31;
const walkedByDay = 1_000;

/** By date of service, from the first to the last that any decision has. */
function byDay({ serviceFrom, serviceTo }: DecisionFilter, wanted: Wanted, place: Place): string {
  const end = (given: PlainDate | undefined, of: "least" | "greatest", furthest: "min" | "max") => {
    const known = `(select ${furthest}(date_of_service) from decision)`;
    return given === undefined ? known : `${of}(${place(given)}::date, ${known})`;
  };
  const days = [end(serviceFrom, "greatest", "min"), end(serviceTo, "least", "max")];
  const merged = (isNeeded: string) => `
  select of_day.*
    from generate_series(${days[0]}::timestamp, ${days[1]}::timestamp, interval '1 day') day
   cross join lateral (${first(wanted, "d.date_of_service = day::date")}) of_day
   where ${isNeeded}
   ${wanted.order} ${wanted.size}`;
  const isShort = serviceFrom && serviceTo && epochDay(serviceTo) - epochDay(serviceFrom) < fewDays;
  return isShort ? `with key as materialized (${merged("true")})` : walkFirst(wanted, walkedByDay, merged);
}
