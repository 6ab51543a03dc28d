import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openLocalIssuer } from "../../src/access/localIssuer";
import { Scope, scopes } from "../../src/access/scopes";
import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import { runCommand } from "../commands/commandProcess";
import { databasePid, ServiceProcess, startServiceProcess } from "../processes/serviceProcess";
import { canaries } from "./canaries";
import { canaryClient } from "./client";
import { everydayCommands, runAll } from "./commands";
import { failInEveryWay } from "./failures";
import { keptFiles } from "./keptFiles";
import { failAtLock, failWithoutDatabase } from "./outages";
import { expectNothingFound, plant } from "./search";
import { changeInEveryWay, readInEveryWay } from "./successes";

let folder: GuardedFolder;
let dataFolder: string;
let service: ServiceProcess;

beforeAll(async () => {
  folder = await guardedFolder();
  dataFolder = join(folder.path, "data");
  service = await startServiceProcess({ dataFolder });
}, 60_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await folder.remove();
});

const tokens: string[] = [];

async function tokenFor(granted: readonly Scope[]): Promise<string> {
  const issuer = await openLocalIssuer(dataFolder, () => new Date());
  const token = await issuer.issueToken(granted, { clientId: "portal", subject: canaries.subject });
  tokens.push(token);
  return token;
}

test("what identifies a member, a claim or a person comes out nowhere but in the answers", async () => {
  const client = canaryClient(service.address, await tokenFor(scopes));
  const decisionId = await changeInEveryWay(client);
  await readInEveryWay(client, decisionId);
  await failInEveryWay(client, decisionId, await tokenFor(["policy:write"]));
  const database = await startEmbeddedPostgres({ dataFolder });
  await failAtLock(client, database.url);
  await plant(client, database.url);
  await database.stop();
  process.kill(await databasePid(dataFolder), "SIGKILL");
  await failWithoutDatabase(client);
  await delay(1_500);
  const metrics = await client.get(`/metrics?${canaries.member}`);
  const commands = await runAll(everydayCommands, (args) => runCommand(args, { dataFolder }));
  await service.kill("SIGTERM");
  const spoken = {
    ...{ ...client.told(), metrics, commands },
    ...{ written: service.written(), logged: service.logged() },
    files: (await keptFiles(dataFolder)).join("\n"),
  };
  expectNothingFound(spoken, client, tokens);
}, 120_000);
