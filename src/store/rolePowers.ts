import { Queryable } from "./queryable";

/** What no grant limits: who can do any of this can do everything, sooner or later. */
interface Powers {
  readonly is_superuser: boolean;
  /** The owners of tables, the schema and the database that the role is, or can become. */
  readonly owners: string[] | null;
  /** Memberships that lead past every grant. */
  readonly memberships: string[] | null;
  readonly makes_roles: boolean;
}

const powersStatement = `
select r.rolsuper as is_superuser, r.rolcreaterole as makes_roles,
       (select array_agg(distinct pg_get_userbyid(o.oid)::text)
          from (select relowner as oid from pg_class where relnamespace = n.oid
                union select n.nspowner
                union select datdba from pg_database where datname = current_database()) o
         where pg_has_role(r.oid, o.oid, 'MEMBER')) as owners,
       (select array_agg(p.rolname::text order by p.rolname)
          from pg_roles p
         where p.rolname in ('pg_execute_server_program', 'pg_write_server_files')
           and pg_has_role(r.oid, p.oid, 'MEMBER')) as memberships
  from pg_roles r
 cross join pg_namespace n
 where r.rolname = $1 and n.nspname = 'public'`;

/** What makes a role an unfit one, whatever it was granted; each a sentence without its end. */
export async function powerFaults(queryable: Queryable, role: string): Promise<string[]> {
  const rows = await queryable.query<Powers[]>(powersStatement, [role]);
  return rows.flatMap((powers) => {
    if (powers.is_superuser) return ["is a superuser, whom nothing limits"];
    const { owners, memberships, makes_roles: makesRoles } = powers;
    return [
      ...(owners?.includes(role) ? ["owns the tables, the schema public or the database"] : []),
      ...othersThan(role, owners).map((owner) => `is a member of the owner "${owner}"`),
      ...(memberships ?? []).map((name) => `is a member of ${name}, which leads past every grant`),
      ...(makesRoles ? ["may make roles, and so give itself another's rights"] : []),
    ];
  });
}

const othersThan = (role: string, names: readonly string[] | null): string[] =>
  (names ?? []).filter((name) => name !== role);

/** Whether a role may make objects where the tables are, which others would take for the service's. */
export async function mayCreate(queryable: Queryable, role: string): Promise<boolean> {
  const [{ creates }] = await queryable.query<{ creates: boolean }[]>(
    `select coalesce(has_schema_privilege($1::name, to_regnamespace('public'), 'CREATE'), false) as creates`,
    [role],
  );
  return creates;
}
