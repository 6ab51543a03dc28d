import { setTimeout as delay } from "node:timers/promises";
import { guardedFolder, GuardedFolder } from "../cluster/guard";
import {
  Answer,
  expectDecidedAsByOne,
  Submission,
  submissionsOf,
  submitUntilAnswered,
} from "./claimedMember";
import { databasePid, ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/** Local mode as `npm start` runs it, whose PostgreSQL is killed again and again while clients submit. */
const kills = 3;
const clients = 6;
const claims = 10;

let folder: GuardedFolder;
let service: ServiceProcess;
let token: string;

beforeAll(async () => {
  folder = await guardedFolder();
  service = await startServiceProcess({ dataFolder: folder.path });
  token = await tokenFor(folder.path);
}, 60_000);
afterAll(async () => {
  await service.kill("SIGKILL");
  await folder.remove();
});

interface Sent {
  readonly memberId: string;
  readonly submissions: readonly Submission[];
  readonly answers: readonly Answer[];
}

/** One member after the other, until it is enough; each submission as often as it takes to be answered. */
async function submitMembers(client: number, isEnough: () => boolean): Promise<Sent[]> {
  const sent: Sent[] = [];
  while (!isEnough()) {
    const memberId = `KILLED-${client}-${sent.length}`;
    const submissions = submissionsOf(memberId, claims);
    const send = (input: Submission) => submitUntilAnswered([service.address], token, input);
    sent.push({ memberId, submissions, answers: await Promise.all(submissions.map(send)) });
  }
  return sent;
}

const isReady = async (): Promise<boolean> => (await fetch(`${service.address}/readyz`)).status === 200;

const timesRestarted = (): number => service.logged().split("has been started again").length - 1;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain; logged: ${service.logged()}`);
    await delay(25);
  }
}

test("a database that is killed under load costs no decision and no wrong answer, and the service goes on", async () => {
  let isEnough = false;
  const sending = Promise.all(
    Array.from({ length: clients }, (_, client) => submitMembers(client, () => isEnough)),
  );
  for (let kill = 0; kill < kills; kill++) {
    await delay(300);
    process.kill(await databasePid(folder.path), "SIGKILL");
    await until(async () => timesRestarted() > kill && (await isReady()));
  }
  await delay(300);
  isEnough = true;
  const members = (await sending).flat();
  for (const { memberId, submissions, answers } of members) {
    const send = (input: Submission) => submitUntilAnswered([service.address], token, input);
    const replays = await Promise.all(submissions.map(send));
    expect(replays).toEqual(answers.map((answer) => ({ ...answer, replayed: true })));
    await expectDecidedAsByOne(service.address, token, memberId, submissions);
  }
  expect(service.child.exitCode).toBeNull();
  expect(timesRestarted()).toBe(kills);
  expect(service.logged()).not.toContain("KILLED-");
}, 120_000);
