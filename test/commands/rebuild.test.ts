import { decideAndStore } from "../../src/cases/decideAndStore";
import { Request } from "../../src/adjudication/request";
import { rebuildVisitor } from "../../src/commands/rebuildRange";
import { countOf } from "../../src/commands/tally";
import { verifyVisitor } from "../../src/commands/verifyRange";
import { Decision } from "../../src/member/decision";
import { Connection, openConnection, withConnection } from "../../src/store/connection";
import { isWorkListBuilt } from "../../src/store/workListBuild";
import { memberRanges } from "../../src/store/everyStream";
import { claimRequest, claimSession, historicalSession, importRequest } from "../cases/claims";
import { freshService, serviceOn, TestService } from "../cases/testService";
import { fillStore, members, tamper } from "./filledStore";

let service: TestService;
let connection: Connection;

beforeEach(async () => {
  service = await freshService();
  connection = await openConnection(service.url);
});
afterEach(async () => {
  await connection.close();
  await service.close();
});

const verifyStreams = () => verifyVisitor(service.database, { overdue: "counts" })({});

async function wrongRows(): Promise<string[]> {
  const { findings } = await verifyStreams();
  return findings.first.map(({ kind, detail }) => `${kind}: ${detail}`);
}

async function rebuild(): Promise<number> {
  return countOf(await rebuildVisitor(connection)({}), "candidates");
}

const nobody = "01900000-0000-7000-8000-000000000000";

test("a list with every kind of wrong row is mended, and one that is right stays as it is", async () => {
  await fillStore(service);
  expect(await rebuild()).toBe(4);
  expect(await wrongRows()).toEqual([]);
  await service.database.query("delete from readjudication_candidate where member_id = $1", [members[0]]);
  await service.database.query(
    "update readjudication_candidate set cause_sequence = 6, caused_at = now(), decision_id = $1",
    [nobody],
  );
  await service.database.query(
    "insert into readjudication_candidate values ($1, 1, $3, 2, now()), ($2, 7, $3, 8, now())",
    ["~ nobody ~".replaceAll(" ", ""), members[1], nobody],
  );
  expect(await wrongRows()).toHaveLength(6);
  expect(await rebuild()).toBe(4);
  expect(await wrongRows()).toEqual([]);
});

test("a stream with a record that cannot be read is named, and the list is left as it was", async () => {
  const { decisions } = await fillStore(service);
  await tamper(service, "update decision set record = '{' where id = $1", [decisions[0][2].id]);
  await expect(rebuild()).rejects.toThrow(`decision ${decisions[0][2].id} has a record that cannot be read`);
  expect(countOf((await verifyStreams()).tally, "candidates")).toBe(4);
});

test("a new database has its list from the start", async () => {
  expect(await isWorkListBuilt(service.database)).toBe(true);
});

test("who holds the list for a while delays a build, and does not make it fail", async () => {
  await fillStore(service);
  const holder = service.database.createQueryRunner();
  await holder.startTransaction();
  await holder.query("insert into readjudication_candidate values ('x', 1, $1, 2, now())", [nobody]);
  const rebuilding = rebuild();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await holder.commitTransaction();
  await holder.release();
  expect(await rebuilding).toBe(4);
  expect(await wrongRows()).toEqual([]);
});

/** Numbers from 0 up to 1 that are the same at each run. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const hotMembers = Array.from({ length: 6 }, (_, place) => `HOT-${place}`);

/** A claim, a session to load, or the void or replacement of something that was decided before. */
function anyRequest(decided: readonly Decision[], random: () => number): Request {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const memberId = pick(hotMembers);
  const month = String(1 + Math.floor(random() * 12)).padStart(2, "0");
  const date = `${pick(["2024", "2025"])}-${month}-${pick(["10", "10", "28"])}`;
  const original = decided.length > 0 ? pick(decided) : undefined;
  const choice = random();
  if (choice < 0.25) return importRequest(historicalSession(memberId, date));
  if (choice < 0.6 || !original || original.kind === "VOID")
    return claimRequest(claimSession(memberId, date));
  const { claimNumber, dateOfService } = original.session;
  const frequency = choice < 0.85 ? ("VOID" as const) : ("REPLACEMENT" as const);
  return claimRequest(
    claimSession(original.memberId, frequency === "VOID" ? dateOfService : date, {
      frequency,
      originalClaimNumber: claimNumber,
      originalDateOfService: dateOfService,
      ...(frequency === "VOID" && { lines: [] }),
    }),
  );
}

test("builds while others store decisions leave the list right at every moment", async () => {
  const other = await serviceOn(service.url);
  let isOver = false;
  const stored = { decisions: 0, builds: 0, checks: 0 };
  const wrong: string[] = [];
  const submit = async (by: TestService, seed: number): Promise<void> => {
    const random = randomly(seed);
    const decided: Decision[] = [];
    for (let turn = 0; turn < 60; turn++) {
      const [ruling] = await decideAndStore([anyRequest(decided, random)], by);
      if (ruling.kind === "decided") decided.push(ruling.decision);
    }
    stored.decisions += decided.length;
  };
  const build = async (by: Connection): Promise<void> => {
    const visit = rebuildVisitor(by);
    while (!isOver) {
      // Small ranges, so that they begin and end between members that change.
      for await (const range of memberRanges(by, 15)) await visit(range);
      stored.builds += 1;
    }
  };
  const check = async (): Promise<void> => {
    while (!isOver) {
      wrong.push(...(await wrongRows()));
      stored.checks += 1;
    }
  };
  const meanwhile = [build(connection), withConnection(service.url, build), check()];
  await Promise.all([1, 2, 3, 4].map((seed) => submit(seed % 2 === 0 ? service : other, seed)));
  isOver = true;
  await Promise.all(meanwhile);
  await other.close();
  expect(stored.decisions).toBeGreaterThan(120);
  expect(stored.builds).toBeGreaterThan(3);
  expect(stored.checks).toBeGreaterThan(10);
  expect([...wrong, ...(await wrongRows())]).toEqual([]);
  expect(countOf((await verifyStreams()).tally, "candidates")).toBeGreaterThan(5);
}, 60_000);
