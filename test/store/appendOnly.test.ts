import { decideAndStore } from "../../src/cases/decideAndStore";
import { declarePolicyException } from "../../src/cases/declarePolicyException";
import { claimRequest, claimSession, exceptionTerms } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";

let service: TestService;

beforeAll(async () => {
  service = await freshService();
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await declarePolicyException(exceptionTerms(), "tester", service);
});
afterAll(() => service.close());

const changes = [
  ["an update of a decision", "update decision set disposition = 'APPROVED'"],
  ["an update that changes nothing", "update decision set record = record"],
  ["a deletion of a decision", "delete from decision"],
  ["a truncation of the decisions", "truncate decision"],
  [
    "a deletion by a role that poses as a replica",
    "set session_replication_role = replica; delete from decision",
  ],
  ["an update of a policy version", "update policy_version set content = content"],
  ["a deletion of a policy version", "delete from policy_version"],
  ["a truncation of the policy versions", "truncate policy_version"],
  ["an update of an exception", "update policy_exception set declared_by = 'somebody else'"],
  ["a deletion of an exception", "delete from policy_exception"],
  ["a truncation of the exceptions", "truncate policy_exception"],
  ["a deletion of what is known of builds of the work list", "delete from work_list_build"],
] as const;

test.each(changes)("the database refuses %s, even to its owner", async (_, statement) => {
  await expect(service.database.query(statement)).rejects.toMatchObject({ code: "55000" });
});

test("what was tried has changed nothing", async () => {
  const [counts] = await service.database.query(`
    select (select count(*) from decision)::int as decisions, (select count(*) from policy_version)::int as versions,
           (select count(*) from policy_exception)::int as exceptions`);
  expect(counts).toEqual({ decisions: 1, versions: 1, exceptions: 1 });
});

test("a policy version whose text does not have its hash is not stored", async () => {
  const statement =
    "insert into policy_version (id, effective_from, content, content_hash) values ('x', '2030-01-01', 'a', $1)";
  await expect(service.database.query(statement, [Buffer.alloc(32)])).rejects.toMatchObject({
    code: "23514",
  });
});
