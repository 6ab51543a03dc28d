import { Premises, replay, Replayed, Supposition } from "../../src/adjudication/replay";
import { canonicalText } from "../../src/claim/canonicalText";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { DeclaredExceptions } from "./declaredExceptions";
import { claim, lines, MemberOnFile, policyWith } from "./memberOnFile";

export const date = "2025-05-12";

/** A claim that loses two units to the levels allowed. */
export const threeLevels = { lines: lines("64483", "64484 x3") };

/** A member whose decisions are replayed, and the exceptions declared meanwhile. */
export class ReplayedMember extends MemberOnFile {
  private readonly exceptions = new DeclaredExceptions();

  get register() {
    return this.exceptions.register;
  }

  /** An exception of the state of the claims to the levels allowed, for ever. */
  declare(value: number, effectiveFrom = "2025-01-01"): void {
    const about = { value, effectiveFrom: plainDate(effectiveFrom), effectiveTo: undefined };
    expect(this.exceptions.declare(about)).toContain("entered");
  }

  end(exceptionId: string, effectiveTo: string): void {
    expect(this.exceptions.end(exceptionId, effectiveTo)).toContain("entered");
  }

  decideUnderRegister(claimNumber: string, on = date): Decision {
    return this.decide(claim(claimNumber, on, threeLevels), { policy: policyWith(this.register) });
  }

  premisesOf({ memberSequence }: Decision): Premises {
    const before = this.stream.slice(0, memberSequence - 1);
    return { before, versions: molinaEsiVersions, register: this.register };
  }

  /** The differences found, by `textsOf`. */
  replayed(decision: Decision, supposition?: Supposition, about: Partial<Premises> = {}): string[] {
    const stored = { decision, record: canonicalText(decision) };
    return textsOf(replay(stored, { ...this.premisesOf(decision), ...about }, supposition));
  }
}

/** The differences as `path: recorded → replayed`; none where the replay is identical, and only there. */
export function textsOf({ identical, differences }: Replayed): string[] {
  expect(identical).toBe(differences.length === 0);
  return differences.map(
    ({ path, recorded, replayed }) => `${path}: ${JSON.stringify(recorded)} → ${JSON.stringify(replayed)}`,
  );
}
