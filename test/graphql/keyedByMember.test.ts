import { execute } from "../cluster/database";
import { freshService, TestService } from "../cases/testService";
import { history, session, submission } from "./claims";
import { review, sendReview } from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { SentStatement, sentDuring } from "./statements";
import { answersTo, batchDocument, importDocument, outcomes, submit } from "./submitting";

/*
 * The statements of everyday work reach decisions by their member, so that each of them concerns one
 * partition, or one server, of many. The database itself is asked what a statement filters by.
 */

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const memberTables = ["decision", "readjudication_candidate", "access_log"];

/** Statements that look for decisions of whatever member, by a part of their text, with the reason. */
const acrossMembers: Readonly<Record<string, string>> = {
  'WHERE (("DecisionRow"."id" IN':
    "what a decision names it names by id: one look into the index of each partition",
};

const readMember = `query ($id: ID!) { member(id: $id) {
  historyOnFileSince
  sessions { dateOfService decisions { disposition isEffective supersededBy { kind } } }
  allowance(region: LUMBAR_SACRAL, on: "2025-06-01") { nextEligibleDate limits { used left } }
  decisions(first: 2) { totalCount nodes { disposition supersedes { kind } supersededBy { kind } } }
  readjudicationCandidates { wouldBe decision { disposition } causedBy { disposition } }
} }`;
const readAsKnown = `query ($id: ID!) { member(id: $id, asKnownAt: "2020-01-01T00:00:00Z") {
  sessions { dateOfService } decisions { totalCount }
} }`;
const byKey = `query ($id: ID!) {
  decisionByIdempotencyKey(memberId: $id, idempotencyKey: "k0") { disposition isEffective }
}`;
const preview = `query ($session: ClaimSessionInput!) {
  previewClaimSession(session: $session) { disposition userErrors { code } }
}`;

/** Everyday work for a member; answers what was answered, but for what is different each time. */
async function work(at: ServedService): Promise<unknown[]> {
  const id = "M1";
  const first = await submit(at, submission({}, "k0"));
  const batch = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"].map((dateOfService, place) =>
    submission({ dateOfService, claimNumber: `B${place}` }, `kb${place}`),
  );
  const corrections = [
    submission({ claimNumber: "R1", frequency: "REPLACEMENT", originalClaimNumber: "B1" }, "kr"),
    submission({ claimNumber: "B2", frequency: "VOID", originalClaimNumber: "B2" }, "kv"),
    submission({ memberId: "M2", claimNumber: "O1" }, "ko"),
  ];
  const answers = [
    first,
    ...(await answersTo(at, batchDocument, batch)),
    ...(await answersTo(at, importDocument, [history(), history({ claimNumber: "H2", memberId: "M2" })])),
    ...(await answersTo(at, batchDocument, corrections)),
    await submit(at, submission({}, "k0")),
    await sendReview(at, review(id, first.decision?.id)),
  ];
  const asked = { session: session({ claimNumber: "P1", dateOfService: "2025-07-01" }) };
  const read = [readMember, readAsKnown, byKey].map((query) => at.fields(query, { id }));
  return [outcomes(answers), ...(await Promise.all([...read, at.fields(preview, asked)]))];
}

/** The tables of members that a statement reads without naming a member. */
async function withoutMember({ text, values }: SentStatement): Promise<string[]> {
  const { database } = served.service;
  const queryRunner = database.createQueryRunner();
  await queryRunner.startTransaction();
  try {
    // Each table is then read by what is known of its rows, as it is where it is large.
    await queryRunner.query(
      "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off",
    );
    const [plan]: object[] = await queryRunner.query(`explain (format json) ${text}`, [...values]);
    return scansIn(plan)
      .filter((scan) => !/\bmember_id = /.test(conditionsOf(scan)))
      .map((scan) => String(scan["Relation Name"]));
  } finally {
    await queryRunner.rollbackTransaction();
    await queryRunner.release();
  }
}

type PlanNode = Readonly<Record<string, unknown>>;

/** The nodes of a plan that read a table of members. */
function scansIn(value: unknown): PlanNode[] {
  if (typeof value !== "object" || value === null) return [];
  const node: PlanNode = { ...value };
  const isScan =
    / Scan$/.test(String(node["Node Type"])) && memberTables.includes(String(node["Relation Name"]));
  return [...(isScan ? [node] : []), ...Object.values(value).flatMap(scansIn)];
}

function conditionsOf(scan: PlanNode): string {
  return ["Index Cond", "Recheck Cond", "Filter"].map((name) => String(scan[name] ?? "")).join(" ");
}

test("every statement of everyday work names the members whose decisions it reads", async () => {
  const sent = await sentDuring(() => work(served));
  const distinct = new Map(sent.map((statement) => [statement.text, statement]));
  const concerned = [...distinct.values()].filter(({ text }) =>
    memberTables.some((table) => text.includes(table)),
  );
  const found: string[] = [];
  for (const statement of concerned)
    if ((await withoutMember(statement)).length > 0) found.push(statement.text);
  const unexplained = found.filter(
    (text) => !Object.keys(acrossMembers).some((known) => text.includes(known)),
  );
  expect(unexplained).toEqual([]);
  const needless = Object.keys(acrossMembers).filter((known) => !found.some((text) => text.includes(known)));
  expect(needless).toEqual([]);
});

const partitions = [0, 1, 2, 3];

/** The same tables in partitions by member: PostgreSQL refuses a unique key that lacks what they are cut by. */
const cutByMember = memberTables.map((table) =>
  [
    `alter table ${table} rename to whole_${table}`,
    `create table ${table} (like whole_${table} including all) partition by hash (member_id)`,
    ...partitions.map(
      (rest) =>
        `create table ${table}_${rest} partition of ${table}
           for values with (modulus ${partitions.length}, remainder ${rest})`,
    ),
  ].join(";"),
);

async function cutService(): Promise<TestService> {
  const service = await freshService();
  for (const statements of cutByMember) await execute(service.url, statements);
  return service;
}

test("tables cut into partitions by member serve everyday work unchanged", async () => {
  const whole = await serveOverHttp();
  const cut = await serveOverHttp(await cutService());
  try {
    expect(await work(cut)).toEqual(await work(whole));
  } finally {
    await Promise.all([whole.stop(), cut.stop()]);
  }
});
