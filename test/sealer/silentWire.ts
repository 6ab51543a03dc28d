import { AddressInfo, connect, createServer, Socket } from "node:net";

/** A wire to a database that can stop carrying anything, without either end being told. */
export interface Wire {
  readonly url: string;
  readonly fallSilent: () => void;
  readonly cut: () => Promise<void>;
}

export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const host = target.searchParams.get("host") ?? target.hostname;
  const port = Number(target.searchParams.get("port") ?? (target.port || 5432));
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) sockets.add(socket.on("error", () => socket.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: nearPort } = server.address() as AddressInfo;
  const { username, password, pathname } = target;
  return {
    url: `postgres://${username}${password && `:${password}`}@127.0.0.1:${nearPort}${pathname}`,
    fallSilent: () => sockets.forEach((socket) => socket.unpipe().pause()),
    cut: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
