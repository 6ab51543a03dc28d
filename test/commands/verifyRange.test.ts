import { verifyVisitor } from "../../src/commands/verifyRange";
import { freshService, TestService } from "../cases/testService";
import { FilledStore, fillStore, members, tamper } from "./filledStore";

let service: TestService;
let filled: FilledStore;

beforeEach(async () => {
  service = await freshService();
  filled = await fillStore(service);
}, 30_000);
afterEach(() => service.close());

/** The counts, and the findings as `M5 <what>`, M5 being the first member's fifth decision. */
async function verified(): Promise<{ counts: object; findings: string[] }> {
  const { tally, findings } = await verifyVisitor(service.database, { overdue: "counts" })({});
  const names = new Map(
    filled.decisions.flatMap((stream, member) =>
      stream.map(({ id }, place) => [id, `${"MN"[member]}${place + 1}`] as const),
    ),
  );
  return {
    counts: { ...Object.fromEntries(tally.counts), findings: findings.number },
    findings: findings.first.map(({ kind, id, detail }) => `${kind} ${names.get(id ?? "") ?? id}: ${detail}`),
  };
}

const inOrder = { members: 2, decisions: 15, unsealed: 15, candidates: 4, findings: 0 };

test("the work list that was kept with the decisions is the one that follows from them", async () => {
  expect(await verified()).toEqual({ counts: inOrder, findings: [] });
});

const candidate = "member_id = $1 and member_sequence = 5";
const nobody = "01900000-0000-7000-8000-000000000000";

const wrongs: [string, string, unknown[], string][] = [
  [
    "a row that is missing",
    `delete from readjudication_candidate where ${candidate}`,
    [members[0]],
    "WORK_LIST_MISMATCH M5: missing on the work list",
  ],
  [
    "a row of a decision that is none",
    `insert into readjudication_candidate
     select member_id, member_sequence, id, 8, now() from decision where member_id = $1 and member_sequence = 3`,
    [members[0]],
    "WORK_LIST_MISMATCH M3: on the work list and should not be",
  ],
  [
    "a row behind the end of a stream",
    `insert into readjudication_candidate values ($1, 15, '${nobody}', 16, now())`,
    [members[0]],
    `WORK_LIST_MISMATCH ${nobody}: on the work list and should not be`,
  ],
  [
    "a row of a member who does not exist",
    `insert into readjudication_candidate values ($1, 1, '${nobody}', 2, now())`,
    ["~~~"],
    `WORK_LIST_MISMATCH ${nobody}: on the work list and should not be`,
  ],
  [
    "another cause",
    `update readjudication_candidate set cause_sequence = 7 where ${candidate}`,
    [members[0]],
    "WORK_LIST_MISMATCH M5: cause_sequence",
  ],
  [
    "a cause that is a microsecond later",
    `update readjudication_candidate set caused_at = caused_at + interval '1 microsecond' where ${candidate}`,
    [members[0]],
    "WORK_LIST_MISMATCH M5: caused_at",
  ],
  [
    "the id of another decision",
    `update readjudication_candidate set decision_id = '${nobody}' where ${candidate}`,
    [members[0]],
    "WORK_LIST_MISMATCH M5: decision_id",
  ],
];

test.each(wrongs)("on the work list is noticed: %s", async (_, statement, parameters, finding) => {
  await service.database.query(statement, parameters);
  const { counts, findings } = await verified();
  expect(findings).toEqual([finding]);
  expect(counts).toMatchObject({ findings: 1 });
});

const recordOf = "update decision set record = $2 where member_id = $1 and member_sequence = 1";

test.each([
  ["no JSON", "{", ["BODY_MISMATCH", "NOT_CANONICAL"]],
  ["no decision", '{"kind":"ADJUDICATION"}', ["BODY_MISMATCH", "COLUMN_MISMATCH", "COLUMN_MISMATCH"]],
])(
  "a record that says %s is named, and the other members are checked all the same",
  async (_, record, kinds) => {
    await tamper(service, recordOf, [members[0], record]);
    await service.database.query("delete from readjudication_candidate where member_id = $1", [members[1]]);
    const { findings } = await verified();
    const ofRecord = findings.filter((finding) => finding.includes(" M1: "));
    expect(ofRecord.map((finding) => finding.split(" ")[0])).toEqual(kinds);
    expect(findings.filter((finding) => finding.includes("WORK_LIST")).sort()).toEqual(
      ["N1", "N2", "N3"].map((name) => `WORK_LIST_MISMATCH ${name}: missing on the work list`),
    );
  },
);
