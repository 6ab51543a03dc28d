import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapeIdentifier } from "pg";
import { startEmbeddedPostgres, EmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { withConnection } from "../../src/store/connection";
import { createDataSource } from "../../src/store/dataSource";
import { schemaFaults } from "../../src/store/schemaVersion";
import { startRefusals } from "../../src/store/startRefusals";
import { workListFault } from "../../src/store/workListBuild";
import { databaseUrl, execute } from "../cluster/database";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { chosenPackage } from "../cluster/server";
import { GrantedRoles, grantedRoles } from "./grantedRoles";

/* A server of its own, since what refuses a start are settings of servers; its defaults are safe ones. */

let folder: GuardedFolder;
let server: EmbeddedPostgres;
let roles: GrantedRoles;
let app: string;

const start = () =>
  startEmbeddedPostgres({ dataFolder: join(folder.path, "data"), packageName: chosenPackage() });

beforeAll(async () => {
  folder = await guardedFolder();
  server = await start();
  roles = await grantedRoles(server.url);
  app = escapeIdentifier(roles.app);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await folder.remove();
}, 30_000);

const refusalsAs = (role?: string): Promise<string[]> => withConnection(roles.url(role), startRefusals);
const run = () => `let the owner of the tables run esi migrate --app ${roles.app}`;
const connect =
  "let DATABASE_URL connect as a role made for the service alone, and granted by esi migrate --app";

test("nothing is said against the role that migrate granted its rights to", async () => {
  expect(await refusalsAs(roles.app)).toEqual([]);
});

test("a superuser and the owner are refused, and who belongs to the owner", async () => {
  const superuser = decodeURIComponent(new URL(roles.url()).username);
  expect(await refusalsAs()).toEqual([
    `the role "${superuser}" is a superuser, whom nothing limits: ${connect}`,
  ]);
  expect(await refusalsAs(roles.owner)).toEqual([
    `the role "${roles.owner}" owns the tables, the schema public or the database: ${connect}`,
  ]);
  await roles.execute(`grant ${escapeIdentifier(roles.owner)} to ${app}; alter role ${app} createrole`);
  expect(await refusalsAs(roles.app)).toEqual([
    `the role "${roles.app}" may make roles, and so give itself another's rights: ${connect}`,
    `the role "${roles.app}" is a member of the owner "${roles.owner}": ${connect}`,
  ]);
  await roles.execute(`revoke ${escapeIdentifier(roles.owner)} from ${app}; alter role ${app} nocreaterole`);
  await roles.execute(`grant pg_write_server_files to ${app}`);
  expect(await refusalsAs(roles.app)).toEqual([
    `the role "${roles.app}" is a member of pg_write_server_files, which leads past every grant: ${connect}`,
  ]);
  await roles.execute(`revoke pg_write_server_files from ${app}`);
});

test("attributes that lead past the grants are told, of the role and of one that it may become", async () => {
  const all = "replication bypassrls createdb createrole";
  const none = all.replaceAll(/\b(?=\w)/g, "no");
  const faults = [
    "may make roles, and so give itself another's rights",
    "may replicate, and so copy every table",
    "passes by row security, whatever that is to hide",
    "may make databases, which is not its work",
  ];
  await roles.execute(`alter role ${app} ${all}`);
  expect(await refusalsAs(roles.app)).toEqual(
    faults.map((fault) => `the role "${roles.app}" ${fault}: ${connect}`),
  );
  await roles.execute(`alter role ${app} ${none} noinherit; create role door ${all}; grant door to ${app}`);
  expect(await refusalsAs(roles.app)).toEqual(
    faults.map((fault) => `the role "${roles.app}" is a member of "door", which ${fault}: ${connect}`),
  );
  await roles.execute("alter role door superuser");
  expect(await refusalsAs(roles.app)).toEqual([
    `the role "${roles.app}" is a member of the superuser "door": ${connect}`,
  ]);
  await roles.execute("drop role door");
  expect(await refusalsAs(roles.app)).toEqual([]);
});

test("a right of a role that it may become is no less a right, and not one that it works by", async () => {
  await roles.execute(`
    create role door;
    grant update (record), references (id) on decision to door;
    grant create on schema public to door;
    grant select on legal_hold, audit_tile to door;
    grant door to ${app};
    revoke select on audit_tile from ${app};
    grant select (level, hashes) on audit_tile to ${app}`);
  const told = (text: string) => `the role "${roles.app}" ${text}: ${run()}`;
  expect(await refusalsAs(roles.app)).toEqual([
    told("must not have CREATE on schema public"),
    told("must not have REFERENCES on decision (id)"),
    told("must not have SELECT on legal_hold"),
    told("must not have UPDATE on decision (record)"),
    told("needs SELECT on audit_tile (idx, root)"),
  ]);
  await expect(roles.migrate()).rejects.toThrow("CREATE on schema public; REFERENCES on decision (id)");
  await roles.execute(`drop owned by door; drop role door; alter role ${app} inherit`);
  await roles.migrate();
  expect(await refusalsAs(roles.app)).toEqual([]);
});

test("each right beyond the grants is told with its tables, and each that is missing", async () => {
  await roles.execute(`
    grant update (record), delete on decision to ${app};
    grant update, truncate on audit_leaf to public;
    grant insert (xact) on decision to ${app};
    grant create on schema public to ${app};
    revoke select on audit_tile from ${app};
    revoke insert on policy_version from ${app}`);
  const told = (text: string) => `the role "${roles.app}" ${text}: ${run()}`;
  expect(await refusalsAs(roles.app)).toEqual([
    told("must not have CREATE on schema public"),
    told("must not have DELETE on decision"),
    told("must not have INSERT on decision (xact)"),
    told("must not have TRUNCATE on audit_leaf"),
    told("must not have UPDATE on audit_leaf, decision (record)"),
    told("needs INSERT on policy_version"),
    told("needs SELECT on audit_tile"),
  ]);
  await roles.migrate();
  expect(await refusalsAs(roles.app)).toEqual([]);
});

test("settings that lose what was answered are told, all at once with what is wrong of the role", async () => {
  await roles.execute(
    `alter role ${app} set synchronous_commit = local; grant truncate on decision to ${app}`,
  );
  for (const setting of ["fsync", "full_page_writes"])
    await roles.execute(`alter system set ${setting} = off`);
  await roles.execute("select pg_reload_conf(), pg_sleep(0.3)");
  expect(await refusalsAs(roles.app)).toEqual([
    "fsync is off, so a power cut loses decisions: set fsync = on for the server",
    "full_page_writes is off, so a power cut damages pages: set full_page_writes = on for the server",
    "synchronous_commit is local, so answered decisions can be lost: set it to on for the role",
    `the role "${roles.app}" must not have TRUNCATE on decision: ${run()}`,
  ]);
  for (const setting of ["fsync", "full_page_writes"]) await roles.execute(`alter system reset ${setting}`);
  await roles.execute("select pg_reload_conf(), pg_sleep(0.3)");
  await roles.migrate();
  await roles.execute(`alter role ${app} set synchronous_commit = remote_apply`);
  expect(await refusalsAs(roles.app)).toEqual([]);
});

test("a database of another encoding is told", async () => {
  await roles.execute(
    "create database ascii template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'",
  );
  const address = new URL(databaseUrl(roles.url(roles.app), "ascii")).href;
  await execute(databaseUrl(roles.url(), "ascii"), "select 1");
  expect(await withConnection(address, startRefusals)).toContain(
    "the database has the encoding SQL_ASCII: make it anew with encoding 'UTF8'",
  );
});

test("the schema is current when the database has every migration of this program and no other", async () => {
  const database = await createDataSource(roles.url(roles.app)).initialize();
  const told = () => schemaFaults(database);
  try {
    expect(await told()).toEqual({});
    await roles.execute("insert into schema_migration (timestamp, name) values (9, 'Newer9')");
    const newer = (names: string) =>
      `the schema of the database has ${names} of a newer program: run that one`;
    expect(await told()).toEqual({ beyond: newer("Newer9") });
    await roles.execute(`update schema_migration set name = 'Older9' where name like 'AccessLog%'`);
    expect(await told()).toEqual({
      toWaitFor: expect.stringMatching(
        /^the schema of the database lacks AccessLog[0-9]+: let its owner run esi migrate$/,
      ),
      beyond: newer("Older9, Newer9"),
    });
    await roles.execute(`revoke select on schema_migration from ${app}`);
    expect(await told()).toEqual({
      toWaitFor: "the role may not read schema_migration: let the owner of the tables run esi migrate --app",
    });
  } finally {
    await database.destroy();
  }
});

test("the role of the service is told when the work list was not built", async () => {
  const fault = () => withConnection(roles.url(roles.app), workListFault);
  expect(await fault()).toBeUndefined();
  await roles.execute(`
    alter table work_list_build disable trigger append_only;
    update work_list_build set engine_version = '0.9.0';
    alter table work_list_build enable always trigger append_only`);
  expect(await fault()).toMatch(/^the work list was not built by engine [0-9.]+: let the owner /);
});

test("a server that is in recovery is told", async () => {
  await server.stop();
  await writeFile(join(server.cluster, "standby.signal"), "");
  server = await start();
  expect(await refusalsAs(roles.app)).toContain(
    "PostgreSQL is in recovery, where nothing can be stored: let DATABASE_URL name the primary",
  );
}, 30_000);
