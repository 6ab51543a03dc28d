import { createServer, Server } from "node:net";
import { createDataSource } from "../../src/store/dataSource";

/** A message of PostgreSQL's protocol: its type, its length, its content. */
function message(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const authenticated = message("R", Buffer.alloc(4));
const ready = message("Z", Buffer.from("I"));
const dying = message("E", Buffer.from("SFATAL\0VFATAL\0C57P01\0Mthe server dies\0\0"));

let server: Server;

/** A server that dies in the very bytes that say it is ready. */
async function dyingServer(): Promise<string> {
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(Buffer.concat([authenticated, ready, dying])));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `postgres://x@127.0.0.1:${typeof address === "object" ? address?.port : 0}/x`;
}

test("a server that dies as soon as it is connected to is an error of the statement and not the process's end", async () => {
  await expect(createDataSource(await dyingServer()).initialize()).rejects.toThrow();
  await new Promise((resolve) => server.close(resolve));
});
