import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "undici";
import { type Answered, post } from "./posting";

export interface OpenLoad {
  readonly connections: Pool;
  /** Taken in turn: one client alone is held back by its rate. */
  readonly tokens: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  readonly bodyOf: (place: number) => string;
}

export interface Timed extends Answered {
  /** Since the request was due, whether or not it could be sent then. */
  readonly milliseconds: number;
  /** Since the first request was due. */
  readonly sinceStart: number;
}

const tickMs = 5;

/** Sends as many requests a second as it is told, whether or not those before are answered. */
export async function openLoad(load: OpenLoad): Promise<Timed[]> {
  const { connections, tokens, perSecond, seconds, bodyOf } = load;
  const answers: Promise<Timed>[] = [];
  const start = performance.now();
  for (let elapsed = 0; elapsed < seconds * 1_000; elapsed = performance.now() - start) {
    const due = Math.floor((elapsed / 1_000) * perSecond);
    while (answers.length < due) {
      const place = answers.length;
      const answer = post(connections, tokens[place % tokens.length] ?? "", bodyOf(place));
      answers.push(answer.then((answered) => timed(answered, start, (place * 1_000) / perSecond)));
    }
    await wait(tickMs);
  }
  return Promise.all(answers);
}

function timed(answered: Answered, start: number, dueAt: number): Timed {
  const sinceStart = answered.arrivedAt - start;
  return { ...answered, sinceStart, milliseconds: sinceStart - dueAt };
}
