import { announceServer } from "./cluster/database";
import { startTestServer } from "./cluster/server";
import { stopLater } from "./cluster/run";

/** Imports no type-graphql, not even through others: jest hands this process's globals to each test file. */
export default async function globalSetup(): Promise<void> {
  const server = await startTestServer();
  stopLater(server.stop);
  announceServer(server);
}
