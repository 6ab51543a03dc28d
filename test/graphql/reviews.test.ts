import { history, line, submission } from "./claims";
import { review, reviewed, sendReview } from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { answersTo, importDocument, outcomes, storedDecisions, submit, submitAll } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const READ = `query ($id: ID!) { decision(id: $id) {
  kind disposition explanation claimNumber dateOfService isEffective
  supersedes { id isEffective supersededBy { id } } supersededBy { id }
  policyVersion { id } interpretations { id } reviewFlags priorSessions { dateOfService }
  review { reviewer reason documentReference lines { lineNumber unitsAllowed } }
  lines {
    lineNumber disposition unitsAllowed unitsDenied adjustments { carc units ruleId }
    findings {
      ruleId ruleTitle outcome message parameters { name value } blockingSessions { dateOfService decisionIds }
      nextEligibleDate window { opens ends } relatedDecisionIds citations { documentId section }
    }
  }
} }`;

interface Read {
  readonly explanation: string;
  readonly lines: { readonly findings: object[] }[];
}
const read = async (id: string): Promise<Read> =>
  (await served.fields<{ decision: Read }>(READ, { id })).decision;

const fourMonths = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"];
const fifth = {
  dateOfService: "2025-05-12",
  lines: [
    line({ procedureCode: "64483" }),
    line({ lineNumber: 2, procedureCode: "64484" }),
    line({ lineNumber: 3, procedureCode: "99213" }),
  ],
};

/** A fifth session within twelve months, which is denied. */
async function deniedFifth(memberId: string): Promise<string> {
  const claims = [...fourMonths.map((dateOfService) => ({ dateOfService })), fifth];
  return (await submitAll(served, memberId, claims))[4];
}

const sessionsOf = async (id: string): Promise<number> => {
  const asked = "query ($id: ID!) { member(id: $id) { sessions { dateOfService } } }";
  return (await served.fields<{ member: { sessions: [] } }>(asked, { id })).member.sessions.length;
};

describe("a review", () => {
  it("stands in the place of the decision that it is about, in the name of the token's subject", async () => {
    const denied = await deniedFifth("OVERRIDE");
    const asking = { subject: "dr.reviewer", clientId: "client-9", scopes: ["decisions:review"] } as const;
    const answer = await sendReview(served, review("OVERRIDE", denied), asking);
    expect(answer).toMatchObject({
      replayed: false,
      userErrors: [],
      decision: { kind: "REVIEW", disposition: "PARTIAL", memberSequence: 6 },
    });
    const id = answer.decision?.id ?? "";
    expect(await read(id)).toMatchObject({
      claimNumber: "C4",
      dateOfService: "2025-05-12",
      isEffective: true,
      supersedes: { id: denied, isEffective: false, supersededBy: { id } },
      supersededBy: null,
      policyVersion: null,
      interpretations: [],
      reviewFlags: [],
      priorSessions: [],
      review: {
        reviewer: "dr.reviewer",
        reason: "Appeal upheld",
        documentReference: "DOC-1",
        lines: [{ lineNumber: 1, unitsAllowed: 1 }],
      },
      lines: [
        { disposition: "ALLOWED", unitsAllowed: 1, unitsDenied: 0, adjustments: [], findings: [] },
        { disposition: "DENIED", unitsAllowed: 0, unitsDenied: 1, adjustments: [{ carc: "273" }] },
        { disposition: "NOT_GOVERNED", findings: [] },
      ],
    });
    expect(await read(denied)).toMatchObject({ isEffective: false, supersededBy: { id }, review: null });
  });

  it("leaves the findings of the lines that it does not name as they were, also over further reviews", async () => {
    const denied = await deniedFifth("KEPT");
    const { lines: before } = await read(denied);
    expect(before[1].findings).toContainEqual(
      expect.objectContaining({
        ruleId: "ESI-FREQUENCY",
        parameters: [{ name: "sessionsPerRegion", value: '[{"months":12,"sessions":4}]' }],
        blockingSessions: fourMonths.map((dateOfService) => ({
          dateOfService,
          decisionIds: [expect.anything()],
        })),
      }),
    );
    let id = denied;
    for (const unitsAllowed of [1, 0, 1]) {
      id = await reviewed(served, "KEPT", id, { lines: [{ lineNumber: 1, unitsAllowed }] });
      const { lines } = await read(id);
      expect(lines.map(({ findings }) => findings)).toEqual([[], before[1].findings, []]);
    }
  });

  it("says in plain words what was decided line by line, why, and what became of the claim", async () => {
    const denied = await deniedFifth("WORDS");
    const override = await reviewed(served, "WORDS", denied, { reason: "Second course, see chart." });
    expect((await read(override)).explanation).toBe(
      "Reviewed and approved in part: some governed units are allowed and some denied. " +
        "Line 1 (64483): allowed by the reviewer. Line 2 (64484): denied, as before. " +
        "Line 3 (99213) is not governed by this policy and passes untouched. " +
        "It counts as a lumbar/sacral session on 2025-05-12. " +
        'Reason: "Second course, see chart.". Document: "DOC-1".',
    );
    const recouped = await reviewed(served, "WORDS", override, {
      lines: [{ lineNumber: 1, unitsAllowed: 0 }],
    });
    expect((await read(recouped)).explanation).toMatch(
      /^Reviewed and denied: no unit is allowed\. Line 1 \(64483\): denied by the reviewer\..* It counts as no session\. /,
    );
  });

  it("makes a session that counts, or frees one, from then on", async () => {
    const denied = await deniedFifth("COUNTS");
    expect(await sessionsOf("COUNTS")).toBe(4);
    const override = await reviewed(served, "COUNTS", denied);
    expect(await sessionsOf("COUNTS")).toBe(5);
    await reviewed(served, "COUNTS", override, { lines: [{ lineNumber: 1, unitsAllowed: 0 }] });
    expect(await sessionsOf("COUNTS")).toBe(4);
  });

  it("releases a pended line, and leaves one that it does not name pended", async () => {
    const lines = [
      line({ modifiers: ["53"] }),
      line({ lineNumber: 2, procedureCode: "62321", modifiers: ["53"] }),
    ];
    const [pended] = await submitAll(served, "PENDED", [{ lines }]);
    const released = await reviewed(served, "PENDED", pended);
    expect(await read(released)).toMatchObject({
      disposition: "PENDED",
      explanation: expect.stringMatching(
        /^Reviewed and still pended: .* Line 2 \(62321\): pended, as before\./,
      ),
      lines: [
        { disposition: "ALLOWED", findings: [] },
        { disposition: "PENDED", findings: expect.arrayContaining([expect.anything()]) },
      ],
    });
  });

  it("may be about an import, whose lines have no findings before or after", async () => {
    const lines = [line(), line({ lineNumber: 2, units: 2 })];
    const [{ decision }] = await answersTo(served, importDocument, [history({ memberId: "LOADED", lines })]);
    const taken = { lines: [{ lineNumber: 2, unitsAllowed: 1 }] };
    expect(await read(await reviewed(served, "LOADED", decision?.id, taken))).toMatchObject({
      disposition: "PARTIAL",
      explanation: expect.stringContaining("Line 2 (62323): 1 of 2 units allowed, 1 denied by the reviewer."),
      lines: [
        { unitsAllowed: 1, findings: [] },
        { disposition: "REDUCED", unitsAllowed: 1, unitsDenied: 1, findings: [], adjustments: [] },
      ],
    });
  });
});

describe("the key of a review", () => {
  it("brings the same decision for ever, whoever reviews, and is no key of another review or a claim", async () => {
    const denied = await deniedFifth("KEYED");
    const input = review("KEYED", denied, { idempotencyKey: "r1" });
    const first = await sendReview(served, input);
    const before = await storedDecisions(served);
    expect(await sendReview(served, input, { subject: "another" })).toEqual({ ...first, replayed: true });
    const others = [
      review("KEYED", denied, { idempotencyKey: "r1", reason: "Another reason" }),
      review("KEYED", denied, { idempotencyKey: "k0" }),
      review("KEYED", first.decision?.id, { idempotencyKey: "r1" }),
    ];
    for (const other of others)
      expect(await sendReview(served, other)).toMatchObject({
        decision: null,
        userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] }],
      });
    expect(outcomes([await submit(served, submission({ memberId: "KEYED" }, "r1"))])).toEqual([
      "IDEMPOTENCY_KEY_REUSED",
    ]);
    expect(await storedDecisions(served)).toBe(before);
  });
});
