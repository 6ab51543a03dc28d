import { decide } from "../../src/adjudication/decide";
import { Request, requestHash } from "../../src/adjudication/request";
import { policyUnder } from "../../src/cases/exceptions";
import { leafHashOf, sealDecision } from "../../src/ledger/leaf";
import { rowOf } from "../../src/store/decisionRow";
import { NewRow, WorkListChange } from "../../src/store/append";
import { StreamRead, withWritePath } from "../../src/store/writePath";
import { claimRequest, claimSession } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";

let service: TestService;

beforeEach(async () => {
  service = await freshService();
});
afterEach(() => service.close());

/** The row that a request comes to on a stream as it was read. */
function rowFor(request: Request, { now, stream, lastLeafHash }: StreamRead): NewRow {
  const policy = policyUnder([], service.policyVersions);
  const ruling = decide(request, stream, policy, { now, id: service.newId() });
  if (ruling.kind !== "decided") throw new Error(`expected a decision, got ${ruling.kind}`);
  const sealed = sealDecision(ruling.decision, service.newSalt(), {
    previousLeafHash: lastLeafHash,
    policyHash: null,
  });
  return { ...rowOf(ruling.decision, sealed, requestHash(request)), previousLeafHash: lastLeafHash };
}

async function read(memberId: string): Promise<StreamRead> {
  const streams = await withWritePath(service.database, (path) => path.readStreams([memberId]));
  const found = streams.get(memberId);
  if (!found) throw new Error("not read");
  return found;
}

function append(...rows: NewRow[]): Promise<Set<string>> {
  return appendWith([], ...rows);
}

function appendWith(changes: WorkListChange[], ...rows: NewRow[]): Promise<Set<string>> {
  return withWritePath(service.database, (path) => path.append(rows, changes));
}

const claim = (memberId: string, date: string) => claimRequest(claimSession(memberId, date));

test("what is appended is read back as it was, with the leaf hash that the database computed", async () => {
  const row = rowFor(claim("M", "2025-03-10"), await read("M"));
  expect(await append(row)).toEqual(new Set(["M"]));
  const { stream, lastLeafHash } = await read("M");
  expect(stream).toEqual([JSON.parse(row.record)]);
  expect(lastLeafHash).toEqual(leafHashOf(row.leaf));
});

test("of two rows decided on the same stream one is stored, whichever comes first", async () => {
  const before = await read("M");
  const rows = [rowFor(claim("M", "2025-03-10"), before), rowFor(claim("M", "2025-04-10"), before)];
  const stored = await Promise.all(rows.map((row) => append(row)));
  expect(stored.map(({ size }) => size).sort()).toEqual([0, 1]);
  expect((await read("M")).stream).toHaveLength(1);
});

test("a row behind a gap, or behind another decision than the one it was decided on, is not stored", async () => {
  await append(rowFor(claim("M", "2025-03-10"), await read("M")));
  const second = rowFor(claim("M", "2025-04-10"), await read("M"));
  expect(await append({ ...second, memberSequence: 3 })).toEqual(new Set());
  expect(await append({ ...second, previousLeafHash: Buffer.alloc(32) })).toEqual(new Set());
  expect(await append({ ...second, previousLeafHash: null })).toEqual(new Set());
  expect(await append(second)).toEqual(new Set(["M"]));
});

test("a process that slept for more than five seconds after it read does not write", async () => {
  const row = rowFor(claim("M", "2025-03-10"), await read("M"));
  const sixSecondsBefore = new Date(Date.parse(row.decidedAt) - 6_000).toISOString();
  expect(await append({ ...row, decidedAt: sixSecondsBefore })).toEqual(new Set());
});

test("in a batch a member's rows are stored all or none, and members do not disturb each other", async () => {
  const [one, other] = [await read("ONE"), await read("OTHER")];
  const first = rowFor(claim("ONE", "2025-03-10"), one);
  const leafHash = leafHashOf(first.leaf);
  const grown = { ...one, stream: [JSON.parse(first.record)], lastLeafHash: leafHash };
  const second = rowFor(claim("ONE", "2025-04-10"), grown);
  await append(rowFor(claim("ONE", "2025-05-12"), one));
  expect(await append(first, rowFor(claim("OTHER", "2025-03-10"), other), second)).toEqual(
    new Set(["OTHER"]),
  );
  expect((await read("ONE")).stream).toHaveLength(1);
  expect((await read("OTHER")).stream).toHaveLength(1);
});

test("texts with quotes, backslashes and JSON inside come back unchanged", async () => {
  const memberId = `it's\\"{}[$1]%s\\u0041`;
  await append(rowFor(claim(memberId, "2025-03-10"), await read(memberId)));
  expect((await read(memberId)).stream.map((decision) => decision.memberId)).toEqual([memberId]);
});

describe("the work list", () => {
  const first = { memberId: "M", memberSequence: 1, decisionId: "01900000-0000-7000-8000-000000000001" };
  const causedBy = (memberSequence: number) => ({ memberSequence, decidedAt: `2026-01-0${memberSequence}Z` });
  const opened = (cause: number): WorkListChange => ({ ...first, cause: causedBy(cause), isReopened: false });
  const closed: WorkListChange = { ...first, cause: null, isReopened: false };

  async function appendNext(...changes: WorkListChange[]): Promise<void> {
    const now = await read("M");
    const month = String(now.stream.length + 1).padStart(2, "0");
    await appendWith(changes, rowFor(claim("M", `2025-${month}-10`), now));
  }

  async function causes(): Promise<number[]> {
    const rows: { cause: number }[] = await service.database.query(
      "select cause_sequence as cause from readjudication_candidate",
    );
    return rows.map(({ cause }) => cause);
  }

  test("changes with the decisions that it follows from: opened, kept with its first cause, closed, opened anew", async () => {
    const seen: number[][] = [];
    await appendNext();
    for (const change of [opened(2), opened(3), closed, opened(5)]) {
      await appendNext(change);
      seen.push(await causes());
    }
    expect(seen).toEqual([[2], [2], [], [5]]);
  });

  test("has the later cause where a candidate was closed and opened again by decisions stored together", async () => {
    await appendNext();
    await appendNext(opened(2));
    await appendNext({ ...opened(3), isReopened: true });
    expect(await causes()).toEqual([3]);
  });

  test("does not change where the decision was not the first to take its place in the stream", async () => {
    const before = await read("M");
    await append(rowFor(claim("M", "2025-03-10"), before));
    await appendWith([opened(2)], rowFor(claim("M", "2025-04-10"), before));
    expect(await causes()).toEqual([]);
  });
});
