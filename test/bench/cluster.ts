import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { guardedFolder } from "../cluster/guard";

export interface BenchCluster {
  readonly url: string;
  /** The folder that holds it: a data folder of the service. */
  readonly folder: string;
  close(): Promise<void>;
}

/** A cluster of its own with the settings of a real one: commits wait for the disk. */
export async function benchCluster(): Promise<BenchCluster> {
  const folder = await guardedFolder("/tmp");
  const server = await startEmbeddedPostgres({ dataFolder: folder.path });
  return {
    url: server.url,
    folder: folder.path,
    close: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}
