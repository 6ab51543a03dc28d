import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { scopes } from "../../src/access/scopes";
import { EmbeddedPostgres, startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { installClock, setClock } from "../acceptance/clock";
import { execute } from "../cluster/database";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { runBare } from "../commands/commandProcess";
import { prepareProduction, ProductionSetting, untilReady } from "../processes/productionSetting";
import { ServiceProcess, startProductionProcess } from "../processes/serviceProcess";
import { canaries } from "./canaries";
import { CanaryClient, canaryClient } from "./client";
import {
  erasingCommands,
  everydayCommands,
  filesForCommands,
  furtherCommands,
  holdingCommands,
  runAll,
} from "./commands";
import { failInEveryWay, graphql } from "./failures";
import { keptFiles } from "./keptFiles";
import { failAtLock, failWithoutDatabase } from "./outages";
import { expectNothingFound, plant } from "./search";
import { changeInEveryWay, readInEveryWay } from "./successes";

let folder: GuardedFolder;
let kept: string;
let setting: ProductionSetting;
let server: EmbeddedPostgres;
let service: ServiceProcess;
/** What the commands tell that prepare the database. */
let migrated: string;

const startServer = () => startEmbeddedPostgres({ dataFolder: join(kept, "data") });

beforeAll(async () => {
  folder = await guardedFolder();
  kept = join(folder.path, "kept");
  await mkdir(kept);
  setting = await prepareProduction(kept);
  server = await startServer();
  await execute(server.url, "create role esi_app login");
  const { written, logged } = await runBare(["migrate", "--app", "esi_app"], { DATABASE_URL: server.url });
  migrated = written + logged;
  const DATABASE_URL = server.url.replace("postgres@", "esi_app@");
  service = await startProductionProcess({ ...setting.environment, DATABASE_URL });
  await untilReady(service.address);
}, 60_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await setting.stop();
  await folder.remove();
});

const tokens: string[] = [];

/** The issuer may put into a token whatever else it likes. */
function tokenFor(scope: string, claims: object = {}): string {
  const token = setting.tokenFor(scope, { sub: canaries.subject, name: canaries.reason, ...claims });
  tokens.push(token);
  return token;
}

/** What production refuses and local mode does not. */
async function failAsInProduction(client: CanaryClient): Promise<void> {
  const reading = graphql(`{ member(id: "${canaries.member}") { id } }`);
  const [aud, exp] = [canaries.literal, Math.floor(Date.now() / 1_000) - 60];
  for (const claims of [{ aud }, { iss: canaries.literal }, { exp }, { sub: `${canaries.subject} ` }])
    await client.refused("UNAUTHENTICATED", { ...reading, bearer: tokenFor("history:read", claims) });
  await client.refused("BAD_REQUEST", { ...reading, headers: { "x-purpose-of-use": "" } });
  await client.refused("BAD_REQUEST", { ...reading, path: "/export", headers: { "x-purpose-of-use": "" } });
  await client.refused("BAD_REQUEST", { method: "GET", path: `/explorer?${canaries.member}` });
}

async function failWhileServerIsKilled(client: CanaryClient): Promise<void> {
  process.kill(server.pid, "SIGKILL");
  await server.lost;
  const failing = failWithoutDatabase(client);
  await delay(500);
  server = await startServer();
  await failing;
}

test("in production what identifies a member, a claim or a person comes out nowhere but in the answers", async () => {
  const client = canaryClient(service.address, tokenFor(scopes.join(" ")));
  const decisionId = await changeInEveryWay(client);
  await readInEveryWay(client, decisionId);
  await failInEveryWay(client, decisionId, tokenFor("policy:write"));
  await failAsInProduction(client);
  await failAtLock(client, server.url);
  await plant(client, server.url);
  await failWhileServerIsKilled(client);
  await delay(1_500);
  const files = await filesForCommands(join(folder.path, "commands"));
  const run = (args: readonly string[]) => runBare(args, { DATABASE_URL: server.url });
  const together = [everydayCommands, furtherCommands(files)].map((calls) => runAll(calls, run));
  const commands = [migrated, ...(await Promise.all(together))];
  commands.push(await runAll(holdingCommands(files), run));
  await installClock(server.url);
  await setClock(server.url, "2040-01-01T00:00:00Z");
  commands.push(await runAll(erasingCommands(files), run));
  await client.refused("DECISION_PURGED", graphql(`{ decision(id: "${decisionId}") { id } }`));
  const metrics = await client.get(`/metrics?${canaries.member}`);
  expect(await service.kill("SIGTERM")).toBe(0);
  const spoken = {
    ...{ ...client.told(), metrics, commands: commands.join("\n") },
    ...{ written: service.written(), logged: service.logged() },
    files: (await keptFiles(kept)).join("\n"),
  };
  expectNothingFound(spoken, client, tokens);
}, 120_000);
