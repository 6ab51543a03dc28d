import fc from "fast-check";
import { CoreMember, Reply } from "./coreMember";
import { Happening, histories, History } from "./histories";
import { Input } from "./inputs";
import { versionsWith } from "./versions";

/** Looks at a member after what was asked has been answered. */
export type Look = (member: CoreMember, reply: Reply, input: Input, happening: Happening) => void;

/** Lets a history happen to a member, and looks after each event. */
export function tell({ policyVersions, happenings }: History, look: Look = () => undefined): CoreMember {
  const member = new CoreMember(versionsWith(policyVersions));
  for (const happening of happenings) {
    const input = member.inputOf(happening.event);
    if (input) look(member, member.take(input, happening.now), input, happening);
  }
  return member;
}

/** How often a law is tried: so many times, or as many as ESI_LAW_RUNS says. */
export function runsOf(usual: number): number {
  return Number(process.env.ESI_LAW_RUNS ?? usual);
}

/** Holds for random histories. */
export function law(runs: number, holds: (history: History) => void): void {
  fc.assert(fc.property(histories, holds), { numRuns: runsOf(runs) });
}

/** As `toBe` would find, which costs more than most of what it compares. */
export function expectSame(found: string, expected: string): void {
  if (found !== expected) expect(found).toBe(expected);
}

/** What histories come to, each told apart by name, and how often: the same ones every time. */
export function reached(runs: number, seen: (history: History, see: (what: string) => void) => void) {
  const counts = new Map<string, number>();
  const see = (what: string) => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  const holds = (history: History) => seen(history, see);
  fc.assert(fc.property(histories, holds), { numRuns: runs, seed: 1 });
  return counts;
}

/** What was to be reached and was not, or not so often. */
export function missing(counts: ReadonlyMap<string, number>, wanted: readonly string[], times = 1): string[] {
  return wanted.filter((what) => (counts.get(what) ?? 0) < times);
}
