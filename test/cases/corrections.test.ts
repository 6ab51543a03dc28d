import { decideAndStore } from "../../src/cases/decideAndStore";
import { memberStream } from "../../src/cases/reading";
import { Ruling } from "../../src/adjudication/decide";
import { ClaimSession } from "../../src/claim/claimSession";
import { Decision } from "../../src/member/decision";
import { effectiveDecisions } from "../../src/member/stream";
import { claimRequest, claimSession, reviewRequest } from "./claims";
import { freshService, serviceOn, TestService } from "./testService";

/** Two processes of the service on one database. */
let one: TestService;
let other: TestService;

beforeEach(async () => {
  one = await freshService();
  other = await serviceOn(one.url);
});
afterEach(async () => {
  await other.close();
  await one.close();
});

async function decided(session: ClaimSession): Promise<Decision> {
  const [ruling] = await decideAndStore([claimRequest(session)], one);
  if (ruling.kind !== "decided") throw new Error(`expected a decision, got ${ruling.kind}`);
  return ruling.decision;
}

function correcting(original: Decision, date: string, about: Partial<ClaimSession> = {}): ClaimSession {
  const { claimNumber: originalClaimNumber, dateOfService: originalDateOfService } = original.session;
  return claimSession("M", date, {
    frequency: "REPLACEMENT",
    originalClaimNumber,
    originalDateOfService,
    ...about,
  });
}

/** The decision that won, and what the others were told. */
function winnerOf(rulings: readonly Ruling[]): { winner: Decision; refusals: unknown[] } {
  const winners = rulings.flatMap((ruling) => (ruling.kind === "decided" ? [ruling.decision] : []));
  expect(winners).toHaveLength(1);
  const refusals = rulings.flatMap((ruling) =>
    ruling.kind === "refused" ? ruling.refusals.map(({ code, decisionId }) => ({ code, decisionId })) : [],
  );
  return { winner: winners[0], refusals };
}

test("of replacements of one original that race, one wins, and the others are told the winner's id", async () => {
  for (let round = 1; round <= 10; round++) {
    const month = String(round).padStart(2, "0");
    const original = await decided(claimSession("M", `2024-${month}-10`, { lineOfBusiness: "MEDICARE" }));
    const dates = [1, 2, 3, 4].map((place) => `2024-${month}-2${place}`);
    const answers = await Promise.all(
      dates.map((date, place) =>
        decideAndStore([claimRequest(correcting(original, date))], place % 2 ? one : other),
      ),
    );
    const { winner, refusals } = winnerOf(answers.flat());
    expect(winner.supersedes?.id).toBe(original.id);
    const told = { code: "ORIGINAL_NOT_EFFECTIVE", decisionId: winner.id };
    expect(refusals).toEqual([told, told, told]);
    const [voided] = await decideAndStore(
      [claimRequest(correcting(winner, winner.session.dateOfService, { frequency: "VOID", lines: [] }))],
      one,
    );
    expect(voided.kind).toBe("decided");
  }
});

test("of a replacement, a void and a review of one decision that race, one wins", async () => {
  const original = await decided(claimSession("M", "2024-05-10"));
  const voiding = correcting(original, "2024-05-10", { frequency: "VOID", lines: [] });
  const requests = [
    claimRequest(correcting(original, "2024-06-10")),
    claimRequest(voiding),
    reviewRequest("M", original.id, [{ lineNumber: 1, unitsAllowed: 0 }]),
  ];
  const answers = await Promise.all(
    requests.map((request, place) => decideAndStore([request], place % 2 ? one : other)),
  );
  const rulings = answers.flat();
  const first = rulings.find((ruling) => "decision" in ruling && ruling.decision.memberSequence === 2);
  expect(first).toBeDefined();
  // A review may come first and be corrected itself: then the claim's correction supersedes the review.
  const stream = await memberStream("M", one);
  const superseded = stream.flatMap(({ supersedes }) => supersedes?.memberSequence ?? []);
  expect(new Set(superseded).size).toBe(superseded.length);
  expect(effectiveDecisions(stream)).toHaveLength(1);
});

test("a batch may replace, review and void one claim after the other", async () => {
  const original = claimSession("M", "2024-05-10");
  const replacing = { frequency: "REPLACEMENT", originalClaimNumber: original.claimNumber } as const;
  const replacement = claimSession("M", "2024-05-10", replacing);
  const voidingTerms = {
    frequency: "VOID",
    originalClaimNumber: replacement.claimNumber,
    lines: [],
  } as const;
  const requests = [original, replacement, claimSession("M", "2024-05-10", voidingTerms)];
  const rulings = await decideAndStore(
    requests.map((session) => claimRequest(session)),
    one,
  );
  const supersedes = rulings.map((ruling) =>
    "decision" in ruling ? (ruling.decision.supersedes?.memberSequence ?? null) : ruling.refusals,
  );
  expect(supersedes).toEqual([null, 1, 2]);
});
