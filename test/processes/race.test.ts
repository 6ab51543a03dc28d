import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshDatabase, TestDatabase } from "../cluster/database";
import {
  Answer,
  expectDecidedAsByOne,
  Submission,
  submissionsOf,
  submitTo,
  submitUntilAnswered,
} from "./claimedMember";
import { ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/**
 * Real processes on one database, raced over HTTP by many clients, with one process killed in the middle.
 * Afterwards all streams are read back and judged by a model of the specification that was written apart from
 * the service.
 */
const members = ["RACE-HOT", "RACE-1", "RACE-2"];

let database: TestDatabase;
let folder: string;
let token: string;
let processes: ServiceProcess[];

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "esi-race-"));
  const setting = { dataFolder: folder, databaseUrl: database.url };
  processes = await Promise.all([1, 2, 3].map(() => startServiceProcess(setting)));
  token = await tokenFor(folder);
}, 60_000);

afterAll(async () => {
  await Promise.all(processes.map(({ kill }) => kill("SIGKILL")));
  await rm(folder, { recursive: true });
  await database.drop();
});

/** Sends to the process of that place first. */
function submitFrom(first: number, input: Submission): Promise<Answer> {
  const addresses = processes.map((_, place) => processes[(first + place) % processes.length].address);
  return submitUntilAnswered(addresses, token, input);
}

test("racing processes allow what one would, lose nothing and double nothing", async () => {
  const sent = members.flatMap((memberId) => submissionsOf(memberId));
  const killing = new Promise((resolve) => setTimeout(resolve, 150)).then(() => processes[0].kill("SIGKILL"));
  // Every submission is sent twice at once, to different processes: the second is a client that lost
  // patience.
  const answers = await Promise.all(
    sent.map((input, place) => Promise.all([submitFrom(place, input), submitFrom(place + 1, input)])),
  );
  await killing;
  for (const [one, other] of answers) {
    expect(one.decision).not.toBeNull();
    expect(other.decision).toEqual(one.decision);
  }
  const replays = await Promise.all(sent.map((input, place) => submitFrom(place, input)));
  replays.forEach((replay, place) => expect(replay).toEqual({ ...answers[place][0], replayed: true }));

  for (const memberId of members)
    await expectDecidedAsByOne(processes[1].address, token, memberId, submissionsOf(memberId));
}, 60_000);

test("of two replacements of one original that race, one wins and the other is told the winner's id", async () => {
  const [, one, other] = processes;
  for (let round = 1; round <= 12; round++) {
    const [{ session }] = submissionsOf(`RACE-REPLACED-${round}`);
    const original = { ...session, claimNumber: "ORIGINAL", dateOfService: "2024-03-11" };
    const { decision } = await submitFrom(1, { idempotencyKey: "original", session: original });
    expect(decision?.disposition).toBe("APPROVED");
    const replacing = { frequency: "REPLACEMENT", originalClaimNumber: "ORIGINAL" } as const;
    const answers = await Promise.all(
      [one, other].map(async ({ address }, place) => {
        const about = { claimNumber: `REPLACEMENT-${place}`, ...replacing };
        const input = { idempotencyKey: `replacement-${place}`, session: { ...original, ...about } };
        return submitTo(address, token, input);
      }),
    );
    const winner = answers.flatMap((answer) => answer.decision?.id ?? []);
    const told = answers.flatMap(({ userErrors }) => userErrors);
    expect(winner).toHaveLength(1);
    expect(told).toEqual([{ code: "ORIGINAL_NOT_EFFECTIVE", decisionId: winner[0] }]);
  }
}, 60_000);
