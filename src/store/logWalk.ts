import { Queryable } from "./queryable";

/* Reads of the whole log, part by part. Indexes and sizes are decimal text on the wire and bigint here. */

/** Leaves that follow each other by their indexes; between them there may be gaps. */
export interface LeafPart {
  readonly first: bigint;
  readonly last: bigint;
  /** How many there are: fewer than from the first to the last where there are gaps. */
  readonly count: number;
  /** Their leaf hashes, one after the other. */
  readonly hashes: Buffer;
  /** Of each leaf what is known of its entry. */
  readonly entries: readonly LeafEntry[];
  /** The places, from 0, of those whose entry has another leaf hash. */
  readonly differing: readonly number[];
}

/** When an entry was made, in milliseconds; or that it was purged; or that it is not there. */
export type LeafEntry = number | "purged" | "missing";

interface PartRow {
  readonly first: string | null;
  readonly last: string;
  readonly count: number;
  readonly hashes: Buffer;
  readonly entries: string;
}

/** Marked where the entry's leaf hash is not that of the leaf. */
const compared = (leafHash: string, text: string) =>
  `case when ${leafHash} = part.leaf_hash then '' else '!' end || ${text}`;
const milliseconds = (table: string, column: string) =>
  compared(`${table}.leaf_hash`, `(extract(epoch from ${column}) * 1000)::bigint`);

const purged = compared("sha256('\\x00'::bytea || g.leaf)", "'purged'");

/**
 * The first leaves from an index on. Each is looked up by its id, so that a part costs what it holds and not
 * what the tables hold.
 */
export async function readLeaves(
  database: Queryable,
  from: bigint,
  limit: number,
): Promise<LeafPart | undefined> {
  const [row] = await database.query<PartRow[]>(
    `select min(leaf_index) as first, max(leaf_index) as last, count(*)::integer as count,
            string_agg(leaf_hash, ''::bytea order by leaf_index) as hashes,
            string_agg(coalesce(case source
              when 'decision' then coalesce(
                (select ${milliseconds("d", "decided_at")} from decision d where d.id = entry_id limit 1),
                (select ${purged} from purged_decision g join purge p on p.sequence = g.purge_sequence
                  where g.entry_id = part.entry_id limit 1))
              when 'policy_exception' then
                (select ${milliseconds("e", "declared_at")} from policy_exception e
                  where e.id = entry_id limit 1)
              when 'purge' then
                (select ${milliseconds("p", "purged_at")} from purge p where p.id = entry_id limit 1)
            end, 'missing'), ',' order by leaf_index) as entries
       from (select leaf_index, entry_id, source, leaf_hash
               from audit_leaf where leaf_index >= $1 order by leaf_index limit $2) part`,
    [String(from), limit],
  );
  const { first, last, count, hashes, entries } = row;
  if (first === null) return undefined;
  const texts = entries.split(",");
  return {
    first: BigInt(first),
    last: BigInt(last),
    count,
    hashes,
    entries: texts.map((text) => entryOf(text.replace("!", ""))),
    differing: texts.flatMap((text, place) => (text.startsWith("!") ? place : [])),
  };
}

function entryOf(text: string): LeafEntry {
  return text === "purged" || text === "missing" ? text : Number(text);
}

/** A leaf without its hash. */
export interface NamedLeaf {
  /** Decimal text. */
  readonly leafIndex: string;
  readonly entryId: string;
  readonly source: string;
  /** Of a decision that was purged. */
  readonly leaf: Buffer | null;
  /** Whether the entry has other leaves too. */
  readonly isRepeated: boolean;
}

/** The leaves from an index to another, at so many places among them. */
export async function nameLeaves(
  database: Queryable,
  { first, last }: Pick<LeafPart, "first" | "last">,
  places: readonly number[],
): Promise<NamedLeaf[]> {
  if (places.length === 0) return [];
  return database.query<NamedLeaf[]>(
    `select leaf_index as "leafIndex", entry_id as "entryId", source, g.leaf,
            (select count(*) from audit_leaf o where o.entry_id = l.entry_id) > 1 as "isRepeated"
       from (select audit_leaf.*, row_number() over (order by leaf_index) - 1 as place
               from audit_leaf where leaf_index between $1 and $2) l
       left join purged_decision g using (entry_id)
      where place = any ($3::bigint[])
      order by leaf_index`,
    [String(first), String(last), places],
  );
}

/** The indexes behind which the next one is missing, and the index that comes then. */
export async function readGaps(
  database: Queryable,
  { first, last }: Pick<LeafPart, "first" | "last">,
): Promise<{ after: bigint; next: bigint }[]> {
  const rows = await database.query<{ after: string; next: string }[]>(
    `select leaf_index as after, next
       from (select leaf_index, lead(leaf_index) over (order by leaf_index) as next
               from audit_leaf where leaf_index between $1 and $2) l
      where next > leaf_index + 1
      order by leaf_index`,
    [String(first), String(last)],
  );
  return rows.map(({ after, next }) => ({ after: BigInt(after), next: BigInt(next) }));
}
