/**
 * An operation ready to run against the demo population: shown in README.md, in the explorer and at the
 * start.
 */
export interface ExampleOperation {
  readonly title: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const session = {
  memberId: "DEMO-FOUR-SESSIONS",
  claimNumber: "CLAIM-2001",
  claimType: "PROFESSIONAL",
  lineOfBusiness: "MEDICAID",
  dateOfService: "2025-12-01",
  stateOfService: "TX",
  placeOfService: "24",
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
  lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
};

export const submitOperation: ExampleOperation = {
  title: "Submit a claim session",
  query: `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) {
    decision {
      disposition
      explanation
      lines { lineNumber disposition unitsAllowed adjustments { group carc rarcs units ruleId } }
    }
    userErrors { code field message }
  }
}`,
  variables: { input: { idempotencyKey: "readme-1", session } },
};

export const exampleOperations: readonly ExampleOperation[] = [
  submitOperation,
  {
    title: "Preview a claim session",
    query: `query Preview($session: ClaimSessionInput!) {
  previewClaimSession(session: $session) {
    disposition
    explanation
    priorSessions { region dateOfService }
    userErrors { code field message }
  }
}`,
    variables: { session: { ...session, claimNumber: "CLAIM-2002", dateOfService: "2026-01-15" } },
  },
  {
    title: "A member's history and allowance",
    query: `query Member($id: ID!, $region: SpinalRegion!, $on: LocalDate!) {
  member(id: $id) {
    historyOnFileSince
    sessions { region dateOfService procedureCodes }
    allowance(region: $region, on: $on) {
      limits { months sessions used left windowOpens counted { dateOfService } }
      nextEligibleDate
    }
  }
}`,
    variables: { id: "DEMO-FOUR-SESSIONS", region: "LUMBAR_SACRAL", on: "2025-12-01" },
  },
  {
    title: "Decisions that would now differ",
    query: `query WorkList($first: Int!) {
  readjudicationCandidates(first: $first) {
    edges {
      node {
        decision { id memberId claimNumber dateOfService disposition }
        wouldBe
        direction
        causedBy { kind claimNumber dateOfService }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { first: 10 },
  },
  {
    title: "Find decisions: denied under a rule",
    query: `query Find($filter: DecisionFilter, $first: Int) {
  decisions(filter: $filter, first: $first) {
    totalCount
    nodes {
      id memberId claimNumber dateOfService disposition decidedAt isEffective
      lines { procedureCode unitsDenied chargeDenied adjustments { ruleId group carc rarcs } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { filter: { failedRules: ["ESI-FREQUENCY"], serviceFrom: "2025-01-01" }, first: 10 },
  },
  {
    title: "The audit log: newest checkpoint and first entries",
    query: `query Log($from: LogIndex!, $first: Int) {
  auditCheckpoint { treeSize rootHash note at }
  auditEntries(from: $from, first: $first) { leafIndex kind leafHash leaf }
  auditKeys { verifierKey use from until }
}`,
    variables: { from: "0", first: 5 },
  },
  {
    title: "A member's decisions, proven complete",
    query: `query Complete($id: ID!) {
  memberCompleteness(memberId: $id) {
    head
    checkpoint { note }
    proofs { leafIndex leaf path opening { salt record } }
    unsealed { leaf receipt }
  }
}`,
    variables: { id: "DEMO-FOUR-SESSIONS" },
  },
  {
    title: "The policy in force, and the exceptions to it",
    query: `query Policy($on: LocalDate!) {
  policyInForce(on: $on) {
    id
    contentHash
    parameters { name value }
    rules { id title order interpretations citations { title section } }
  }
  policyExceptions { source key parameter value effectiveFrom effectiveTo citation declaredBy }
}`,
    variables: { on: "2025-12-01" },
  },
];

/**
 * The submission as one shell command that can be pasted; it fetches a token for itself. The prefix sets what
 * the token script has to know of the environment.
 */
export function exampleCommand(address: string, tokenPrefix = ""): string {
  const body = JSON.stringify({
    query: submitOperation.query.replace(/\s+/g, " "),
    variables: submitOperation.variables,
  });
  return [
    `curl -s ${address}/graphql \\`,
    `  -H "authorization: Bearer $(${tokenPrefix}npm run --silent token -- claims:submit)" \\`,
    `  -H "content-type: application/json" \\`,
    `  -d '${body}'`,
  ].join("\n");
}
