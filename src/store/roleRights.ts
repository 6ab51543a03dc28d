import { Grants } from "./grants";
import { Queryable } from "./queryable";

/** A right on one column of a table; on the table where the right knows no columns. */
interface Right {
  readonly privilege: string;
  readonly table: string;
  readonly column: string | null;
}

interface PossibleRight extends Right {
  /** Granted to the role, to everybody, or to a role whose rights it inherits. */
  readonly holds: boolean;
  /** The same, or held by a role that it may become by SET ROLE. */
  readonly attainable: boolean;
}

/** What an extension has put into the schema is not ours to judge. */
const possibleRights = `
with relation as (
  select c.oid, c.relname
    from pg_class c
   where c.relnamespace = to_regnamespace('public') and c.relkind in ('r', 'p', 'v', 'm')
     and not exists (select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), member as (
  select oid, rolname = $1 as is_itself from pg_roles where pg_has_role($1::name, oid, 'MEMBER')
), right_of as (
  select p.privilege, c.relname, a.attname, m.is_itself,
         has_column_privilege(m.oid, c.oid, a.attnum, p.privilege) as holds
    from relation c
   cross join member m
   cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as p (privilege)
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   union all
  select p.privilege, c.relname, null, m.is_itself, has_table_privilege(m.oid, c.oid, p.privilege)
    from relation c
   cross join member m
   cross join unnest(array['DELETE', 'TRUNCATE', 'TRIGGER']) as p (privilege)
)
select privilege, relname as table, attname as column, bool_or(holds) as attainable,
       coalesce(bool_or(holds) filter (where is_itself), false) as holds
  from right_of
 group by privilege, relname, attname
 order by 1, 2, 3`;

/** How the rights of a role on the tables differ from those that it is to have. */
export async function rightsFaults(
  queryable: Queryable,
  role: string,
  grants: Grants,
): Promise<RightsDifference> {
  return differenceOf(await queryable.query<PossibleRight[]>(possibleRights, [role]), grants);
}

/** Every right of the grants but those to read, which are for every column. */
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

function differenceOf(possible: readonly PossibleRight[], grants: Grants): RightsDifference {
  const isRead = ({ privilege, table }: Right) =>
    privilege === "SELECT" && grants[table]?.select !== undefined;
  const isHeld = new Set(possible.filter(({ holds }) => holds).map(textOf));
  const granted = [...grantedRights(grants), ...possible.filter(isRead)];
  const isGranted = new Set(granted.map(textOf));
  return {
    excess: grouped(possible.filter((right) => right.attainable && !isGranted.has(textOf(right)))),
    missing: grouped(granted.filter((right) => !isHeld.has(textOf(right)))),
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
