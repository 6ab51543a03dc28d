import "reflect-metadata";
import { createDataSource } from "../../src/store/dataSource";
import { migrate } from "../../src/store/migrate";

/**
 * Brings the empty template database into the state that each test starts from: migrated, without a decision.
 */
export async function fillTemplate(url: string): Promise<void> {
  const dataSource = await createDataSource(url).initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
