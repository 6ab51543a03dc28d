import { spawnSync } from "node:child_process";
import { statfsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgres, startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { DatabaseProxy, databaseProxy } from "../cases/proxy";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { ServiceProcess, startServiceProcess, tokenFor } from "../processes/serviceProcess";
import { clientNames } from "./clients";
import type { Setting } from "./setting";

/* The processes of a run: PostgreSQL, and services that reach it over wires which can break. */

/** No local calendar may matter, nor that two processes have different ones. */
const zones = ["Pacific/Kiritimati", "America/St_Johns"];

/** What outlives a killed server is what it wrote; only a power cut would take that, which no run can make. */
const serverSettings = { fsync: "off", full_page_writes: "off", max_connections: "200" };

interface Place {
  readonly wire: DatabaseProxy;
  readonly zone: string;
  readonly port: number;
  service: ServiceProcess;
}

export class Stage {
  /** What the processes that are gone have written. */
  private readonly earlier: string[] = [];

  private constructor(
    private readonly folder: GuardedFolder,
    private server: EmbeddedPostgres,
    private readonly sources: string | undefined,
    readonly tokens: ReadonlyMap<string, string>,
  ) {}

  private readonly places: Place[] = [];

  /** With a small disk, which only root can make, the database can be filled up. */
  static async open({ sources, faults }: Pick<Setting, "sources" | "faults">): Promise<Stage> {
    const guarded = await guardedFolder();
    try {
      const [keys, dataFolder] = ["keys", "data"].map((name) => join(guarded.path, name));
      await Promise.all([mkdir(keys), mkdir(dataFolder)]);
      if (faults.includes("fillDisk")) mountSmallDisk(dataFolder);
      const server = await startEmbeddedPostgres({ dataFolder, settings: serverSettings });
      const tokens = await Promise.all(
        clientNames.map(async (name) => [name, await tokenFor(keys, name)] as const),
      );
      const stage = new Stage(guarded, server, sources, new Map(tokens));
      // One after the other: the first one migrates.
      for (const zone of zones) await stage.add(zone);
      return stage;
    } catch (error) {
      await guarded.remove();
      throw error;
    }
  }

  get databaseUrl(): string {
    return this.server.url;
  }

  get keyFolder(): string {
    return join(this.folder.path, "keys");
  }

  get checkpointFolder(): string {
    return join(this.keyFolder, "checkpoints");
  }

  get dataFolder(): string {
    return join(this.folder.path, "data");
  }

  get wires(): readonly DatabaseProxy[] {
    return this.places.map(({ wire }) => wire);
  }

  addresses(): readonly string[] {
    return this.places.map(({ service }) => service.address);
  }

  service(place: number): ServiceProcess {
    return this.places[place].service;
  }

  get services(): number {
    return this.places.length;
  }

  async restartService(place: number): Promise<void> {
    const at = this.places[place];
    await at.service.kill("SIGKILL");
    this.earlier.push(at.service.written(), at.service.logged());
    at.service = await this.start(at.wire, at.zone, at.port);
  }

  /** A server that is killed leaves its children behind for a moment, which keep the next one from starting. */
  async restartDatabase(): Promise<void> {
    process.kill(this.server.pid, "SIGKILL");
    await this.server.lost;
    await this.reviveDatabase();
  }

  /** Starts it where it has stopped. */
  async reviveDatabase(): Promise<void> {
    this.server = await this.server.startAgain();
  }

  /** All that the services have written. */
  written(): string {
    const now = this.places.flatMap(({ service }) => [service.written(), service.logged()]);
    return [...this.earlier, ...now].join("\n");
  }

  /** The log of the database. */
  get databaseLog(): string {
    return join(this.dataFolder, "pg18.log");
  }

  async close(): Promise<void> {
    await Promise.all(this.places.map(({ service }) => service.kill("SIGKILL")));
    await Promise.all(this.wires.map((wire) => wire.close()));
    await this.server.stop();
    unmountSmallDisk(this.dataFolder);
    await this.folder.remove();
  }

  private async add(zone: string): Promise<void> {
    const wire = await databaseProxy(this.server.url);
    const service = await this.start(wire, zone, 0);
    this.places.push({ wire, zone, port: Number(new URL(service.address).port), service });
  }

  private start(wire: DatabaseProxy, TZ: string, port: number): Promise<ServiceProcess> {
    const { sources, keyFolder: dataFolder } = this;
    return startServiceProcess({ dataFolder, databaseUrl: wire.url, port, environment: { TZ }, sources });
  }
}

/** Room for the cluster and for the write-ahead log of a run, and little more. */
const diskMegabytes = 400;

function mountSmallDisk(folder: string): void {
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${diskMegabytes}m`, "tmpfs", folder]);
  if (mount.status !== 0) throw new Error("fillDisk needs root, who mounts a small disk for the database");
}

function unmountSmallDisk(folder: string): void {
  if (statfsSync(folder).blocks * statfsSync(folder).bsize <= diskMegabytes * 2 ** 20)
    spawnSync("umount", ["--lazy", folder]);
}
