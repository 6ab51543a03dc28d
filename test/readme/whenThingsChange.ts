/** Sends an operation to a running service and answers its fields. */
export type Ask = (query: string, variables: object) => Promise<object>;

/** One operation of the worked example: what it is about, and what is shown of it and of its answer. */
interface Step {
  readonly sentence: string;
  readonly query: string;
  readonly variables: (known: Known) => Readonly<Record<string, unknown>>;
}

/** What the example cannot know beforehand: README.md shows the words instead of the values. */
interface Known {
  readonly deniedId: string;
  readonly deniedAt: string;
}

const shown: Known = {
  deniedId: "<id of the decision>",
  deniedAt: "<its decidedAt>",
};

const memberId = "DEMO-FOUR-SESSIONS";
const claim = {
  claimType: "PROFESSIONAL",
  lineOfBusiness: "MEDICAID",
  stateOfService: "TX",
  placeOfService: "24",
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
};

const steps: readonly Step[] = [
  {
    sentence: "The session of January was billed by mistake and is voided; the denial stands as it is.",
    query: `mutation Void($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) {
    decision { kind disposition supersedes { claimNumber } }
    userErrors { code message }
  }
}`,
    variables: () => ({
      input: {
        idempotencyKey: "readme-2",
        session: {
          memberId,
          claimNumber: "CLAIM-2002",
          frequency: "VOID",
          originalClaimNumber: "CLAIM-1",
          dateOfService: "2025-01-15",
          ...claim,
          lines: [],
        },
      },
    }),
  },
  {
    sentence: "But it would now be decided otherwise, so it is on the work list, with its cause.",
    query: `query WorkList($id: ID!) {
  member(id: $id) {
    readjudicationCandidates {
      decision { claimNumber disposition }
      wouldBe
      direction
      causedBy { kind claimNumber }
    }
  }
}`,
    variables: () => ({ id: memberId }),
  },
  {
    sentence: "A reviewer decides, and says why. The work list is empty again, and the session counts.",
    query: `mutation Review($input: ReviewDecisionInput!) {
  reviewDecision(input: $input) {
    decision { kind disposition explanation supersedes { claimNumber disposition } }
    userErrors { code message }
  }
}`,
    variables: ({ deniedId }) => ({
      input: {
        idempotencyKey: "readme-3",
        memberId,
        decisionId: deniedId,
        lines: [{ lineNumber: 1, unitsAllowed: 1 }],
        reason: "Denied for a session that was voided since",
        documentReference: "APPEAL-0002",
      },
    }),
  },
  {
    sentence: "What is known today, and what was known when the claim was denied:",
    query: `query TwoClocks($id: ID!, $then: DateTime!, $on: LocalDate!) {
  now: member(id: $id) {
    allowance(region: LUMBAR_SACRAL, on: $on) { limits { used left } nextEligibleDate }
    readjudicationCandidates { direction }
    decisions(first: 1) { nodes { kind disposition } }
  }
  then: member(id: $id, asKnownAt: $then) {
    allowance(region: LUMBAR_SACRAL, on: $on) { limits { used left } nextEligibleDate }
    decisions(first: 1) { nodes { kind disposition isEffective } }
  }
}`,
    variables: ({ deniedAt }) => ({ id: memberId, then: deniedAt, on: "2025-12-01" }),
  },
  {
    sentence: "And the denial itself is still what follows from what was known then, byte for byte.",
    query: `query Replay($id: ID!) {
  replayDecision(id: $id) { identical differences decision { disposition isEffective } }
}`,
    variables: ({ deniedId }) => ({ id: deniedId }),
  },
];

/** The worked example as README.md shows it, run on a service that has just denied the README's claim. */
export async function whenThingsChange(ask: Ask, known: Known): Promise<string> {
  const parts: string[] = [];
  for (const [place, { sentence, query, variables }] of steps.entries()) {
    const answer = await ask(query, variables(known));
    parts.push(
      [
        `${place + 1}. ${sentence}`,
        fenced("graphql", query),
        `   with \`${JSON.stringify(variables(shown))}\``,
        fenced("json", JSON.stringify(answer)),
      ].join("\n\n"),
    );
  }
  return `${parts.join("\n\n")}\n`;
}

function fenced(language: string, text: string): string {
  const indented = text.split("\n").map((line) => `   ${line}`);
  return [`   \`\`\`${language}`, ...indented, "   ```"].join("\n");
}
