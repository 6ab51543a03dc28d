import { conditionOf, DecisionFilter } from "./decisionFilter";
import { Queryable } from "./queryable";

/** A decision as it is stored, and what proves it. */
export interface ExportedDecision {
  readonly id: string;
  readonly memberId: string;
  readonly record: string;
  readonly salt: Buffer;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
  /** Decimal text; null where the decision is not sealed yet. */
  readonly leafIndex: string | null;
  readonly isEffective: boolean;
}

interface Place {
  readonly decidedAt: string;
  readonly id: string;
}

interface ExportedRow {
  readonly id: string;
  readonly member_id: string;
  readonly decided_at: string;
  readonly record: string;
  readonly salt: Buffer;
  readonly leaf: Buffer;
  readonly leaf_hash: Buffer;
  readonly leaf_index: string | null;
  readonly is_effective: boolean;
}

/** Some 200 kB: few enough for the memory, enough to make the way to the database cheap. */
const decisionsOfPage = 200;

/**
 * The decisions of a filter that were made before now, by the time of deciding, page by page, and whether
 * they were effective then. Each page is a statement of its own: what takes long is not one transaction.
 */
export async function* exportedPages(
  database: Queryable,
  filter: DecisionFilter,
): AsyncGenerator<ExportedDecision[]> {
  const [{ now }] = await database.query<{ now: string }[]>("select statement_timestamp()::text as now");
  let rows: ExportedRow[];
  let after: Place | undefined;
  do {
    rows = await readPage(database, filter, now, after);
    if (rows.length > 0) yield rows.map(exportedDecision);
    const last = rows.at(-1);
    after = last && { decidedAt: last.decided_at, id: last.id };
  } while (rows.length === decisionsOfPage);
}

/** What belongs to a decision is looked up for each: a join would read whole tables for a page. */
async function readPage(
  database: Queryable,
  filter: DecisionFilter,
  now: string,
  after: Place | undefined,
): Promise<ExportedRow[]> {
  const { text, parameters } = conditionOf(filter, 5, "$1::timestamptz");
  return database.query<ExportedRow[]>(
    `with page as materialized (
       select d.member_id, d.member_sequence, d.id, d.decided_at, d.record, d.salt, d.leaf, d.leaf_hash
         from decision d
        where d.decided_at <= $1::timestamptz
          and ($2::timestamptz is null or (d.decided_at, d.id) > ($2::timestamptz, $3::uuid))
          and ${text}
        order by d.decided_at, d.id
        limit $4)
     select p.id, p.member_id, p.decided_at::text as decided_at, p.record, p.salt, p.leaf, p.leaf_hash,
            (select l.leaf_index::text from audit_leaf l where l.entry_id = p.id) as leaf_index,
            (select s.id from decision s
              where s.member_id = p.member_id and s.supersedes = p.member_sequence
                and s.decided_at <= $1::timestamptz) is null as is_effective
       from page p
      order by p.decided_at, p.id`,
    [now, after?.decidedAt ?? null, after?.id ?? null, decisionsOfPage, ...parameters],
  );
}

function exportedDecision({ id, record, salt, leaf, ...row }: ExportedRow): ExportedDecision {
  const { member_id: memberId, leaf_hash: leafHash, leaf_index: leafIndex, is_effective: isEffective } = row;
  return { id, memberId, record, salt, leaf, leafHash, leafIndex, isEffective };
}
