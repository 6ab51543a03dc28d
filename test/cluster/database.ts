import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";

/** A server for tests, as its superuser. */
export interface TestServer {
  /** Of a database from which others can be made. */
  url: string;
  /** The database that fresh ones are copies of. */
  template: string;
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const mostTries = 100;
const pauseMs = 50;

/** A database of its own for a test, in the state of the template. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { url, template } = announcedServer();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await cloneDatabase(url, template, name);
  return { url: databaseUrl(url, name), drop: () => dropDatabase(url, name) };
}

/** One without a schema, for a program that makes its own. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const { url } = announcedServer();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await createEmpty(url, name);
  return { url: databaseUrl(url, name), drop: () => dropDatabase(url, name) };
}

export function createEmpty(serverUrl: string, name: string): Promise<void> {
  const properties = "template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'";
  return execute(serverUrl, `create database ${name} ${properties}`);
}

/** Tells the test files, which run in processes of their own, where the server is. */
export function announceServer({ url, template }: TestServer): void {
  process.env.ESI_TEST_SERVER = url;
  process.env.ESI_TEST_TEMPLATE = template;
}

function announcedServer(): TestServer {
  const { ESI_TEST_SERVER: url, ESI_TEST_TEMPLATE: template } = process.env;
  if (url !== undefined && template !== undefined) return { url, template };
  throw new Error("no test server: test/globalSetup.ts has not run");
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** PostgreSQL copies no database that somebody is connected to: then it is tried again. */
async function cloneDatabase(url: string, template: string, name: string): Promise<void> {
  const statement = `create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`;
  for (let tries = 1; ; tries += 1) {
    try {
      return await execute(url, statement);
    } catch (error) {
      const isBusy = error instanceof Error && error.message.includes("is being accessed by other users");
      if (!isBusy || tries === mostTries) throw error;
    }
    await sleep(pauseMs);
  }
}

export function dropDatabase(url: string, name: string): Promise<void> {
  return execute(url, `drop database if exists ${escapeIdentifier(name)} with (force)`);
}

export async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
