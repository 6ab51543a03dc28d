import { Queryable } from "./queryable";

/** What no grant limits: who can do any of this can do everything, or can know everything. */
interface Power {
  /** The role itself, or one that it may become by SET ROLE, also where it inherits nothing. */
  readonly role: string;
  readonly is_superuser: boolean;
  /** Whether it owns a table, the schema or the database. */
  readonly owns: boolean;
  readonly is_past_grants: boolean;
  readonly makes_roles: boolean;
  readonly replicates: boolean;
  readonly passes_row_security: boolean;
  readonly makes_databases: boolean;
}

const powersStatement = `
select p.rolname::text as role, p.rolsuper as is_superuser, p.rolcreaterole as makes_roles,
       p.rolreplication as replicates, p.rolbypassrls as passes_row_security,
       p.rolcreatedb as makes_databases,
       p.rolname in ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
         as is_past_grants,
       p.oid in (select relowner from pg_class where relnamespace = n.oid
                 union select n.nspowner
                 union select datdba from pg_database where datname = current_database()) as owns
  from pg_roles r
 cross join pg_namespace n
  join pg_roles p on p.oid = r.oid or (not r.rolsuper and pg_has_role(r.oid, p.oid, 'MEMBER'))
 where r.rolname = $1 and n.nspname = 'public'
 order by p.oid <> r.oid, p.rolname`;

/** What makes a role an unfit one, whatever it was granted; each a sentence without its end. */
export async function powerFaults(queryable: Queryable, role: string): Promise<string[]> {
  const powers = await queryable.query<Power[]>(powersStatement, [role]);
  return powers.flatMap((power) => (power.role === role ? ownFaults(power) : faultsOfMembership(power)));
}

function ownFaults(power: Power): string[] {
  if (power.is_superuser) return ["is a superuser, whom nothing limits"];
  return [
    ...(power.owns ? ["owns the tables, the schema public or the database"] : []),
    ...attributesOf(power),
  ];
}

function faultsOfMembership(power: Power): string[] {
  const member = "is a member of";
  if (power.is_superuser) return [`${member} the superuser "${power.role}"`];
  if (power.owns) return [`${member} the owner "${power.role}"`];
  if (power.is_past_grants) return [`${member} ${power.role}, which leads past every grant`];
  return attributesOf(power).map((fault) => `${member} "${power.role}", which ${fault}`);
}

function attributesOf(power: Power): string[] {
  const faults: [boolean, string][] = [
    [power.makes_roles, "may make roles, and so give itself another's rights"],
    [power.replicates, "may replicate, and so copy every table"],
    [power.passes_row_security, "passes by row security, whatever that is to hide"],
    [power.makes_databases, "may make databases, which is not its work"],
  ];
  return faults.filter(([holds]) => holds).map(([, fault]) => fault);
}

/** Whether a role, or one that it may become, may make objects where the tables are. */
export async function mayCreate(queryable: Queryable, role: string): Promise<boolean> {
  const [{ creates }] = await queryable.query<{ creates: boolean }[]>(
    `select coalesce(bool_or(has_schema_privilege(m.oid, to_regnamespace('public'), 'CREATE')), false)
            as creates
       from pg_roles m
      where pg_has_role($1::name, m.oid, 'MEMBER')`,
    [role],
  );
  return creates;
}
