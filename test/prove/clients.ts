import { setTimeout as delay } from "node:timers/promises";
import { Random, randomFrom } from "../bench/random";
import * as documents from "./documents";
import { identityOf, type Input, type Payload, type Read, type Sending } from "./history";
import { post, Told } from "./sending";
import type { Setting } from "./setting";
import { memberOf, Workload, workloadOf } from "./workload";

/* The clients of a run. They are told nothing of what is done to the service. */

const clients = 16;
/** So many of the tokens' clients there are: some share one, as the programs of one plan do. */
export const clientNames = ["plan-a", "plan-b", "plan-c"] as const;
/** One request of six reads. */
const shareOfReads = 0.17;
const mostTries = 3;
const settlingMilliseconds = 60_000;

export interface Recorded {
  readonly sendings: Sending[];
  readonly reads: Read[];
  /** Bodies of all that was not answered with what was asked for. */
  readonly refusals: string[];
}

export interface Reached {
  readonly addresses: () => readonly string[];
  readonly tokens: ReadonlyMap<string, string>;
}

interface Client {
  readonly name: string;
  readonly random: Random;
}

export class Clients {
  readonly recorded: Recorded = { sendings: [], reads: [], refusals: [] };
  private readonly workload: Workload;
  private requests = 0;
  private isEnough = false;

  constructor(
    private readonly reached: Reached,
    private readonly setting: Setting,
  ) {
    this.workload = workloadOf(randomFrom(`${setting.seed} workload`), setting.withHistory);
  }

  /** Until `stop` is called. */
  async work(): Promise<void> {
    const loops = Array.from({ length: clients }, (_, place) => {
      const name = clientNames[place % clientNames.length];
      return this.loop({ name, random: randomFrom(`${this.setting.seed} client ${place}`) });
    });
    await Promise.all(loops);
  }

  stop(): void {
    this.isEnough = true;
  }

  /** Sends every input again of which nothing is known, until it is; throws after a minute. */
  async settle(): Promise<void> {
    const open = this.unsettled();
    const end = performance.now() + settlingMilliseconds;
    await Promise.all(
      open.map(async ({ input, client }, place) => {
        while (!(await this.send([input], client, place)))
          if (performance.now() > end) throw new Error("an input was not answered within a minute");
          else await delay(200);
      }),
    );
  }

  /** One for each key and content whose fate is open. */
  unsettled(): Sending[] {
    const { sendings } = this.recorded;
    const settled = new Set(sendings.filter(({ result }) => result !== "unknown").map(identityOf));
    const open = sendings.map((sending) => [identityOf(sending), sending] as const);
    return [...new Map(open.filter(([identity]) => !settled.has(identity))).values()];
  }

  private async loop({ name, random }: Client): Promise<void> {
    while (!this.isEnough) {
      if (random() < shareOfReads) {
        await this.read(name, this.workload.memberToRead(), this.address(Math.floor(random() * 100)));
        continue;
      }
      const { inputs, isDoubled } = this.workload.next();
      const first = Math.floor(random() * 100);
      const hasNoPatience = random() < 0.1;
      const sent = [this.sendOften(inputs, name, first, hasNoPatience ? random() * 200 : undefined)];
      if (isDoubled) sent.push(this.sendOften(inputs, name, first + 1));
      await Promise.all(sent);
    }
  }

  /** Gives up after some tries, as clients do; what is open then is settled at the end. */
  private async sendOften(inputs: readonly Input[], name: string, first: number, patience?: number) {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      if (await this.send(inputs, name, first + attempt, attempt === 0 ? patience : undefined)) return;
      await delay(50 * (attempt + 1));
    }
  }

  /** Whether an answer came. */
  private async send(inputs: readonly Input[], client: string, place: number, patience?: number) {
    const request = (this.requests += 1);
    const invoked = performance.now();
    const told = await post<{ payload: Payload | Payload[] }>(
      { address: this.address(place), token: this.tokenOf(client) },
      operationOf(inputs, request % 2 === 0),
      patience,
    );
    const returned = performance.now();
    if (told.refusal) this.recorded.refusals.push(told.refusal);
    const payloads = told.fields === null ? [] : [told.fields.payload].flat();
    inputs.forEach((input, at) => {
      const payload = payloads[at] ?? null;
      const memberId = memberOf(input);
      const result = resultOf(told, payload);
      const about = { input, client, memberId, request, place: at, invoked, returned };
      this.recorded.sendings.push({ ...about, result, payload });
      if (payload?.decision) this.workload.remember(memberId, payload.decision.id);
      else if (payload) this.recorded.refusals.push(payload.userErrors.map(({ message }) => message).join());
    });
    return told.result !== "unknown";
  }

  private async read(client: string, memberId: string, address: string): Promise<void> {
    await this.readAs(client, memberId, null, address);
  }

  /** Records what is shown of a member, if anything is. */
  async readAs(client: string, memberId: string, asKnownAt: string | null, address: string): Promise<void> {
    type Page = { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean } };
    const invoked = performance.now();
    const { fields, refusal } = await post<{ member: { decisions: Page } }>(
      { address, token: this.tokenOf(client) },
      { query: documents.readIds, variables: { id: memberId, asKnownAt } },
    );
    const returned = performance.now();
    if (refusal) this.recorded.refusals.push(refusal);
    if (!fields) return;
    const { nodes, pageInfo } = fields.member.decisions;
    if (pageInfo.hasNextPage) throw new Error("a stream is longer than a page: there are too few members");
    const decisionIds = nodes.map(({ id }) => id);
    this.recorded.reads.push({ client, memberId, asKnownAt, invoked, returned, decisionIds });
  }

  private address(place: number): string {
    const addresses = this.reached.addresses();
    return addresses[place % addresses.length];
  }

  private tokenOf(client: string): string {
    return this.reached.tokens.get(client) ?? "";
  }
}

function resultOf({ result }: Told<unknown>, payload: Payload | null): Sending["result"] {
  if (result !== "ok") return result;
  if (!payload) throw new Error("an answer without a payload for each input");
  return payload.decision ? "ok" : "refused";
}

function operationOf(inputs: readonly Input[], withLeaf: boolean) {
  const [{ kind }] = inputs;
  const about = inputs.map((input) => input.about);
  const one = { withLeaf, input: about[0] };
  const many = { withLeaf, inputs: about };
  if (kind === "import") return { query: documents.importMany, variables: many };
  if (kind === "review") return { query: documents.review, variables: one };
  return inputs.length === 1
    ? { query: documents.submitOne, variables: one }
    : { query: documents.submitMany, variables: many };
}
