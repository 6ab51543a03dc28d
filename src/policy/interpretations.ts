export const interpretationIds = [
  "I-01",
  "I-02",
  "I-03",
  "I-04",
  "I-05",
  "I-06",
  "I-07",
  "I-08",
  "I-09",
  "I-10",
  "I-11",
  "I-12",
  "I-13",
  "I-14",
  "I-15",
  "I-16",
  "I-17",
  "I-18",
] as const;
export type InterpretationId = (typeof interpretationIds)[number];

/** A reading that was chosen where the policy's text is silent or can be read in several ways. */
export interface Interpretation {
  readonly id: InterpretationId;
  /** What in the text asks to be read. */
  readonly subject: string;
  readonly reading: string;
  readonly alternatives: readonly string[];
}

export const interpretations: readonly Interpretation[] = [
  read(
    "I-01",
    "the rolling 12-month period",
    "calendar months, half-open: subtract them and clamp to the end of the month",
    "a closed period",
    "365 days",
  ),
  read(
    "I-02",
    "which sessions are reported",
    "sessions with an allowed unit",
    "every session that was billed",
  ),
  read(
    "I-03",
    "what a session on a date of service is",
    "one for each member, region and date, whoever performed it",
    "one for each provider",
  ),
  read(
    "I-04",
    "two unilateral or two bilateral levels",
    "an upper bound; a mixture of sides stays inside it",
    "exactly uniform sides",
  ),
  read(
    "I-05",
    "a single region is treated",
    "the other region is denied, judged on the units that still stand",
    "deny the whole claim",
    "judge the claim as it was billed",
  ),
  read(
    "I-06",
    "exceptions in the CMS guidance",
    "they lift the list of diagnoses, not the limits",
    "they lift the limits too",
  ),
  read("I-07", "diagnostic blocks, modifier KX", "they count like any other session", "they do not count"),
  read(
    "I-08",
    "one level for 62321 and 62323",
    "one unit, never bilateral",
    "pay one side of a bilateral line",
  ),
  read(
    "I-09",
    "claims that arrive late",
    "the claim in hand is denied; what was decided earlier stands",
    "reopen the later session",
    "allow and flag",
  ),
  read(
    "I-10",
    "levels in excess",
    "cut back in the order of line numbers",
    "deny the line",
    "deny the claim",
  ),
  read(
    "I-11",
    "an add-on billed twice beside a bilateral primary",
    "two levels, flagged",
    "one bilateral level",
  ),
  read(
    "I-12",
    "both approaches in one region on one day",
    "allowed and flagged",
    "deny the one that comes later",
  ),
  read(
    "I-13",
    "precedence among law, plan and contract",
    "federal, state, benefit plan, provider contract, policy",
    "any other order",
  ),
  read("I-14", "a discontinued procedure", "pended", "it counts"),
  read(
    "I-15",
    "the effective date of the policy",
    "2021-12-12, the first date on which both cited articles were in force (secondary source); " +
      "the policy states none",
    "a date set by the deployer",
  ),
  read("I-16", "an add-on beside a pended primary", "pended with it", "denied"),
  read(
    "I-17",
    "practitioner and facility contradict each other on the region",
    "the later claim is pended",
    "allow both",
    "deny the later claim",
  ),
  read("I-18", "two units of no side on a facility's line", "one bilateral level", "two levels"),
];

function read(
  id: InterpretationId,
  subject: string,
  reading: string,
  ...alternatives: string[]
): Interpretation {
  return { id, subject, reading, alternatives };
}
