import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { ReferenceModel } from "../reference/referenceModel";
import type { ClaimSessionInput } from "../reference/contract";
import { ask, ServiceProcess, startServiceProcess, tokenFor } from "./serviceProcess";

/**
 * Real processes on one database, raced over HTTP by many clients, with one process killed in the middle.
 * Afterwards all streams are read back and judged by a model of the specification that was written apart from
 * the service.
 */
const members = ["RACE-HOT", "RACE-1", "RACE-2"];
const claimsOfAMember = 30;
const mostTries = 40;

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

interface Submission {
  readonly idempotencyKey: string;
  readonly session: ClaimSessionInput;
}

interface Answer {
  readonly decision: { readonly id: string; readonly disposition: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly decisionId: string | null }[];
  readonly replayed: boolean;
}

/** Dates of service spread over a year and a half, two performers, and now and then a second region. */
function submissionsOf(memberId: string): Submission[] {
  return Array.from({ length: claimsOfAMember }, (_, place) => {
    const month = 1 + ((place * 7) % 18);
    const year = month > 12 ? 2025 : 2024;
    const day = 1 + ((place * 11) % 28);
    const dateOfService = `${year}-${String(((month - 1) % 12) + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    return {
      idempotencyKey: `key-${place}`,
      session: {
        memberId,
        claimNumber: `C-${place}`,
        claimType: "PROFESSIONAL",
        lineOfBusiness: "MEDICAID",
        dateOfService,
        stateOfService: "TX",
        placeOfService: "11",
        billingProviderNpi: "1500000009",
        renderingProviderNpi: place % 2 === 0 ? "1234567893" : "1000000004",
        lines: [{ lineNumber: 1, procedureCode: place % 5 === 0 ? "62321" : "62323", units: 1 }],
      },
    };
  });
}

const submit = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { id disposition } userErrors { code decisionId } replayed }
}`;

/** Sends until there is an answer, to one process after the other: a broken connection tells nothing. */
async function submitUntilAnswered(input: Submission, first: number): Promise<Answer> {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const { address } = processes[(first + attempt) % processes.length];
    try {
      return (await ask<{ submitClaimSession: Answer }>(address, token, submit, { input }))
        .submitClaimSession;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
  throw new Error("no answer");
}

interface Recorded {
  readonly id: string;
  readonly memberSequence: number;
  readonly claimNumber: string;
  readonly disposition: string;
  readonly lines: readonly { readonly lineNumber: number; readonly unitsAllowed: number }[];
}

const readBack = `query Member($id: ID!) {
  member(id: $id) {
    decisions(first: 100) { nodes { id memberSequence claimNumber disposition lines { lineNumber unitsAllowed } } }
  }
}`;

async function recordedOf(memberId: string): Promise<Recorded[]> {
  const { address } = processes[1];
  type Reply = { member: { decisions: { nodes: Recorded[] } } };
  const { member } = await ask<Reply>(address, token, readBack, { id: memberId });
  return member.decisions.nodes.sort((one, other) => one.memberSequence - other.memberSequence);
}

test("racing processes allow what one would, lose nothing and double nothing", async () => {
  const sent = members.flatMap(submissionsOf);
  const killing = new Promise((resolve) => setTimeout(resolve, 150)).then(() => processes[0].kill("SIGKILL"));
  // Every submission is sent twice at once, to different processes: the second is a client that lost
  // patience.
  const answers = await Promise.all(
    sent.map((input, place) =>
      Promise.all([submitUntilAnswered(input, place), submitUntilAnswered(input, place + 1)]),
    ),
  );
  await killing;
  for (const [one, other] of answers) {
    expect(one.decision).not.toBeNull();
    expect(other.decision).toEqual(one.decision);
  }
  const replays = await Promise.all(sent.map((input, place) => submitUntilAnswered(input, place)));
  replays.forEach((replay, place) => expect(replay).toEqual({ ...answers[place][0], replayed: true }));

  for (const memberId of members) {
    const recorded = await recordedOf(memberId);
    const inputs = submissionsOf(memberId);
    expect(recorded.map(({ memberSequence }) => memberSequence)).toEqual(inputs.map((_, place) => place + 1));
    const reference = new ReferenceModel({ now: () => "2026-07-01T00:00:00.000Z" });
    for (const { claimNumber, disposition, lines } of recorded) {
      const input = inputs.find(({ session }) => session.claimNumber === claimNumber);
      if (!input) throw new Error(`nobody sent ${claimNumber}`);
      const { decision } = reference.submit(input);
      const judged = decision?.lines.map(({ lineNumber, unitsAllowed }) => ({ lineNumber, unitsAllowed }));
      expect({ claimNumber, disposition, lines }).toEqual({
        claimNumber,
        disposition: decision?.disposition,
        lines: judged,
      });
    }
  }
}, 60_000);

test("of two replacements of one original that race, one wins and the other is told the winner's id", async () => {
  const [, one, other] = processes;
  for (let round = 1; round <= 12; round++) {
    const [{ session }] = submissionsOf(`RACE-REPLACED-${round}`);
    const original = { ...session, claimNumber: "ORIGINAL", dateOfService: "2024-03-11" };
    const { decision } = await submitUntilAnswered({ idempotencyKey: "original", session: original }, 1);
    expect(decision?.disposition).toBe("APPROVED");
    const replacing = { frequency: "REPLACEMENT", originalClaimNumber: "ORIGINAL" } as const;
    const answers = await Promise.all(
      [one, other].map(async ({ address }, place) => {
        const about = { claimNumber: `REPLACEMENT-${place}`, ...replacing };
        const input = { idempotencyKey: `replacement-${place}`, session: { ...original, ...about } };
        return (await ask<{ submitClaimSession: Answer }>(address, token, submit, { input }))
          .submitClaimSession;
      }),
    );
    const winner = answers.flatMap((answer) => answer.decision?.id ?? []);
    const told = answers.flatMap(({ userErrors }) => userErrors);
    expect(winner).toHaveLength(1);
    expect(told).toEqual([{ code: "ORIGINAL_NOT_EFFECTIVE", decisionId: winner[0] }]);
  }
}, 60_000);
