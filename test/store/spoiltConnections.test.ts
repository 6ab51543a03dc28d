import { decideAndStore } from "../../src/cases/decideAndStore";
import { Unavailable } from "../../src/cases/unavailable";
import { claimRequest, claimSession } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";
import { execute } from "../cluster/database";
import { codeOf, failureOf } from "../../src/store/failure";

/* Connections that live, and on which nothing can succeed any more. */

const server = process.env.ESI_TEST_SERVER ?? "";
let service: TestService;
let name: string;

beforeEach(async () => {
  service = await freshService();
  name = new URL(service.url).pathname.slice(1);
});
afterEach(() => service.close());

const decide = (date: string) => decideAndStore([claimRequest(claimSession("M", date))], service);
const decided = [{ kind: "decided" }];

test("a connection to a server that takes rows no more is given up: the next one finds the new primary", async () => {
  await execute(server, `alter database ${name} set default_transaction_read_only = on`);
  await execute(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  const refused = await decide("2025-03-10").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Unavailable);
  expect(refused).toMatchObject({ cause: { code: "25006" } });
  await execute(server, `alter database ${name} reset default_transaction_read_only`);
  expect(await decide("2025-03-10")).toMatchObject(decided);
});

test("a plan that a migration has made useless costs an attempt and no answer", async () => {
  expect(await decide("2025-03-10")).toMatchObject(decided);
  await execute(
    service.url,
    "drop schema auditing cascade; alter table decision alter column record type varchar",
  );
  expect(await decide("2025-04-10")).toMatchObject(decided);
});

test("a statement that the server does not support is a fault, and its connection is kept", async () => {
  const [before] = await service.database.query<object[]>("select pg_backend_pid() as pid");
  const unsupported = service.database.query("select count(distinct member_id) over () from decision");
  const error = await unsupported.catch((failed: unknown) => failed);
  expect([codeOf(error), failureOf(error)]).toEqual(["0A000", "fault"]);
  expect(await service.database.query("select pg_backend_pid() as pid")).toEqual([before]);
});
