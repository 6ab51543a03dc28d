import { randomUUID } from "node:crypto";
import { escapeIdentifier } from "pg";
import { createDataSource } from "../../src/store/dataSource";
import { Roles } from "../../src/store/grantRoles";
import { migrate } from "../../src/store/migrate";
import { databaseUrl, dropDatabase, execute } from "../cluster/database";

/** Roles of a database of its own, none of them a superuser. Their names need quotes. */
export interface GrantedRoles {
  readonly owner: string;
  readonly app: string;
  readonly auditor: string;
  /** The address of the database as one of them, or as the superuser. */
  readonly url: (role?: string) => string;
  /** Runs statements as the superuser, in the database. */
  readonly execute: (statement: string) => Promise<void>;
  /** Migrates as the owner. */
  readonly migrate: (roles?: Roles) => Promise<void>;
  readonly drop: () => Promise<void>;
}

const password = "of-a-test";

/** An empty database of an owner, and the roles of the service and of an auditor without any right. */
export async function newRoles(server = process.env.ESI_TEST_SERVER ?? ""): Promise<GrantedRoles> {
  const mark = randomUUID().slice(0, 13);
  const [owner, app, auditor] = ["Owner", "App", "Auditor"].map((name) => `${name} "of" ${mark}`);
  const database = `roles_${mark.replaceAll("-", "")}`;
  const quoted = [owner, app, auditor].map(escapeIdentifier);
  for (const role of quoted) await execute(server, `create role ${role} login password '${password}'`);
  await execute(
    server,
    `create database ${database} owner ${quoted[0]} template template0 encoding 'UTF8' lc_collate 'C'
       lc_ctype 'C'`,
  );
  const superuserUrl = databaseUrl(server, database);
  await execute(superuserUrl, `alter schema public owner to ${quoted[0]}`);
  const url = (role?: string): string => {
    const address = new URL(superuserUrl);
    if (role !== undefined) [address.username, address.password] = [encodeURIComponent(role), password];
    return address.href;
  };
  return {
    ...{ owner, app, auditor, url },
    execute: (statement) => execute(superuserUrl, statement),
    migrate: async (roles = { app, auditor }) => {
      const dataSource = await createDataSource(url(owner)).initialize();
      await migrate(dataSource, roles).finally(() => dataSource.destroy());
    },
    drop: async () => {
      await dropDatabase(server, database);
      for (const role of quoted) await execute(server, `drop role ${role}`);
    },
  };
}

/** The same, granted what they need. */
export async function grantedRoles(server?: string): Promise<GrantedRoles> {
  const roles = await newRoles(server);
  await roles.migrate();
  await roles.execute(`alter role ${escapeIdentifier(roles.auditor)} set search_path = auditing`);
  return roles;
}
