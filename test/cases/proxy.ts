import { connect, createServer, Server, Socket } from "node:net";
import { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * What the proxy does with the next statement that stores decisions; or it lets nothing pass at all, or
 * everything late.
 */
export type Mischief =
  | "none"
  | "cutBeforeInsert"
  | "swallowReplyToInsert"
  | "holdBackCommit"
  | "blackHole"
  | "delay";

export interface DatabaseProxy {
  /** The address of the same database by way of the proxy. */
  readonly url: string;
  mischief: Mischief;
  close(): Promise<void>;
}

/** Long enough for the server to commit what it was sent. */
const commitMilliseconds = 100;
const delayMilliseconds = 200;
/** The message that a statement ends with, and by which it is committed. */
const syncBytes = 5;

/** A wire to the database that can break at the worst moments. */
export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const proxy: DatabaseProxy = { url: "", mischief: "none", close: () => closeAll(server, sockets) };
  const server = createServer((client) => relay(client, dial(target), proxy, sockets));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(proxy, { url: addressVia(target, server) });
}

function relay(client: Socket, upstream: Socket, proxy: DatabaseProxy, sockets: Set<Socket>): void {
  let isSwallowing = false;
  const cut = (): void => [client, upstream].forEach((socket) => socket.destroy());
  let sent = Promise.resolve();
  const send = (bytes: Buffer): void => void (sent = sent.then(() => void upstream.write(bytes)));
  client.on("data", (bytes: Buffer) => {
    if (proxy.mischief === "blackHole") isSwallowing = true;
    if (isSwallowing) return;
    const isInsert = bytes.includes("is_first") && bytes.includes('"record"');
    if (isInsert && proxy.mischief === "cutBeforeInsert") {
      proxy.mischief = "none";
      cut();
      return;
    }
    if (isInsert && proxy.mischief === "swallowReplyToInsert") {
      proxy.mischief = "none";
      isSwallowing = true;
      void delay(commitMilliseconds).then(cut);
    }
    const isHeldBack = isInsert && proxy.mischief === "holdBackCommit";
    if (isHeldBack) send(bytes.subarray(0, -syncBytes));
    if (isHeldBack) sent = sent.then(() => delay(delayMilliseconds));
    send(isHeldBack ? bytes.subarray(-syncBytes) : bytes);
  });
  let answered = Promise.resolve();
  upstream.on("data", (bytes) => {
    if (isSwallowing) return;
    const isLate = proxy.mischief === "delay";
    // One after the other, so that what comes in time does not overtake what is late.
    answered = answered
      .then(() => (isLate ? delay(delayMilliseconds) : undefined))
      .then(() => void client.write(bytes));
  });
  for (const socket of [client, upstream]) {
    sockets.add(socket);
    socket.on("close", cut).on("error", cut);
  }
}

function dial(target: URL): Socket {
  const folder = target.searchParams.get("host");
  const port = Number(target.searchParams.get("port") ?? (target.port || 5432));
  if (folder?.startsWith("/")) return connect({ path: `${folder}/.s.PGSQL.${port}` });
  return connect({ host: folder ?? target.hostname, port });
}

function addressVia(target: URL, server: Server): string {
  const address = server.address() as AddressInfo;
  const { username, password, pathname } = target;
  return `postgres://${username}${password && `:${password}`}@127.0.0.1:${address.port}${pathname}`;
}

async function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
}
