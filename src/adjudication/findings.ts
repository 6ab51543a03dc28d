import { PlainDate } from "../claim/plainDate";
import { DecisionKind, LineDecision, Outcome } from "../member/decision";
import { Citation } from "../policy/dated";
import { parametersUnder } from "../policy/exceptions";
import { FrequencyWindow } from "../policy/frequency";
import { InterpretationId, interpretationIds } from "../policy/interpretations";
import { parameterNames, Parameters } from "../policy/parameters";
import { PolicyVersion, rulesOf } from "../policy/policyVersion";
import { regionWords } from "../policy/regionWords";
import { AdverseFacts, CountedSession, Rule } from "../policy/rule";

export const ruleOutcomes = ["MET", "NOT_MET", "NOT_APPLICABLE", "UNDETERMINED"] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

/** A parameter by name, its value as JSON text. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** What a rule said about a line, with everything that the record leaves to the policy version it names. */
export interface Finding {
  readonly ruleId: string;
  readonly ruleTitle: string;
  readonly outcome: RuleOutcome;
  readonly message: string;
  readonly parameters: readonly Parameter[];
  readonly blockingSessions: readonly CountedSession[];
  readonly nextEligibleDate: PlainDate | null;
  readonly window: FrequencyWindow | null;
  readonly relatedDecisionIds: readonly string[];
  readonly citations: readonly Citation[];
}

/** What the findings of a line rest on: the decision's or preview's date of service and outcome. */
export type Found = Pick<Outcome, "priorSessions" | "exceptionsConsidered"> & {
  readonly session: { readonly dateOfService: PlainDate };
};

/** One finding for each rule of the version, in evaluation order; none where no rule was run on the line. */
export function findingsOf(decision: Found, line: LineDecision, version: PolicyVersion): Finding[] {
  if (!line.findings) return [];
  const { met, adverse } = line.findings;
  const parameters = parametersUnder(version.parameters, decision.exceptionsConsidered);
  return rulesOf(version).map(({ rule }) => {
    const facts = adverse.find(({ ruleId }) => ruleId === rule.id);
    const outcome = facts?.outcome ?? (met.includes(rule.id) ? "MET" : "NOT_APPLICABLE");
    return {
      ruleId: rule.id,
      ruleTitle: rule.title,
      outcome,
      message: facts
        ? wordsOf(rule, facts, parameters, line)
        : rule.words[outcome === "MET" ? "met" : "notApplicable"],
      parameters: listParameters(parameters).filter(({ name }) =>
        rule.parameters.some((read) => read === name),
      ),
      blockingSessions: facts ? blockingSessions(rule, facts, decision, line) : [],
      nextEligibleDate: facts?.nextEligibleDate ?? null,
      window: facts?.window ?? null,
      relatedDecisionIds: outcome === "NOT_APPLICABLE" ? [] : relatedDecisionIds(rule, facts, decision),
      citations: rule.cites,
    };
  });
}

function blockingSessions(
  rule: Rule,
  facts: AdverseFacts,
  decision: Found,
  line: LineDecision,
): CountedSession[] {
  const at = { region: line.region, dateOfService: decision.session.dateOfService };
  return rule.sessionsInTheWay?.(decision.priorSessions, at, facts) ?? [];
}

function relatedDecisionIds(rule: Rule, facts: AdverseFacts | undefined, decision: Found): string[] {
  const sessions = rule.sessionsRelated?.(decision.priorSessions, decision.session) ?? [];
  return [
    ...new Set([...(facts?.relatedDecisionIds ?? []), ...sessions.flatMap(({ decisionIds }) => decisionIds)]),
  ];
}

function wordsOf(rule: Rule, facts: AdverseFacts, parameters: Parameters, { region }: LineDecision): string {
  const words = rule.words.adverse[facts.cause];
  if (!words) throw new Error(`${rule.id} has no words for ${facts.cause}`);
  return words(facts, parameters, region ? regionWords[region] : "");
}

export function listParameters(parameters: Parameters): Parameter[] {
  return parameterNames.map((name) => ({ name, value: JSON.stringify(parameters[name]) }));
}

/**
 * Read in the choice of parameters (I-06, I-13) and of the version (I-15): every adjudication rests on these.
 */
const readAlways: readonly InterpretationId[] = ["I-06", "I-13", "I-15"];
const readForMixedApproach: InterpretationId = "I-12";

/** The readings that an adjudication rests on, by id; none for the other kinds of decision. */
export function interpretationsReliedOn(
  { kind, lines, reviewFlags }: Pick<Outcome, "lines" | "reviewFlags"> & { readonly kind: DecisionKind },
  version: PolicyVersion,
): InterpretationId[] {
  if (kind !== "ADJUDICATION") return [];
  const spoke = new Set(
    lines.flatMap(({ findings }) => [...(findings?.met ?? []), ...adverseIds(findings?.adverse)]),
  );
  const read = new Set<InterpretationId>(readAlways);
  for (const { rule } of rulesOf(version)) {
    if (spoke.has(rule.id)) rule.interpretations.forEach((id) => read.add(id));
  }
  if (reviewFlags.includes("MIXED_APPROACH")) read.add(readForMixedApproach);
  return interpretationIds.filter((id) => read.has(id));
}

function adverseIds(adverse: readonly { readonly ruleId: string }[] = []): string[] {
  return adverse.map(({ ruleId }) => ruleId);
}
