import { Grants } from "./grants";
import { Queryable } from "./queryable";

/** A right on one column of a table; on the table where the right knows no columns. */
interface Right {
  readonly privilege: string;
  readonly table: string;
  readonly column: string | null;
}

/**
 * What a role can do by whatever way: granted to it, to everybody, or to a role that it belongs to. What an
 * extension has put into the schema is not ours to judge.
 */
const heldRights = `
with relation as (
  select c.oid, c.relname
    from pg_class c
   where c.relnamespace = to_regnamespace('public') and c.relkind in ('r', 'p', 'v', 'm')
     and not exists (select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
)
select p.privilege, c.relname as table, a.attname as column
  from relation c
 cross join unnest(array['SELECT', 'INSERT', 'UPDATE']) as p (privilege)
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where has_column_privilege($1::name, c.oid, a.attnum, p.privilege)
union all
select p.privilege, c.relname, null
  from relation c
 cross join unnest(array['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as p (privilege)
 where has_table_privilege($1::name, c.oid, p.privilege)
 order by 1, 2, 3`;

/** How the rights of a role on the tables differ from those that it is to have. */
export async function rightsFaults(
  queryable: Queryable,
  role: string,
  grants: Grants,
): Promise<RightsDifference> {
  return differenceOf(await queryable.query<Right[]>(heldRights, [role]), grants);
}

/** Every right of the grants but those to read, which are for whole tables. */
function grantedRights(grants: Grants): Right[] {
  return Object.entries(grants).flatMap(([table, { insert = [], update = [], delete: deletes }]) => [
    ...insert.map((column) => ({ privilege: "INSERT", table, column })),
    ...update.map((column) => ({ privilege: "UPDATE", table, column })),
    ...(deletes ? [{ privilege: "DELETE", table, column: null }] : []),
  ]);
}

/** How what a role can do differs from the grants. */
export interface RightsDifference {
  /** What it can and must not, a text for each privilege: `UPDATE on decision (record), policy_version`. */
  readonly excess: readonly string[];
  /** What it must be able to and cannot, in the same way. */
  readonly missing: readonly string[];
}

function differenceOf(held: readonly Right[], grants: Grants): RightsDifference {
  const reads = (table: string) => grants[table]?.select !== undefined;
  const isHeld = new Set(held.map(textOf));
  const granted = grantedRights(grants);
  const isGranted = new Set(granted.map(textOf));
  const readable = new Set(held.filter(({ privilege }) => privilege === "SELECT").map(({ table }) => table));
  const unread = Object.keys(grants).filter((table) => reads(table) && !readable.has(table));
  return {
    excess: grouped(
      held.filter((right) =>
        right.privilege === "SELECT" ? !reads(right.table) : !isGranted.has(textOf(right)),
      ),
    ),
    missing: grouped([
      ...granted.filter((right) => !isHeld.has(textOf(right))),
      ...unread.map((table) => ({ privilege: "SELECT", table, column: null })),
    ]),
  };
}

const textOf = ({ privilege, table, column }: Right): string => `${privilege} ${table} ${column ?? ""}`;

/** More columns than these are told as the table. */
const mostColumnsTold = 3;

/** A text for each privilege: its tables, each with the columns where they are few. */
function grouped(rights: readonly Right[]): string[] {
  const tables = new Map<string, Map<string, string[]>>();
  for (const { privilege, table, column } of rights) {
    const ofPrivilege = tables.get(privilege) ?? new Map<string, string[]>();
    tables.set(privilege, ofPrivilege);
    ofPrivilege.set(table, [...(ofPrivilege.get(table) ?? []), ...(column === null ? [] : [column])]);
  }
  return [...tables].map(([privilege, ofPrivilege]) => {
    const named = [...ofPrivilege].map(([table, columns]) => {
      const areFew = columns.length > 0 && columns.length <= mostColumnsTold;
      return areFew ? `${table} (${columns.join(", ")})` : table;
    });
    return `${privilege} on ${named.join(", ")}`;
  });
}
