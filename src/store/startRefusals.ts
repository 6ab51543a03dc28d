import { appGrants } from "./grants";
import { Queryable } from "./queryable";
import { mayCreate, powerFaults } from "./rolePowers";
import { rightsFaults } from "./roleRights";

const oldestVersion = 140_000;

interface Server {
  readonly version: number;
  readonly version_text: string;
  readonly in_recovery: boolean;
  readonly encoding: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly role: string;
  readonly login: string;
}

const serverStatement = `
select current_setting('server_version_num')::integer as version,
       current_setting('server_version') as version_text, pg_is_in_recovery() as in_recovery,
       current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit,
       current_user::text as role, session_user::text as login`;

/**
 * Every reason why the service must not work in production as this role on this server, each a sentence with
 * its remedy; none where it may.
 */
export async function startRefusals(database: Queryable): Promise<string[]> {
  const [server] = await database.query<Server[]>(serverStatement);
  const roles = new Set([server.role, server.login]);
  const ofRoles: string[] = [];
  for (const role of roles) ofRoles.push(...(await roleRefusals(database, role)));
  return [...serverRefusals(server), ...ofRoles];
}

/** What is lost of a decision that was answered must not depend on the power supply. */
function serverRefusals(server: Server): string[] {
  const commit = server.synchronous_commit;
  const refusals: [boolean, string][] = [
    [
      server.version < oldestVersion,
      `PostgreSQL is ${server.version_text}: version 14 is the oldest that the service works with`,
    ],
    [
      server.in_recovery,
      "PostgreSQL is in recovery, where nothing can be stored: let DATABASE_URL name the primary",
    ],
    [
      server.encoding !== "UTF8",
      `the database has the encoding ${server.encoding}: make it anew with encoding 'UTF8'`,
    ],
    [server.fsync !== "on", "fsync is off, so a power cut loses decisions: set fsync = on for the server"],
    [
      server.full_page_writes !== "on",
      "full_page_writes is off, so a power cut damages pages: set full_page_writes = on for the server",
    ],
    [
      commit !== "on" && commit !== "remote_apply",
      `synchronous_commit is ${commit}, so answered decisions can be lost: set it to on for the role`,
    ],
  ];
  return refusals.filter(([holds]) => holds).map(([, refusal]) => refusal);
}

async function roleRefusals(database: Queryable, role: string): Promise<string[]> {
  const powers = await powerFaults(database, role);
  const remedy =
    "let DATABASE_URL connect as a role made for the service alone, and granted by esi migrate --app";
  // What an owner may do is no further reason.
  if (powers.length > 0) return powers.map((fault) => `the role "${role}" ${fault}: ${remedy}`);
  const { excess, missing } = await rightsFaults(database, role, appGrants);
  const creates = (await mayCreate(database, role)) ? ["CREATE on schema public"] : [];
  const run = `let the owner of the tables run esi migrate --app ${role}`;
  return [
    ...[...creates, ...excess].map((right) => `the role "${role}" must not have ${right}: ${run}`),
    ...missing.map((right) => `the role "${role}" needs ${right}: ${run}`),
  ];
}
