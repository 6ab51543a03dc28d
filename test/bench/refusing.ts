import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

/** A server that does nothing but refuse: what refusals cost where nothing of ours is done for them. */
export interface RefusingServer {
  readonly address: string;
  close(): Promise<void>;
}

const port = 4_924;

export async function startRefusingServer(): Promise<RefusingServer> {
  const child = fork(__filename);
  await once(child, "message");
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

if (require.main === module) {
  const headers = { "retry-after": "1" };
  const server = createServer((_, outgoing) => outgoing.writeHead(503, headers).end("come again later"));
  server.listen(port, "127.0.0.1", () => process.send?.("listening"));
}
