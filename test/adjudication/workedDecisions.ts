import { explain } from "../../src/adjudication/explain";
import { Finding, findingsOf, interpretationsReliedOn } from "../../src/adjudication/findings";
import { ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Decision, LineDecision } from "../../src/member/decision";
import { PolicyException } from "../../src/policy/exceptions";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { rulesOf } from "../../src/policy/policyVersion";
import { atSurgeryCenter, claim, lines, loaded, MemberOnFile, policy, surgeryCenter } from "./memberOnFile";

interface Story {
  readonly title: string;
  readonly before: readonly (ClaimSession | HistoricalSession)[];
  readonly claim: ClaimSession | HistoricalSession;
  readonly exceptions?: readonly PolicyException[];
}

const [version] = molinaEsiVersions;
const date = "2025-05-12";
const fourSessions = ["2024-09-02", "2024-11-04", "2025-01-06", "2025-03-03"].map((on) =>
  loaded(`H-${on}`, on),
);

const sixSessionsInOhio: PolicyException = {
  id: "E1",
  source: "STATE",
  key: "OH",
  parameter: "sessionsPerRegion",
  value: [{ months: 12, sessions: 6 }],
  effectiveFrom: plainDate("2025-01-01"),
  citation: "Notice 7 (made up)",
  declaredAt: "2025-01-01T00:00:00.000Z",
  declaredBy: "policy office",
};

const stories: readonly Story[] = [
  story("A first session", [], claim("A1", date, { lines: lines("64483-RT", "64484-RT") })),
  story("A fifth session within twelve months", fourSessions, claim("A1", date)),
  story("The same for a Medicare member", fourSessions, claim("A1", date, { lineOfBusiness: "MEDICARE" })),
  {
    ...story(
      "A fifth session where a state allows six",
      fourSessions,
      claim("A1", date, { stateOfService: "OH" }),
    ),
    exceptions: [sixSessionsInOhio],
  },
  story(
    "29 February still counts on 28 February of the next year",
    leapSessions(),
    claim("A1", "2025-02-28"),
  ),
  story("A claim that arrives late", fourSessions, claim("A1", "2024-12-02")),
  story(
    "Three levels, billed so that two readings are possible",
    [],
    claim("A1", date, { lines: lines("64483-50", "64484 x2") }),
  ),
  story(
    "An add-on of another kind than the first level",
    [],
    claim("A1", date, { lines: lines("64483", "64480") }),
  ),
  story(
    "A surgery center bills modifier 50",
    [],
    claim("A1", date, { ...atSurgeryCenter, lines: lines("64483-50", "64484-RT") }),
  ),
  story(
    "An interlaminar injection on both sides",
    [],
    claim("A1", date, { lines: lines("62323-RT", "62323-LT") }),
  ),
  story("Two regions on one claim", [], claim("A1", date, { lines: lines("62321", "64483", "99213") })),
  story(
    "The facility has billed the other region",
    [loaded("H1", date, surgeryCenter)],
    claim("A1", date, { lines: lines("62321 x2") }),
  ),
  story(
    "A discontinued procedure and its add-on",
    [],
    claim("A1", date, { lines: lines("64483-53", "64484") }),
  ),
  story("The same line billed again under another claim number", [claim("A1", date)], claim("A2", date)),
  story(
    "Both approaches, and a colleague on the same day",
    [loaded("H1", date, { renderingProviderNpi: "1000000004" })],
    claim("A1", date, { lines: lines("64483-KX") }),
  ),
  story("Nothing that the policy governs", [], claim("A1", date, { lines: lines("99213") })),
  story("A session loaded as history", [], loaded("H1", date, { lines: lines("62323", "99213") })),
  story(
    "A void",
    [claim("A1", date)],
    claim("A2", date, { frequency: "VOID", originalClaimNumber: "A1", lines: [] }),
  ),
];

function story(title: string, before: Story["before"], inHand: Story["claim"]): Story {
  return { title, before, claim: inHand };
}

function leapSessions(): HistoricalSession[] {
  return ["2024-02-29", "2024-05-10", "2024-08-10", "2024-11-10"].map((on) => loaded(`H-${on}`, on));
}

/** Decisions with all that is said about them, for a person to read. */
export function workedDecisions(): string {
  const rules = rulesOf(version).map(({ rule }) => `${rule.id}: ${rule.title}\n  met: ${rule.words.met}`);
  const decisions = stories.map(({ title, ...told }) => `${headed(title)}\n${textOf(told)}`);
  return (
    [headed("The rules, and what each says where it is met"), ...rules, "", ...decisions].join("\n") + "\n"
  );
}

function headed(title: string): string {
  return `\n${title}\n${"=".repeat(title.length)}`;
}

function textOf({ before, claim: inHand, exceptions = [] }: Omit<Story, "title">): string {
  const member = new MemberOnFile();
  const onFile = before.map((session) => member.decide(session));
  const decision = member.decide(inHand, { policy: { ...policy, exceptions } });
  return [
    ...onFile.map((earlier) => `On file ${earlier.id}: ${inOneLine(earlier)}`),
    `Claim ${inOneLine(decision)}`,
    ...exceptions.map(({ source, key, citation }) => `Exception of ${source} ${key}: ${citation}`),
    "",
    `${decision.kind} ${decision.disposition}`,
    ...folded(explain(decision, version), "  "),
    ...decision.lines.flatMap((line) => linesAbout(decision, line)),
    ...labelled("\nFlags", decision.reviewFlags),
    ...labelled("\nReadings", interpretationsReliedOn(decision, version)),
  ].join("\n");
}

function inOneLine({ session, lines: billed }: Decision): string {
  const { dateOfService, claimType, lineOfBusiness, stateOfService, placeOfService, sourceSystem } = session;
  const about = sourceSystem
    ? `loaded from ${sourceSystem}`
    : `${lineOfBusiness}, ${stateOfService}, place ${placeOfService}`;
  const codes = billed.map(
    ({ procedureCode, modifiers, units }) => `${[procedureCode, ...modifiers].join("-")} x${units}`,
  );
  return `${dateOfService}, ${claimType}, ${about}: ${codes.join(", ") || "no lines"}`;
}

function linesAbout(decision: Decision, line: LineDecision): string[] {
  const { lineNumber, procedureCode, disposition, unitsAllowed, unitsDenied, adjustments } = line;
  const findings = findingsOf(decision, line, version);
  const quiet = (kind: Finding["outcome"]) =>
    findings.filter(({ outcome }) => outcome === kind).map(({ ruleId }) => ruleId);
  return [
    "",
    `Line ${lineNumber} (${procedureCode}) ${disposition}: ${unitsAllowed} allowed, ${unitsDenied} denied`,
    ...findings
      .filter(({ outcome }) => outcome === "NOT_MET" || outcome === "UNDETERMINED")
      .flatMap(linesOfFinding),
    ...adjustments.map(
      ({ group, carc, rarcs, units, ruleId }) =>
        `  ${[`${group}-${carc}`, ...rarcs].join(" ")} for ${units} by ${ruleId}`,
    ),
    ...labelled("  met", quiet("MET")),
    ...labelled("  not applicable", quiet("NOT_APPLICABLE")),
  ];
}

function linesOfFinding(finding: Finding): string[] {
  const { ruleId, outcome, message, parameters, blockingSessions, relatedDecisionIds, citations } = finding;
  const sessions = blockingSessions.map(
    ({ region, dateOfService, decisionIds }) => `${region} ${dateOfService} (${decisionIds.join(" ")})`,
  );
  return [
    `  ${ruleId} ${outcome}`,
    ...folded(message, "    "),
    ...parameters.map(({ name, value }) => `    ${name} = ${value}`),
    ...sessions.map((session) => `    in the way: ${session}`),
    ...labelled("    related", relatedDecisionIds),
    ...labelled(
      "    cites",
      citations.map(({ documentId, section }) => `${documentId}, ${section}`),
    ),
  ];
}

function labelled(label: string, texts: readonly string[]): string[] {
  return texts.length > 0 ? [`${label}: ${texts.join("; ")}`] : [];
}

/** Text in lines of readable length. */
function folded(text: string, indent: string): string[] {
  return (text.match(/\S.{0,90}(?=\s|$)/g) ?? []).map((part) => indent + part);
}
