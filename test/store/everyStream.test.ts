import { MemberRange, memberRanges, readStreams } from "../../src/store/everyStream";
import { claimRequest, claimSession } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";
import { decided } from "../commands/filledStore";

let service: TestService;

beforeAll(async () => {
  service = await freshService();
});
afterAll(() => service.close());

/** Members of one to four decisions; ids with the first and the last character that one may have. */
const ids = ["!", "!!", "A", "B", "a", "b", "member", "member!", "~", "~~~~"];

async function rangesOf(decisions: number): Promise<MemberRange[]> {
  const ranges: MemberRange[] = [];
  for await (const range of memberRanges(service.database, decisions)) ranges.push(range);
  return ranges;
}

test("an empty store is one range, in which there is nobody", async () => {
  const ranges = await rangesOf(5);
  expect(ranges).toEqual([{}]);
  expect(await readStreams(service.database, ranges[0])).toEqual([]);
});

test("ranges of any size hold every member once, each with its whole stream", async () => {
  for (const [place, memberId] of ids.entries()) {
    for (let month = 1; month <= 1 + (place % 4); month++)
      await decided(claimRequest(claimSession(memberId, `2025-0${month}-10`)), service);
  }
  const decisions = ids.reduce((sum, _, place) => sum + 1 + (place % 4), 0);
  for (const size of [1, 2, 3, 7, decisions - 1, decisions, decisions + 1]) {
    const ranges = await rangesOf(size);
    const streams = (await Promise.all(ranges.map((range) => readStreams(service.database, range)))).flat();
    expect(streams.map(({ memberId }) => memberId).sort()).toEqual([...ids].sort());
    for (const { memberId, decisions: stored } of streams)
      expect(stored.map(({ record }) => JSON.parse(record))).toEqual(
        Array.from({ length: 1 + (ids.indexOf(memberId) % 4) }, (_, place) =>
          expect.objectContaining({ memberId, memberSequence: place + 1 }),
        ),
      );
    for (const [place, { after }] of ranges.entries()) expect(after).toBe(ranges.at(place - 1)?.upTo);
  }
}, 30_000);

test("a member's rows of the work list come with its stream, and of a member without one alone", async () => {
  const row = "'01900000-0000-7000-8000-000000000000', 9, '2026-01-02T03:04:05.678901Z'";
  await service.database.query(
    `insert into readjudication_candidate values ('!', 1, ${row}), ('!a', 2, ${row})`,
  );
  const streams = await readStreams(service.database, { upTo: "!~" });
  const listed = { decisionId: "01900000-0000-7000-8000-000000000000", causeSequence: 9 };
  const causedAt = "2026-01-02T03:04:05.678901Z";
  expect(streams.map((stream) => [stream.memberId, stream.decisions.length, stream.listed])).toEqual([
    ["!", 1, [{ memberSequence: 1, ...listed, causedAt }]],
    ["!!", 2, []],
    ["!a", 0, [{ memberSequence: 2, ...listed, causedAt }]],
  ]);
});
