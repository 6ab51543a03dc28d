import { escapeIdentifier } from "pg";
import { codeOf } from "./failure";
import { appGrants, auditorGrants, Grants, TableRights } from "./grants";
import { Queryable } from "./queryable";
import { mayCreate, powerFaults } from "./rolePowers";
import { rightsFaults } from "./roleRights";

/** The roles that rights are granted to, by the options that name them. */
export interface Roles {
  /** The role of the service. */
  readonly app?: string;
  /** A role that reads, for people and programs that check. */
  readonly auditor?: string;
}

interface GrantedRole {
  readonly option: string;
  readonly name: string;
  /** The one schema that it sees. */
  readonly schema: "public" | "auditing";
  readonly grants: Grants;
}

/**
 * Grants each role what it needs, and takes from it, and from everybody, what it must not have. Throws where
 * a role is not there, or could still do more: a grant does not limit an owner. Needs a transaction.
 */
export async function grantRoles(queryable: Queryable, { app, auditor }: Roles): Promise<void> {
  const roles: GrantedRole[] = [];
  if (app !== undefined) roles.push({ option: "--app", name: app, schema: "public", grants: appGrants });
  if (auditor !== undefined)
    roles.push({ option: "--auditor", name: auditor, schema: "auditing", grants: auditorGrants });
  if (roles.length === 0) return;
  if (app === auditor) throw new Error("--app and --auditor name one role: they have to be two");
  await refuseForeignSchema(queryable);
  for (const role of roles) await refuseUnfitRole(queryable, role);
  await queryable.query("revoke all on schema public, auditing from public");
  await revokeFrom(queryable, "public", ["table"]);
  for (const role of roles) await grantTo(queryable, role);
  if (auditor !== undefined) await showViews(queryable, auditor);
  for (const role of roles) await refuseOtherRights(queryable, role);
}

/** Before PostgreSQL 15 the schema is the superuser's, and everybody may make objects in it. */
async function refuseForeignSchema(queryable: Queryable): Promise<void> {
  const [{ owns, user }] = await queryable.query<{ owns: boolean; user: string }[]>(
    `select pg_has_role(nspowner, 'usage') as owns, current_user::text as user
       from pg_namespace where nspname = 'public'`,
  );
  if (owns) return;
  throw new Error(
    "the schema public is another role's, so its rights cannot be settled: let a superuser run, in this " +
      `database, alter schema public owner to ${escapeIdentifier(user)}`,
  );
}

async function refuseUnfitRole(queryable: Queryable, { option, name }: GrantedRole): Promise<void> {
  const found = await queryable.query<unknown[]>("select from pg_roles where rolname = $1", [name]);
  if (found.length === 0) {
    const remedy = `create role ${escapeIdentifier(name)} login`;
    throw new Error(`${option}: there is no role "${name}"; who may make roles makes it by: ${remedy}`);
  }
  const faults = await powerFaults(queryable, name);
  if (faults.length > 0) throw new Error(`${option}: the role "${name}" ${faults.join("; it ")}`);
}

/** What we own, and no extension. */
const ownObjects = `
select o.kind, o.name
  from (select 'pg_class'::regclass as class, oid, relowner as owner, relnamespace as namespace,
               case relkind when 'S' then 'sequence' else 'table' end as kind, oid::regclass::text as name
          from pg_class where relkind in ('r', 'p', 'v', 'm', 'S')
         union all
        select 'pg_proc'::regclass, oid, proowner, pronamespace, 'function', oid::regprocedure::text
          from pg_proc) o
 where o.namespace in ('public'::regnamespace, 'auditing'::regnamespace)
   and pg_has_role(o.owner, 'usage')
   and not exists (select from pg_depend d
                    where d.classid = o.class and d.objid = o.oid and d.deptype = 'e')`;

async function revokeFrom(queryable: Queryable, role: string, kinds: readonly string[]): Promise<void> {
  const objects = await queryable.query<{ kind: string; name: string }[]>(ownObjects);
  const revoked = objects.filter(({ kind }) => kinds.includes(kind));
  const statements = revoked.map(({ kind, name }) => `revoke all on ${kind} ${name} from ${role}`);
  await queryable.query(statements.join("; "));
}

async function grantTo(queryable: Queryable, { name, schema, grants }: GrantedRole): Promise<void> {
  const role = escapeIdentifier(name);
  await revokeFrom(queryable, role, ["table", "sequence", "function"]);
  await queryable.query(`revoke all on schema public, auditing from ${role}`);
  await queryable.query(`grant usage on schema ${schema} to ${role}`);
  if (schema === "auditing")
    await queryable.query(`grant select on all tables in schema auditing to ${role}`);
  for (const [table, rights] of Object.entries(grants))
    await queryable.query(`grant ${privilegesOf(rights)} on public.${escapeIdentifier(table)} to ${role}`);
}

function privilegesOf({ select, insert, update, delete: deletes }: TableRights): string {
  return [
    ...(select ? ["select"] : []),
    ...(insert ? [`insert (${insert.map(escapeIdentifier).join(", ")})`] : []),
    ...(update ? [`update (${update.map(escapeIdentifier).join(", ")})`] : []),
    ...(deletes ? ["delete"] : []),
  ].join(", ");
}

const notPermitted = "42501";

/** The names of the tables mean the views to an auditor. Only who may alter the role can see to that. */
async function showViews(queryable: Queryable, auditor: string): Promise<void> {
  if (await seesViews(queryable, auditor)) return;
  const [{ database }] = await queryable.query<{ database: string }[]>(
    "select current_database()::text as database",
  );
  await queryable.query("savepoint search_path");
  try {
    await queryable.query(
      `alter role ${escapeIdentifier(auditor)} in database ${escapeIdentifier(database)}
         set search_path = auditing`,
    );
  } catch (error) {
    if (codeOf(error) !== notPermitted) throw error;
    await queryable.query("rollback to savepoint search_path");
  }
}

/** Whether the connections of a role begin with the views as what the names of the tables mean. */
async function seesViews(queryable: Queryable, auditor: string): Promise<boolean> {
  const found = await queryable.query<unknown[]>(
    `select from pg_db_role_setting
      where setrole = (select oid from pg_roles where rolname = $1)
        and setdatabase in (0, (select oid from pg_database where datname = current_database()))
        and 'search_path=auditing' = any (setconfig)`,
    [auditor],
  );
  return found.length > 0;
}

/** What has still to be done for an auditor, by somebody else; undefined where nothing has. */
export async function searchPathRemedy(queryable: Queryable, auditor: string): Promise<string | undefined> {
  if (await seesViews(queryable, auditor)) return undefined;
  const statement = "alter role current_user set search_path = auditing";
  return `let "${auditor}" run once, as it is not ours to do: ${statement}`;
}

/** What was granted otherwise, by a membership or another grantor, is not ours to revoke. */
async function refuseOtherRights(queryable: Queryable, { option, name, grants }: GrantedRole): Promise<void> {
  const { excess } = await rightsFaults(queryable, name, grants);
  const creates = await mayCreate(queryable, name);
  if (excess.length === 0 && !creates) return;
  const rights = [...(creates ? ["CREATE on schema public"] : []), ...excess];
  throw new Error(
    `${option}: the role "${name}" has ${rights.join("; ")}, by a membership or by a grant of another ` +
      "role: take that from it",
  );
}
