import { decideAndStore } from "../../src/cases/decideAndStore";
import { memberStream } from "../../src/cases/reading";
import { memberWorkList, placeOfCandidate, workListOf, workListPage } from "../../src/cases/workList";
import { ClaimSession } from "../../src/claim/claimSession";
import { claimRequest, claimSession, historicalSession, importRequest } from "./claims";
import { freshService, TestService } from "./testService";

let service: TestService;

beforeEach(async () => {
  service = await freshService();
});
afterEach(() => service.close());

const fourMonths = ["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10"];

/** Four sessions, then one loaded late that overfills the year: each of the four could be the one too many. */
async function overfill(memberId: string): Promise<ClaimSession[]> {
  const sessions = fourMonths.map((date) => claimSession(memberId, date));
  const requests = sessions.map((session) => claimRequest(session));
  await decideAndStore([...requests, importRequest(historicalSession(memberId, "2025-01-20"))], service);
  return sessions;
}

function voiding({ memberId, claimNumber, dateOfService }: ClaimSession): ClaimSession {
  const about = { frequency: "VOID", originalClaimNumber: claimNumber, lines: [] } as const;
  return claimSession(memberId, dateOfService, about);
}

test("a batch that overfills a window and is decided together is on the work list with its cause", async () => {
  await overfill("M");
  const candidates = await memberWorkList("M", service);
  expect(
    candidates.map(({ decision, direction, causedBy }) => [
      decision.memberSequence,
      direction,
      causedBy.memberSequence,
    ]),
  ).toEqual([1, 2, 3, 4].map((place) => [place, "LESS_PAYABLE", 5]));
});

test("the stored work list of a member is what follows from the stream, event after event", async () => {
  const [first, second] = await overfill("M");
  const events = [
    claimRequest(voiding(first)),
    importRequest(historicalSession("M", "2025-02-20")),
    claimRequest(voiding(second)),
  ];
  for (const request of events) {
    await decideAndStore([request], service);
    const recomputed = workListOf(await memberStream("M", service), service);
    expect(await memberWorkList("M", service)).toEqual(recomputed);
  }
});

test("the list of all members begins with the newest cause, and its pages leave nothing out", async () => {
  for (const memberId of ["A", "B", "C"]) await overfill(memberId);
  const seen: string[] = [];
  let page = await workListPage(undefined, 5, service);
  for (let pages = 1; pages <= 3; pages++) {
    seen.push(...page.candidates.map(({ decision }) => decision.memberId));
    expect(page.hasMore).toBe(pages < 3);
    const last = page.candidates.at(-1);
    if (last && page.hasMore) page = await workListPage(placeOfCandidate(last), 5, service);
  }
  expect(seen.join("")).toBe("CCCCBBBBAAAA");
});

test("a candidate leaves the list when it no longer differs, and when it is superseded", async () => {
  const [first, second] = await overfill("M");
  await decideAndStore([claimRequest(voiding(first))], service);
  expect(await memberWorkList("M", service)).toEqual([]);
  await decideAndStore([importRequest(historicalSession("M", "2025-02-20"))], service);
  expect(await memberWorkList("M", service)).toHaveLength(3);
  await decideAndStore([claimRequest(voiding(second))], service);
  expect((await workListPage(undefined, 20, service)).candidates).toEqual([]);
});

test("a row that the stream does not bear out is left out, and its neighbours are not", async () => {
  const [first] = await overfill("M");
  await overfill("N");
  const [{ id }] = await memberStream("M", service);
  await decideAndStore([claimRequest(voiding(first))], service);
  await service.database.query(
    `insert into readjudication_candidate (member_id, member_sequence, decision_id, cause_sequence, caused_at)
     values ('M', 1, $1, 2, '2099-01-01'), ('M', 2, gen_random_uuid(), 5, '2099-01-01')`,
    [id],
  );
  expect(await memberWorkList("M", service)).toEqual([]);
  const { candidates } = await workListPage(undefined, 20, service);
  expect(candidates.map(({ decision }) => decision.memberId)).toEqual(["N", "N", "N", "N"]);
});
