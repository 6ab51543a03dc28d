import { Billing, LineOfBusiness, sameStream, SpinalRegion } from "../claim/claimSession";
import { Side } from "../claim/modifier";
import { PlainDate } from "../claim/plainDate";
import { Conventions } from "./conventions";
import { Citation } from "./dated";
import { FrequencyWindow, SessionDates } from "./frequency";
import { InterpretationId } from "./interpretations";
import { ParameterName, Parameters } from "./parameters";
import { Procedure } from "./procedures";

/** What a governed line bills, read under the policy version that judges the claim in hand. */
export interface BilledLine {
  readonly procedureCode: string;
  readonly procedure: Procedure;
  readonly modifiers: readonly string[];
  readonly side: Side;
  readonly units: number;
}

/** A governed line of the claim in hand, and what the rules before have left of it. */
export interface StandingLine extends BilledLine {
  readonly lineNumber: number;
  /** Units that no rule has taken; 0 on a pended line, for a pended unit stands no longer. */
  readonly unitsStanding: number;
  readonly pended: boolean;
}

/** A governed line on file for the member on the date of service in hand, in any stream. */
export interface LineOnFile extends BilledLine {
  readonly decisionId: string;
  readonly billing: Billing;
  readonly unitsAllowed: number;
  readonly pended: boolean;
}

/**
 * A day on which a unit of a region is allowed on file, and the decisions that allow one, in the order of the
 * stream.
 */
export interface CountedSession {
  readonly region: SpinalRegion;
  readonly dateOfService: PlainDate;
  readonly decisionIds: readonly string[];
}

/** All that a rule may see. */
export interface Facts {
  readonly billing: Billing;
  readonly placeOfService: string;
  /** Every governed line of the claim in hand, by line number; those that stand no longer too. */
  readonly lines: readonly StandingLine[];
  readonly onFile: readonly LineOnFile[];
  /** Dates of the counted sessions on file in a region. */
  readonly sessionDates: (region: SpinalRegion) => SessionDates;
  readonly parameters: Parameters;
  readonly conventions: Conventions;
  /** Whether nobody asks when a denied session would be eligible: to find that date takes longest of all. */
  readonly leavesOutNextDate?: boolean;
}

/** What an adverse verdict rests on, as far as it does not follow from the rest of the decision. */
export interface AdverseFacts {
  /** Which of the rule's causes it is: the key of its reason codes and of its words. */
  readonly cause: string;
  /** ESI-FREQUENCY: the window that would be overfilled. */
  readonly window?: FrequencyWindow;
  /** ESI-FREQUENCY: null where no date up to the end of the calendar is eligible. */
  readonly nextEligibleDate?: PlainDate | null;
  /** ESI-DUPLICATE: the decisions with the equal line. */
  readonly relatedDecisionIds?: readonly string[];
}

/**
 * What a rule says about one line. Units are taken for good; a pended line loses none, but stands no longer.
 */
export type Verdict =
  | { readonly outcome: "MET" }
  | ({ readonly outcome: "NOT_MET"; readonly unitsTaken: number } & AdverseFacts)
  | ({ readonly outcome: "UNDETERMINED" } & AdverseFacts);

export const met: Verdict = { outcome: "MET" };

/** Why units were taken or pended, to a provider; the region is that of the line. */
export type AdverseWords = (facts: AdverseFacts, parameters: Parameters, region: string) => string;

/** How a rule's verdicts are put to a provider, in plain words; adverse ones by cause. */
export interface RuleWords {
  readonly met: string;
  readonly notApplicable: string;
  readonly adverse: Readonly<Record<string, AdverseWords>>;
}

/** One rule of the policy: it judges lines and knows neither the claim's other rules nor their verdicts. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly cites: readonly [Citation, ...Citation[]];
  readonly interpretations: readonly InterpretationId[];
  /** The parameters that the rule reads; a finding names their values. */
  readonly parameters: readonly ParameterName[];
  readonly words: RuleWords;
  /** Whether the rule has anything to say about such a line; where not, its finding is NOT_APPLICABLE. */
  readonly appliesTo: (line: BilledLine, facts: Facts) => boolean;
  /** One verdict for each of the lines given, in their order: the lines it applies to that still stand. */
  readonly judge: (lines: readonly StandingLine[], facts: Facts) => readonly Verdict[];
  /**
   * Which of the counted sessions that the decision looked at an adverse verdict means; absent: none ever.
   */
  readonly sessionsInTheWay?: (
    prior: readonly CountedSession[],
    at: { readonly region?: SpinalRegion; readonly dateOfService: PlainDate },
    facts: AdverseFacts,
  ) => CountedSession[];
  /** The counted sessions whose decisions a verdict of either kind rests on; absent: none ever. */
  readonly sessionsRelated?: (
    prior: readonly CountedSession[],
    at: { readonly dateOfService: PlainDate },
  ) => CountedSession[];
}

/** Claim adjustment group, reason and remark codes. */
export interface Reason {
  readonly group: "CO" | "OA" | "PI" | "PR";
  readonly carc: string;
  readonly rarcs: readonly string[];
}

/** The reason codes of one cause, by line of business. */
export type Reasons = Readonly<Record<LineOfBusiness, Reason>>;

export function takes(unitsTaken: number, facts: AdverseFacts): Verdict {
  return unitsTaken === 0 ? met : { outcome: "NOT_MET", unitsTaken, ...facts };
}

export function pends(facts: AdverseFacts): Verdict {
  return { outcome: "UNDETERMINED", ...facts };
}

/** The lines on file that have an allowed unit and are of the stream of the claim in hand. */
export function allowedInStream({ billing, onFile }: Facts): LineOnFile[] {
  return onFile.filter((line) => line.unitsAllowed > 0 && sameStream(line.billing, billing));
}

/** The lines of the claim in hand that still have a unit. */
export function standing(lines: readonly StandingLine[]): StandingLine[] {
  return lines.filter((line) => line.unitsStanding > 0);
}

/**
 * A facility's line of no side billed with as many units as a level has sides.
 * Reading I-18: it is one bilateral level.
 */
export function isBilateralPair(
  line: BilledLine,
  billing: Billing,
  { bilateralPairUnits }: Conventions,
): boolean {
  return billing.claimType === "FACILITY" && line.side === "UNSPECIFIED" && line.units === bilateralPairUnits;
}
