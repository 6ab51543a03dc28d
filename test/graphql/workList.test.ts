import { faultOf, member } from "./asking";
import { history, line } from "./claims";
import { ServedWithClock, serveWithClock } from "./servedWithClock";
import { answersTo, decided, importDocument } from "./submitting";

interface Candidate {
  readonly decision: { readonly id: string; readonly memberId: string };
}
interface Page {
  readonly edges: { readonly cursor: string; readonly node: Candidate }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const LIST = `query ($first: Int, $after: String) { readjudicationCandidates(first: $first, after: $after) {
  edges { cursor node { decision { id memberId } } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
} }`;
const OF_MEMBER = `query ($id: ID!) { member(id: $id) { readjudicationCandidates {
  wouldBe direction decision { id memberSequence isEffective disposition } causedBy { id kind }
  wouldBeLines {
    lineNumber disposition unitsAllowed unitsDenied adjustments { ruleId carc units }
    findings { ruleId outcome message window { opens ends } blockingSessions { dateOfService } }
  }
} } }`;

let served: ServedWithClock;
beforeEach(async () => {
  served = await serveWithClock();
  await served.setClock("2026-01-05T10:00:00Z");
});
afterEach(() => served.stop());

const listPage = async (variables: object = {}): Promise<Page> =>
  (await served.fields<{ readjudicationCandidates: Page }>(LIST, variables)).readjudicationCandidates;
const members = ({ edges }: Page): string[] => edges.map(({ node }) => node.decision.memberId);
const ofMember = async (id: string): Promise<Candidate[]> =>
  (await member<{ readjudicationCandidates: Candidate[] }>(served, OF_MEMBER, { id }))
    .readjudicationCandidates;

/** An add-on and its primary on two claims; the primary is voided at the instant given. */
async function strandAddOn(memberId: string, voidedAt: string): Promise<{ addOn: string; voiding: string }> {
  const dateOfService = "2025-05-12";
  const lines = (procedureCode: string) => [line({ procedureCode })];
  await decided(served, memberId, { claimNumber: "A1", dateOfService, lines: lines("64483") });
  const addOn = await decided(served, memberId, { claimNumber: "A2", dateOfService, lines: lines("64484") });
  await served.setClock(voidedAt);
  const about = { frequency: "VOID", originalClaimNumber: "A1", dateOfService, lines: [] };
  return { addOn, voiding: await decided(served, memberId, { claimNumber: "V1", ...about }) };
}

const fourMonths = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"];

/** Four sessions, then one loaded late that overfills the year: each of the four could be the one too many. */
async function overfill(memberId: string): Promise<string[]> {
  const ids: string[] = [];
  for (const [place, dateOfService] of fourMonths.entries())
    ids.push(await decided(served, memberId, { claimNumber: `A${place}`, dateOfService }));
  await answersTo(served, importDocument, [history({ memberId, dateOfService: "2025-01-20" })]);
  return ids;
}

describe("the work list of a member", () => {
  it("says what a claim would now be, line by line with findings, which way, and since when", async () => {
    const { addOn, voiding } = await strandAddOn("M", "2026-01-06T10:00:00Z");
    expect(await ofMember("M")).toMatchObject([
      {
        decision: { id: addOn, memberSequence: 2, isEffective: true, disposition: "APPROVED" },
        wouldBe: "DENIED",
        direction: "LESS_PAYABLE",
        causedBy: { id: voiding, kind: "VOID" },
        wouldBeLines: [
          {
            lineNumber: 1,
            disposition: "DENIED",
            unitsAllowed: 0,
            unitsDenied: 1,
            adjustments: [{ ruleId: "ESI-ADD-ON", carc: "107", units: 1 }],
            findings: expect.arrayContaining([
              expect.objectContaining({ ruleId: "ESI-ADD-ON", outcome: "NOT_MET" }),
              expect.objectContaining({ ruleId: "ESI-FREQUENCY", outcome: "NOT_APPLICABLE" }),
            ]),
          },
        ],
      },
    ]);
  });

  it("is in the order of the decisions, each with the sessions that would stand in its way", async () => {
    const ids = await overfill("M");
    const candidates = await ofMember("M");
    expect(candidates.map(({ decision }) => decision.id)).toEqual(ids);
    const others = ["2025-01-20", ...fourMonths.slice(0, 3)].sort();
    expect(candidates[3]).toMatchObject({
      wouldBe: "DENIED",
      wouldBeLines: [
        {
          findings: expect.arrayContaining([
            expect.objectContaining({
              ruleId: "ESI-FREQUENCY",
              window: { opens: "2024-04-07", ends: "2025-04-07" },
              blockingSessions: others.map((dateOfService) => ({ dateOfService })),
            }),
          ]),
        },
      ],
    });
  });

  it("closes when nothing differs any more, and is empty for a member of whom nothing is on file", async () => {
    await overfill("M");
    const voiding = { frequency: "VOID", originalClaimNumber: "A0", lines: [] };
    await decided(served, "M", { claimNumber: "V0", dateOfService: fourMonths[0], ...voiding });
    expect(await ofMember("M")).toEqual([]);
    expect(await ofMember("NOBODY")).toEqual([]);
  });
});

describe("the work list of all members", () => {
  const strand = async (names: readonly string[]): Promise<void> => {
    for (const [place, name] of names.entries()) await strandAddOn(name, `2026-01-06T10:00:0${place}Z`);
  };

  it("begins with the newest cause", async () => {
    await strand(["B", "A", "C"]);
    const page = await listPage();
    expect(members(page)).toEqual(["C", "A", "B"]);
    expect(page.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: page.edges[0].cursor,
      endCursor: page.edges[2].cursor,
    });
    expect(await listPage({ first: null, after: null })).toEqual(page);
    expect(await listPage({ after: page.pageInfo.endCursor })).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  it("is paged without a gap or a repetition, also among the candidates of one cause", async () => {
    await overfill("M");
    await strand(["A", "B"]);
    await overfill("N");
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await listPage({ first: 3, after });
      expect(page.edges.length).toBeLessThanOrEqual(3);
      walked.push(...page.edges.map(({ node }) => node.decision.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(walked).toEqual((await listPage()).edges.map(({ node }) => node.decision.id));
    expect(new Set(walked).size).toBe(10);
  });

  it("goes on after a candidate that has left the list, and repeats none after one has joined", async () => {
    await strand(["A", "B", "C", "D"]);
    const first = await listPage({ first: 2 });
    expect(members(first)).toEqual(["D", "C"]);
    const again = {
      claimNumber: "A9",
      dateOfService: "2025-05-12",
      lines: [line({ procedureCode: "64483" })],
    };
    await decided(served, "C", again);
    await served.setClock("2026-01-07T10:00:00Z");
    await strandAddOn("E", "2026-01-07T10:00:00Z");
    expect(members(await listPage({ first: 2, after: first.pageInfo.endCursor }))).toEqual(["B", "A"]);
    expect(members(await listPage())).toEqual(["E", "D", "B", "A"]);
  });

  it("has cursors that say nothing of a member", async () => {
    const { addOn } = await strandAddOn("MEMBER-7731", "2026-01-06T10:00:00Z");
    const { cursor } = (await listPage()).edges[0];
    const text = Buffer.from(cursor, "base64url").toString("utf8");
    expect(text).toBe(`work-list:1:2026-01-06T10:00:00.000Z:${addOn}`);
  });

  it("is refused behind a cursor that is forged, cut short or of another list", async () => {
    const { addOn } = await strandAddOn("M", "2026-01-06T10:00:00Z");
    const { cursor } = (await listPage()).edges[0];
    const written = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
    const instant = "2026-01-06T10:00:00.000Z";
    const forged = [
      "",
      "x",
      "\u0000",
      "CANARY7731".repeat(1000),
      cursor.slice(0, -1),
      `${cursor}=`,
      written(`work-list:2:${instant}:${addOn}`),
      written(`work-list:1:${instant}:${addOn.toUpperCase()}`),
      written(`work-list:1:${instant}:${"-".repeat(36)}`),
      written(`work-list:1:2026-02-30T10:00:00.000Z:${addOn}`),
      written(`work-list:1:${"x".repeat(24)}:${addOn}`),
      written(`member-decisions:1:1:${addOn}`),
    ];
    for (const after of forged)
      expect([after, await faultOf(served, LIST, { after })]).toEqual([
        after,
        "after must be a cursor of an earlier page of the work list",
      ]);
  });

  it.each([-1, 0, 101, 2147483647])("is refused to a page of %d", async (first) => {
    expect(await faultOf(served, LIST, { first })).toBe("first must be a whole number from 1 to 100");
  });
});
