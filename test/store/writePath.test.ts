import { decide } from "../../src/adjudication/decide";
import { Request, requestHash } from "../../src/adjudication/request";
import { policyOf } from "../../src/cases/service";
import { leafHashOf, sealDecision } from "../../src/ledger/leaf";
import { rowOf } from "../../src/store/decisionRow";
import { NewRow, StreamRead, withWritePath } from "../../src/store/writePath";
import { claimRequest, claimSession } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";

let service: TestService;

beforeEach(async () => {
  service = await freshService();
});
afterEach(() => service.close());

/** The row that a request comes to on a stream as it was read. */
function rowFor(request: Request, { now, stream, lastLeafHash }: StreamRead): NewRow {
  const ruling = decide(request, stream, policyOf(service), { now, id: service.newId() });
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
  return withWritePath(service.database, (path) => path.append(rows));
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
  const grown = { now: one.now, stream: [JSON.parse(first.record)], lastLeafHash: leafHash };
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
