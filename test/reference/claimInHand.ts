import type {
  ClaimType,
  Finding,
  LineOfBusiness,
  PolicyParameters,
  PriorSession,
  RuleOutcome,
  SpinalRegion,
} from "./contract";
import type { FileLine } from "./onFile";
import { isSameStream, sideOf } from "./procedures";
import type { Procedure } from "./procedures";

/** What the rules need to know of a claim session. */
export interface ClaimSaid {
  claimType: ClaimType;
  lineOfBusiness: LineOfBusiness;
  dateOfService: string;
  placeOfService: string;
  billingProviderNpi: string;
  renderingProviderNpi?: string | null;
  lines: LineSaid[];
}
export interface LineSaid {
  lineNumber: number;
  procedureCode: string;
  modifiers: string[];
  units: number;
}

/** A governed line while the rules run over it. */
export interface StandingLine extends LineSaid {
  procedure: Procedure;
  surviving: number;
  isPended: boolean;
  taken: { row: string; ruleId: string; units: number; remark: string | null }[];
  findings: Finding[];
}

/** The governed lines stand in the order of their numbers. */
export interface ClaimInHand {
  said: ClaimSaid;
  lines: StandingLine[];
  onFile: FileLine[];
  parameters: PolicyParameters;
}

/**
 * What one row of the evaluation order says of one line; `takes` units are denied, or pended if it is
 * undetermined.
 */
export interface Verdict {
  line: StandingLine;
  outcome: RuleOutcome;
  takes: number;
  remark?: string;
  because?: Partial<Finding>;
}

export const met = (line: StandingLine, because?: Partial<Finding>): Verdict => ({
  line,
  outcome: "MET",
  takes: 0,
  because,
});
export const deny = (
  line: StandingLine,
  takes: number,
  because?: Partial<Finding>,
  remark?: string,
): Verdict => ({ line, outcome: "NOT_MET", takes, because, remark });
export const pend = (line: StandingLine, because?: Partial<Finding>): Verdict => ({
  line,
  outcome: "UNDETERMINED",
  takes: line.surviving,
  because,
});

export const survivors = (claim: ClaimInHand): StandingLine[] =>
  claim.lines.filter((line) => line.surviving > 0);

/** Lines on file on the date of the claim in hand with an allowed unit, in any stream. */
export const allowedThatDay = (claim: ClaimInHand): FileLine[] =>
  claim.onFile.filter((line) => line.dateOfService === claim.said.dateOfService && line.unitsAllowed > 0);

/** The same in the stream of the claim in hand alone. */
export const allowedInStream = (claim: ClaimInHand): FileLine[] =>
  allowedThatDay(claim).filter((line) => isSameStream(line.providers, claim.said));

export const sidesNeeded = (modifiers: string[]): string[] => {
  const side = sideOf(modifiers);
  return side === "RIGHT" ? ["R"] : side === "LEFT" ? ["L"] : ["L", "R"];
};

export const sessionsIn = (sessions: PriorSession[], region: SpinalRegion): PriorSession[] =>
  sessions.filter((session) => session.region === region);
