import { createDataSource } from "./src/store/dataSource";

/** For TypeORM's own command line; the service makes its DataSource in main.ts, where the address is known. */
export const dataSource = createDataSource(process.env.DATABASE_URL ?? "");
