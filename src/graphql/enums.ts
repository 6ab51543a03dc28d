import { registerEnumType } from "type-graphql";
import { RefusalCode } from "../adjudication/refusal";
import { RuleOutcome } from "../adjudication/findings";
import { ReadjudicationDirection } from "../adjudication/readjudication";
import { Approach, ClaimFrequency, ClaimType, LineOfBusiness, SpinalRegion } from "../claim/claimSession";
import { DecisionDisposition, DecisionKind, LineDisposition, ReviewFlag } from "../member/decision";
import { ExceptionSource } from "../policy/exceptions";
import { Reason } from "../policy/rule";

export type DecisionOrder = "DECIDED_AT_DESC" | "DECIDED_AT_ASC";

/** Every value with its description: the compiler demands one for each word of the domain, and no other. */
function enumType<Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
): object {
  const described = Object.entries<string>(words);
  const values = Object.fromEntries(described.map(([word]) => [word, word]));
  const valuesConfig = Object.fromEntries(described.map(([word, text]) => [word, { description: text }]));
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}

export const ClaimTypeEnum = enumType<ClaimType>("ClaimType", "Who bills with a claim.", {
  PROFESSIONAL: "The practitioner's claim.",
  FACILITY: "The surgery center's or hospital's own claim.",
});

export const ClaimFrequencyEnum = enumType<ClaimFrequency>(
  "ClaimFrequency",
  "What a claim is to the claims before it.",
  {
    ORIGINAL: "A new claim.",
    REPLACEMENT: "Stands in the place of an earlier claim from now on.",
    VOID: "Takes an earlier claim back; bills nothing itself.",
  },
);

export const LineOfBusinessEnum = enumType<LineOfBusiness>(
  "LineOfBusiness",
  "The kind of coverage; it chooses the reason and remark codes.",
  {
    MEDICARE: "Medicare.",
    MEDICAID: "Medicaid.",
    MARKETPLACE: "Health insurance marketplace.",
  },
);

export const SpinalRegionEnum = enumType<SpinalRegion>(
  "SpinalRegion",
  "The part of the spine that a procedure code names.",
  {
    CERVICAL_THORACIC: "Neck and upper back: codes 62321, 64479 and 64480.",
    LUMBAR_SACRAL: "Lower back and sacrum: codes 62323, 64483 and 64484.",
  },
);

export const ApproachEnum = enumType<Approach>(
  "Approach",
  "The way of injecting that a procedure code names.",
  {
    INTERLAMINAR: "Codes 62321 and 62323; caudal injections among them.",
    TRANSFORAMINAL: "Codes 64479, 64480, 64483 and 64484.",
  },
);

export const DecisionKindEnum = enumType<DecisionKind>("DecisionKind", "What made a decision.", {
  ADJUDICATION: "A submitted claim session, judged by the rules of the policy.",
  IMPORT: "A session adjudicated elsewhere and loaded as history; no rule was run on it.",
  VOID: "A claim that takes an earlier one back.",
  REVIEW: "A reviewer's outcome, which stands for the decision that was reviewed.",
});

export const DecisionDispositionEnum = enumType<DecisionDisposition>(
  "DecisionDisposition",
  "What became of a claim session as a whole.",
  {
    APPROVED:
      "Every governed unit is within the limits of this policy, subject to medical-necessity review and " +
      "to the plan's other edits. In an IMPORT or a REVIEW every one is allowed, whatever the limits.",
    PARTIAL: "Some governed units are allowed and some denied.",
    DENIED: "Every governed unit is denied.",
    PENDED: "A person has to look at a line before the claim is decided.",
    NOT_GOVERNED: "No line bills a procedure code of this policy, so nothing was decided about the claim.",
    VOIDED: "An earlier claim is taken back.",
  },
);

export const DecisionOrderEnum = enumType<DecisionOrder>(
  "DecisionOrder",
  "The order of decisions: by the time of deciding, those of one millisecond by their id.",
  {
    DECIDED_AT_DESC: "Newest first.",
    DECIDED_AT_ASC: "Oldest first.",
  },
);

export const LineDispositionEnum = enumType<LineDisposition>("LineDisposition", "What became of a line.", {
  ALLOWED: "All units are allowed.",
  REDUCED: "Some units are allowed.",
  DENIED: "No unit is allowed.",
  PENDED: "A person has to look at the line; until then no unit is allowed.",
  NOT_GOVERNED: "The procedure code is not one of this policy: nothing was decided about the line.",
});

export const RuleOutcomeEnum = enumType<RuleOutcome>("RuleOutcome", "What a rule said about a line.", {
  MET: "The line keeps to the rule.",
  NOT_MET: "The rule took units of the line.",
  NOT_APPLICABLE: "The rule has nothing to say about such a line, or no unit was left to judge.",
  UNDETERMINED: "The rule cannot tell: the line is pended.",
});

export const AdjustmentGroupEnum = enumType<Reason["group"]>(
  "AdjustmentGroup",
  "Claim adjustment group code: who bears the cost of units denied.",
  {
    CO: "The provider bears them.",
    OA: "None of the other groups fits, as for a duplicate.",
    PI: "The payer takes them off on its own account.",
    PR: "The patient bears them.",
  },
);

export const ReviewFlagEnum = enumType<ReviewFlag>(
  "ReviewFlag",
  "Something that a person may want to look at; it changes nothing about the decision.",
  {
    MIXED_APPROACH: "Both approaches have allowed units in one region on one day.",
    MULTIPLE_PERFORMERS: "Another performer has an allowed unit in the region on that day.",
    AMBIGUOUS_BILATERAL_ADD_ON:
      "A repeated add-on without a side beside a bilateral first level: one bilateral level or two.",
    DIAGNOSTIC_BLOCK: "Billed as a diagnostic block; it counts like any other session.",
  },
);

export const ReadjudicationDirectionEnum = enumType<ReadjudicationDirection>(
  "ReadjudicationDirection",
  "What deciding a claim again would do to the units allowed on its lines.",
  {
    MORE_PAYABLE: "Some line would gain units and none would lose any.",
    LESS_PAYABLE: "Some line would lose units and none would gain any.",
    CHANGED: "Lines would gain and lose units, or only their dispositions would change.",
  },
);

export const ExceptionSourceEnum = enumType<ExceptionSource>(
  "ExceptionSource",
  "Who sets a parameter otherwise than the policy. Of several the highest wins: FEDERAL, then STATE, then " +
    "BENEFIT_PLAN, then PROVIDER_CONTRACT.",
  {
    FEDERAL: "Federal law.",
    STATE: "The law of the state of service.",
    BENEFIT_PLAN: "The member's benefit plan.",
    PROVIDER_CONTRACT: "The provider's contract.",
  },
);

export const UserErrorCodeEnum = enumType<RefusalCode>(
  "UserErrorCode",
  "Why an input was not decided. Nothing was stored, and the idempotency key is still free.",
  {
    INVALID_INPUT: "A value has the wrong form.",
    FUTURE_DATE_OF_SERVICE: "The date of service is later than today is anywhere on Earth.",
    NO_POLICY_IN_FORCE: "The date of service is before the first policy version.",
    IDEMPOTENCY_KEY_REUSED: "This client used the key for another request of this member.",
    CLAIM_ALREADY_DECIDED: "The claim number has been decided for this member and date of service.",
    ORIGINAL_REQUIRED: "A replacement or void names the claim that it corrects.",
    ORIGINAL_NOT_ALLOWED: "An original claim corrects no other.",
    ORIGINAL_NOT_FOUND: "The claim to be corrected is not on file for this member and date of service.",
    ORIGINAL_NOT_EFFECTIVE: "The claim to be corrected was corrected before, or is a void itself.",
    ORIGINAL_DENIED: "Every governed line of the claim to be corrected is denied: a new claim is needed.",
    DECISION_NOT_FOUND: "There is no such decision of this member.",
    DECISION_NOT_EFFECTIVE: "The decision is superseded, or is a void.",
    EXCEPTION_OVERLAPS: "Another exception of this source, key and parameter holds in the same period.",
  },
);

/** What an entry of the audit log is the entry of. */
export type AuditEntryKind = "DECISION" | "POLICY_EXCEPTION" | "PURGE";

export const AuditEntryKindEnum = enumType<AuditEntryKind>(
  "AuditEntryKind",
  "What an entry of the audit log is the entry of.",
  {
    DECISION: "A decision.",
    POLICY_EXCEPTION: "An exception that was declared, or its end.",
    PURGE: "The erasure of a member's decisions after their retention.",
  },
);

export const AccessOutcomeEnum = enumType<"ALLOWED" | "DENIED">(
  "AccessOutcome",
  "What became of an access to a member's data.",
  { ALLOWED: "It was shown.", DENIED: "It was refused for a scope that was missing." },
);
