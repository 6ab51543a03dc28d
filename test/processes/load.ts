import { setTimeout as delay } from "node:timers/promises";
import { Answer, expectDecidedAsByOne, Submission, submissionsOf, submitDocument } from "./claimedMember";

/* Clients that go on while something is killed, and how all that they were told is judged afterwards. */

const clients = 6;
const claims = 10;
const mostTries = 100;
/** Four times as often as the service asks for: pressing, but not the overload that another test is about. */
const pauseMilliseconds = 250;

/** A member whose claims have all been answered. */
export interface SentMember {
  readonly memberId: string;
  readonly submissions: readonly Submission[];
  readonly answers: readonly Answer[];
}

/** Sends a submission until it is answered. */
export type Send = (input: Submission) => Promise<Answer>;

interface Reply {
  readonly data?: { readonly submitClaimSession: Answer } | null;
  readonly errors?: readonly {
    readonly extensions: { readonly code: string; readonly retryable: boolean };
  }[];
}

/** Sends until there is an answer, with the same key; what is told meanwhile is added to `refusals`. */
export function sender(address: string, token: string, refusals: Set<string>): Send {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "x-purpose-of-use": "HPAYMT",
  };
  return async (input) => {
    const body = JSON.stringify({ query: submitDocument, variables: { input } });
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const reply = await fetch(`${address}/graphql`, { method: "POST", headers, body });
      const { data, errors = [] }: Reply = JSON.parse(await reply.text());
      if (reply.ok && data) return data.submitClaimSession;
      const told = errors.map(({ extensions: { code, retryable } }) => `${code} ${retryable}`);
      refusals.add(`${reply.status} ${told.join()} ${reply.headers.get("retry-after")}`);
      await delay(pauseMilliseconds);
    }
    throw new Error(`no answer but ${[...refusals].join("; ")}`);
  };
}

/** Each client takes one member after the other and sends its claims at once, until it is enough. */
export async function submitUntil(isEnough: () => boolean, send: Send): Promise<SentMember[]> {
  const submitMembers = async (client: number): Promise<SentMember[]> => {
    const sent: SentMember[] = [];
    while (!isEnough()) {
      const memberId = `KILLED-${client}-${sent.length}`;
      const submissions = submissionsOf(memberId, claims);
      sent.push({ memberId, submissions, answers: await Promise.all(submissions.map(send)) });
    }
    return sent;
  };
  return (await Promise.all(Array.from({ length: clients }, (_, client) => submitMembers(client)))).flat();
}

/** All that was answered is on file: each key gives the same answer again, each stream is as by one. */
export async function expectKept(
  members: readonly SentMember[],
  { address, token, send }: { readonly address: string; readonly token: string; readonly send: Send },
): Promise<void> {
  for (const { memberId, submissions, answers } of members) {
    const replays = await Promise.all(submissions.map(send));
    expect(replays).toEqual(answers.map((answer) => ({ ...answer, replayed: true })));
    await expectDecidedAsByOne(address, token, memberId, submissions);
  }
}

/** Ready again in time after each kill; where not, the failure tells all the times. */
export function expectReadyInTime(recoveries: readonly number[], mostMilliseconds = 5_000): void {
  const milliseconds = recoveries.map(Math.round);
  const wereInTime = milliseconds.every((taken) => taken <= mostMilliseconds);
  expect({ milliseconds, wereInTime }).toEqual({ milliseconds, wereInTime: true });
}

/** How long it takes until it holds, in milliseconds; `tell` says what is known where it never does. */
export async function timeUntil(holds: () => Promise<boolean>, tell: () => string): Promise<number> {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > 20_000) throw new Error(`waited in vain; ${tell()}`);
    await delay(25);
  }
  return performance.now() - start;
}
