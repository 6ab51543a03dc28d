import { randomBytes } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { memberQueue } from "../../src/cases/memberQueue";
import { Service } from "../../src/cases/service";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { createDataSource } from "../../src/store/dataSource";
import { freshDatabase } from "../cluster/database";

export interface TestService extends Service {
  readonly url: string;
  close(): Promise<void>;
}

/** The use cases on a database of their own, as one process of the service has them. */
export async function freshService(): Promise<TestService> {
  const { url, drop } = await freshDatabase();
  const service = await serviceOn(url);
  return { ...service, close: async () => (await service.close(), drop()) };
}

/** The use cases as one more process on a database that stands already. */
export async function serviceOn(url: string): Promise<TestService> {
  const database = await createDataSource(url).initialize();
  return {
    url,
    database,
    policyVersions: molinaEsiVersions,
    memberQueue: memberQueue(),
    storedPolicyVersions: new Set(),
    newId: uuidv7,
    newSalt: () => randomBytes(16),
    chance: Math.random,
    elapsed: () => performance.now(),
    close: () => database.destroy(),
  };
}
