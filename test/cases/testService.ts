import { Service } from "../../src/cases/service";
import { serviceOn as serviceOnDatabase } from "../../src/service";
import { createDataSource } from "../../src/store/dataSource";
import { freshDatabase } from "../cluster/database";
import { receiptKey } from "../ledger/logKeys";

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
  return { ...serviceOnDatabase(database, receiptKey.signer), url, close: () => database.destroy() };
}
