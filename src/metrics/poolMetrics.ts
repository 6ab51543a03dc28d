import { Gauge, Registry } from "prom-client";
import { PoolUse } from "../store/poolUse";

/** Reads the pool's own counters at each scrape. */
export function readPool(registry: Registry, pool: () => PoolUse): void {
  const gauge = (name: keyof PoolUse, help: string) =>
    new Gauge({
      name: `pg_pool_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(pool()[name]);
      },
    });
  gauge("total", "Connections to the database");
  gauge("idle", "Connections to the database that nobody uses");
  gauge("waiting", "Requests that wait for a connection");
}
