import { decideAndStore } from "../../src/cases/decideAndStore";
import { memberStream } from "../../src/cases/reading";
import { Unavailable } from "../../src/cases/unavailable";
import { claimRequest, claimSession } from "./claims";
import { databaseProxy, DatabaseProxy, Mischief } from "./proxy";
import { freshService, serviceOn, TestService } from "./testService";

let direct: TestService;
let proxy: DatabaseProxy;
let service: TestService;

beforeEach(async () => {
  direct = await freshService();
  proxy = await databaseProxy(direct.url);
  service = await serviceOn(proxy.url);
});
afterEach(async () => {
  await service.close();
  await proxy.close();
  await direct.close();
});

test.each<[string, Mischief]>([
  ["before the INSERT arrives", "cutBeforeInsert"],
  ["after the INSERT was committed and before its reply arrives", "swallowReplyToInsert"],
])("a connection lost %s is resolved to exactly one decision", async (_, mischief) => {
  const request = claimRequest(claimSession("M", "2025-03-10"));
  await decideAndStore([claimRequest(claimSession("M", "2025-02-10"))], service);
  proxy.mischief = mischief;
  const [ruling] = await decideAndStore([request], service);
  const stream = await memberStream("M", direct);
  expect(stream).toHaveLength(2);
  expect(ruling).toMatchObject({ kind: "decided", decision: { id: stream[1].id, disposition: "APPROVED" } });
});

test("a batch whose reply is lost is resolved item by item, none lost and none doubled", async () => {
  const requests = ["M", "N", "O"].map((memberId) => claimRequest(claimSession(memberId, "2025-03-10")));
  await decideAndStore([claimRequest(claimSession("M", "2025-02-10"))], service);
  proxy.mischief = "swallowReplyToInsert";
  const rulings = await decideAndStore(requests, service);
  const streams = await Promise.all(["M", "N", "O"].map((memberId) => memberStream(memberId, direct)));
  expect(streams.map((stream) => stream.length)).toEqual([2, 1, 1]);
  const ids = rulings.flatMap((ruling) => ("decision" in ruling ? ruling.decision.id : []));
  expect(ids).toEqual(streams.map((stream) => stream.at(-1)?.id));
});

test("without a database a submission is answered as unavailable, soon", async () => {
  await proxy.close();
  const request = claimRequest(claimSession("M", "2025-03-10"));
  await expect(decideAndStore([request], service)).rejects.toBeInstanceOf(Unavailable);
});

test("the same key is decided once by any number of processes at once, and replayed ever after", async () => {
  const request = claimRequest(claimSession("M", "2025-03-10"));
  const answers = await Promise.all(
    [direct, service, direct, service].map((process) => decideAndStore([request], process)),
  );
  const rulings = answers.flat();
  expect(rulings.map(({ kind }) => kind).sort()).toEqual(["decided", "replayed", "replayed", "replayed"]);
  const ids = new Set(rulings.flatMap((ruling) => ("decision" in ruling ? ruling.decision.id : [])));
  expect(ids.size).toBe(1);
});

test("items of one member in a batch see each other: of five sessions the fifth is denied", async () => {
  const dates = ["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10", "2025-05-12"];
  const rulings = await decideAndStore(
    dates.map((date) => claimRequest(claimSession("M", date))),
    service,
  );
  const dispositions = rulings.map((ruling) =>
    "decision" in ruling ? ruling.decision.disposition : ruling.kind,
  );
  expect(dispositions).toEqual(["APPROVED", "APPROVED", "APPROVED", "APPROVED", "DENIED"]);
});

test("batches that cross over the same members in opposite order both come through", async () => {
  const members = Array.from({ length: 40 }, (_, place) => `M${place}`);
  const batchOf = (order: string[], date: string) =>
    order.map((member) => claimRequest(claimSession(member, date)));
  const batches = [
    ...["2025-01-10", "2025-02-10"].map((date) => batchOf(members, date)),
    ...["2025-03-10", "2025-04-10"].map((date) => batchOf([...members].reverse(), date)),
  ];
  const answers = await Promise.all(
    batches.map((batch, place) => decideAndStore(batch, place % 2 ? direct : service)),
  );
  expect(answers.flat().every(({ kind }) => kind === "decided")).toBe(true);
  const stream = await memberStream("M0", direct);
  expect(stream.map(({ memberSequence }) => memberSequence)).toEqual([1, 2, 3, 4]);
});
