import { Random } from "../bench/random";
import type { ClaimLineInput, ClaimSessionInput, HistoricalSessionInput } from "../reference/contract";
import { Input } from "./history";

/* What the clients send: dates where calendars err, claims that meet each other, corrections, repeats. */

/** By these the search of the output finds what belongs to a run. */
export const marks = { member: "PRVMEMBER", claim: "PRVCLAIM", key: "PRVKEY" } as const;

/** Of these members the first three have half of what is sent. */
const members = 16;
const hotMembers = 3;
/** After so many inputs others come, so that no stream gets longer than a page. */
const inputsOfAGeneration = 500;

const edges = [
  ...["2023-02-28", "2023-03-01", "2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01"],
  ...["2023-08-31", "2024-08-31", "2024-09-01", "2024-07-30", "2024-07-31", "2024-12-31", "2025-12-31"],
];

const linesBilled: readonly (readonly string[])[] = [
  ...["62323", "62323", "62323", "62323", "64483-RT", "64483", "62321", "64479-LT"].map((code) => [code]),
  ...["64484", "99213", "64483-50", "64483-53", "62323-59"].map((code) => [code]),
  ["64483", "64484"],
  ["64479", "64480"],
  ["62321", "64483"],
  ["62323", "77003"],
  ["62323", "62323"],
  ["64483-RT", "64483-LT"],
  ["64483", "64484", "64484-59"],
];

const facility = { claimType: "FACILITY", placeOfService: "24", billingProviderNpi: "1900000005" } as const;
const practice = {
  claimType: "PROFESSIONAL",
  placeOfService: "11",
  billingProviderNpi: "1500000009",
} as const;
const practitioners = ["1234567893", "1234567893", "1000000004"];

/** What a client does next. */
export interface Step {
  readonly memberId: string;
  readonly inputs: readonly Input[];
  /** The same inputs are sent by a second client at once, which has lost its patience with the first. */
  readonly isDoubled: boolean;
}

export interface Workload {
  readonly next: () => Step;
  readonly memberToRead: () => string;
  /** What can be corrected or reviewed later. */
  readonly remember: (memberId: string, decisionId: string) => void;
}

export function workloadOf(random: Random, withHistory: boolean): Workload {
  const sent = new Map<string, Input[]>();
  const decided = new Map<string, string[]>();
  let inputs = 0;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
  const some = <T>(values: readonly T[] | undefined): T | undefined => values && pick(values);

  function memberId(): string {
    const place = random() < 0.5 ? random() * hotMembers : random() * members;
    return `${marks.member}-${Math.floor(inputs / inputsOfAGeneration)}-${Math.floor(place)}`;
  }

  function dateOfService(): string {
    if (random() < 0.4) return pick(edges);
    const month = 1 + Math.floor(random() * 36);
    const two = (part: number) => String(part).padStart(2, "0");
    return `${2023 + Math.floor((month - 1) / 12)}-${two(((month - 1) % 12) + 1)}-${two(1 + Math.floor(random() * 28))}`;
  }

  function lines(): ClaimLineInput[] {
    const hasTwoUnits = random() < 0.03;
    return pick(linesBilled).map((text, place) => {
      const [procedureCode = "", ...modifiers] = text.split("-");
      return { lineNumber: place + 1, procedureCode, modifiers, units: hasTwoUnits ? 2 : 1 };
    });
  }

  const provider = () =>
    random() < 0.3 ? facility : { ...practice, renderingProviderNpi: pick(practitioners) };

  const idempotencyKey = () => `${marks.key}-${inputs}`;
  const claimNumber = () => `${marks.claim}-${inputs}`;

  function claim(member: string): ClaimSessionInput {
    return {
      ...{ memberId: member, claimNumber: claimNumber(), dateOfService: dateOfService(), lines: lines() },
      ...{ lineOfBusiness: "MEDICAID", stateOfService: "TX", ...provider() },
    };
  }

  function historical(member: string): HistoricalSessionInput {
    const { placeOfService: _, ...providers } = provider();
    const date = dateOfService();
    return {
      ...{ memberId: member, claimNumber: claimNumber(), dateOfService: date, lines: lines() },
      ...{ idempotencyKey: idempotencyKey(), ...providers, sourceSystem: "LEGACY" },
    };
  }

  /** A void or a replacement of a claim that was sent, whatever became of it. */
  function correction(member: string): ClaimSessionInput {
    const earlier = some(sent.get(member));
    if (earlier?.kind !== "claim") return claim(member);
    const { dateOfService: originalDate, claimNumber: originalClaimNumber, ...about } = earlier.about.session;
    const isVoid = random() < 0.5;
    const isMoved = !isVoid && random() < 0.3;
    return {
      ...{ ...about, claimNumber: claimNumber(), originalClaimNumber },
      frequency: isVoid ? "VOID" : "REPLACEMENT",
      lines: isVoid ? [] : lines(),
      dateOfService: isMoved ? dateOfService() : originalDate,
      ...(isMoved && { originalDateOfService: originalDate }),
    };
  }

  function inputFor(member: string): Input {
    inputs += 1;
    const roll = random();
    const earlier = some(sent.get(member));
    const about = (session: ClaimSessionInput): Input => ({
      kind: "claim",
      about: { idempotencyKey: idempotencyKey(), session },
    });
    if (withHistory && roll < 0.06) return { kind: "import", about: historical(member) };
    if (withHistory && roll < 0.1) return reviewFor(member) ?? about(claim(member));
    if (roll < 0.22) return about(correction(member));
    if (earlier?.kind !== "claim" || roll > 0.32) return about(claim(member));
    if (roll < 0.27) return earlier;
    // The same claim under another key, or another claim under the same key.
    if (roll < 0.3) return about(earlier.about.session);
    return { kind: "claim", about: { ...earlier.about, session: claim(member) } };
  }

  function reviewFor(member: string): Input | undefined {
    const decisionId = some(decided.get(member));
    const about = { memberId: member, idempotencyKey: idempotencyKey(), reason: "r", documentReference: "d" };
    const unitsAllowed = random() < 0.5 ? 0 : 1;
    return decisionId === undefined
      ? undefined
      : { kind: "review", about: { ...about, decisionId, lines: [{ lineNumber: 1, unitsAllowed }] } };
  }

  function next(): Step {
    const member = memberId();
    const first = inputFor(member);
    const more = random() < 0.12 && first.kind !== "review" ? 1 + Math.floor(random() * 5) : 0;
    const others = Array.from({ length: more }, () => inputFor(random() < 0.5 ? member : memberId()));
    const all = [first, ...others.filter(({ kind }) => kind === first.kind)];
    for (const input of all) remembered(sent, memberOf(input), input);
    return { memberId: member, inputs: all, isDoubled: random() < 0.1 };
  }

  return { next, memberToRead: memberId, remember: (member, id) => remembered(decided, member, id) };
}

export function memberOf(input: Input): string {
  return input.kind === "claim" ? input.about.session.memberId : input.about.memberId;
}

function remembered<T>(known: Map<string, T[]>, member: string, value: T): void {
  known.set(member, [...(known.get(member) ?? []), value]);
}
