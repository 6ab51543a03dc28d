import { refusalCodes } from "../../src/adjudication/refusal";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { observedBy } from "../../src/cases/service";
import { rootFieldNames } from "../../src/graphql/schema";
import { errorKinds } from "../../src/http/errors";
import { checkNames } from "../../src/http/readiness";
import { decisionDispositions, decisionKinds } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { rulesOf } from "../../src/policy/policyVersion";
import { alarmCodes } from "../../src/sealer/alarms";
import { claimRequest, claimSession } from "../cases/claims";
import { databaseProxy } from "../cases/proxy";
import { serviceOn } from "../cases/testService";
import { history, line, submission } from "../graphql/claims";
import { serveOverHttp, ServedService } from "../graphql/servedOverHttp";
import { answersTo, batchDocument, importDocument, submit } from "../graphql/submitting";
import { counted, scrape, textOfMetrics } from "./scrape";

let served: ServedService;
beforeAll(async () => {
  served = await serveOverHttp();
});
afterAll(() => served.stop());

const dates = ["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10", "2025-05-12"];
const version = molinaEsiVersions[0].id;

const oneMember = "query ($id: ID!) { member(id: $id) { id } }";
const invalid = ["{ nothingOfThisName }", "{ unclosed", `{ ${"__typename ".repeat(1_100)} }`];

/** Every kind of answer, each once unless it says otherwise. */
async function knownOperations(): Promise<void> {
  await submit(served, submission({ memberId: "ONE" }, "k1"));
  await submit(served, submission({ memberId: "ONE" }, "k1"));
  await submit(served, submission({ memberId: "ONE" }, "k2"));
  await submit(served, submission({ memberId: "", claimNumber: "" }, "k3"));
  await answersTo(
    served,
    batchDocument,
    dates.map((dateOfService, place) =>
      submission({ memberId: "FOUR", claimNumber: `C${place}`, dateOfService }, `k${place}`),
    ),
  );
  const lines = [line({ procedureCode: "99213" })];
  await submit(served, submission({ memberId: "OTHER", lines }, "k1"));
  await answersTo(served, importDocument, [history({ memberId: "OLD" })]);
  await served.fields(oneMember, { id: "ONE" });
  await served.fields(oneMember, { id: "ONE" });
  await served.fields("{ policyVersions { id } policyExceptions { id } }");
  await served.fields("{ __schema { queryType { name } } }");
  for (const document of invalid) await served.ask(document);
  await served.ask(oneMember, {});
  await served.ask(oneMember, { id: "ONE" }, { scopes: [] });
  await fetch(served.url, { method: "POST" });
}

describe("after known operations a scrape shows exactly", () => {
  let samples: Awaited<ReturnType<typeof scrape>>;
  beforeAll(async () => {
    await knownOperations();
    samples = await scrape(served);
  });

  test("the decisions, once for each rule that failed, and the replay not again", () => {
    const approved = 'kind="ADJUDICATION",disposition="APPROVED"';
    const denied = 'kind="ADJUDICATION",disposition="DENIED"';
    const notGoverned = 'kind="ADJUDICATION",disposition="NOT_GOVERNED"';
    expect(counted(samples, "esi_decisions_total", "esi_decisions_stored_total")).toEqual({
      [`esi_decisions_stored_total{${approved}}`]: 5,
      [`esi_decisions_stored_total{${denied}}`]: 1,
      [`esi_decisions_stored_total{${notGoverned}}`]: 1,
      'esi_decisions_stored_total{kind="IMPORT",disposition="APPROVED"}': 1,
      [`esi_decisions_total{${approved},rule="none",policy_version="${version}"}`]: 5,
      [`esi_decisions_total{${denied},rule="ESI-FREQUENCY",policy_version="${version}"}`]: 1,
      [`esi_decisions_total{${notGoverned},rule="none",policy_version="${version}"}`]: 1,
      'esi_decisions_total{kind="IMPORT",disposition="APPROVED",rule="none",policy_version="none"}': 1,
    });
  });

  test("refusals, replays, and rounds of storing", () => {
    expect(
      counted(
        samples,
        ...["esi_refusals_total", "esi_write_attempts_total", "esi_write_conflicts_total"],
        ...["esi_unknown_outcomes_total", "esi_idempotent_replays_total"],
      ),
    ).toEqual({
      'esi_refusals_total{code="INVALID_INPUT"}': 1,
      'esi_refusals_total{code="CLAIM_ALREADY_DECIDED"}': 1,
      esi_idempotent_replays_total: 1,
      esi_write_attempts_total: 6,
    });
  });

  test("requests by root field and code, each once", () => {
    const requests = {
      'esi_requests_total{operation="submitClaimSession",code="OK"}': 5,
      'esi_requests_total{operation="submitClaimSessions",code="OK"}': 1,
      'esi_requests_total{operation="importSessions",code="OK"}': 1,
      'esi_requests_total{operation="member",code="OK"}': 2,
      'esi_requests_total{operation="several",code="OK"}': 1,
      'esi_requests_total{operation="introspection",code="OK"}': 1,
      'esi_requests_total{operation="invalid",code="GRAPHQL_VALIDATION_FAILED"}': 1,
      'esi_requests_total{operation="invalid",code="TOO_COMPLEX"}': 1,
      'esi_requests_total{operation="invalid",code="GRAPHQL_PARSE_FAILED"}': 1,
      'esi_requests_total{operation="member",code="BAD_USER_INPUT"}': 1,
      'esi_requests_total{operation="member",code="FORBIDDEN"}': 1,
      'esi_requests_total{operation="none",code="UNAUTHENTICATED"}': 1,
    };
    expect(counted(samples, "esi_requests_total")).toEqual(requests);
    expect(counted(samples, "esi_request_seconds_count")).toMatchObject({
      'esi_request_seconds_count{operation="member"}': 4,
      'esi_request_seconds_count{operation="invalid"}': 3,
    });
  });

  test("how often rules were run and queues were waited in, and the pool", () => {
    expect(counted(samples, "esi_adjudication_seconds_count", "esi_member_queue_wait_seconds_count")).toEqual(
      {
        esi_adjudication_seconds_count: 8,
        esi_member_queue_wait_seconds_count: 6,
      },
    );
    expect(samples.get("pg_pool_total")).toBeGreaterThan(0);
    expect(samples.get("pg_pool_idle")).toBe(samples.get("pg_pool_total"));
    expect(samples.get("pg_pool_waiting")).toBe(0);
  });

  const oneOf = (...words: readonly string[]) => new RegExp(`^(?:${words.join("|")})$`);
  const rules = molinaEsiVersions.flatMap((one) => rulesOf(one).map(({ rule }) => rule.id));
  const closed: Record<string, RegExp> = {
    code: oneOf("OK", "CUT", ...Object.keys(errorKinds), ...refusalCodes, ...alarmCodes),
    kind: oneOf(...decisionKinds),
    disposition: oneOf(...decisionDispositions),
    rule: oneOf("none", ...rules),
    policy_version: oneOf("none", ...molinaEsiVersions.map(({ id }) => id)),
    operation: oneOf("export", "introspection", "several", "invalid", "none", ...rootFieldNames()),
    check: oneOf(...checkNames),
    le: oneOf("[0-9.e-]+", "\\+Inf"),
  };

  test("no label but those of closed lists", async () => {
    const labels = [...samples.keys()]
      .filter((sample) => sample.startsWith("esi_"))
      .flatMap((sample) => [...sample.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    expect(new Set(labels.map(([name]) => name))).toEqual(new Set(Object.keys(closed)));
    const strange = labels.filter(([name, value]) => !closed[name].test(value));
    expect(strange).toEqual([]);
  });
});

test("an outcome that was unknown is counted, and the decision that comes of it once", async () => {
  const proxy = await databaseProxy(served.service.url);
  const behind = await serviceOn(proxy.url);
  const other = await serveOverHttp(behind);
  try {
    await submit(other, submission({ memberId: "LOST", claimNumber: "L0" }, "l0"));
    proxy.mischief = "swallowReplyToInsert";
    await submit(
      other,
      submission({ memberId: "LOST", claimNumber: "L1", dateOfService: "2025-06-10" }, "l1"),
    );
    const names = ["unknown_outcomes", "idempotent_replays", "decisions_stored"];
    expect(counted(await scrape(other), ...names.map((name) => `esi_${name}_total`))).toEqual({
      esi_unknown_outcomes_total: 1,
      'esi_decisions_stored_total{kind="ADJUDICATION",disposition="APPROVED"}': 2,
    });
  } finally {
    await other.stop();
    await proxy.close();
  }
});

test("each conflict is counted, and costs one round more", async () => {
  const second = await serviceOn(served.service.url);
  const before = await scrape(served);
  const services = [served.service, second].map((one) => observedBy(one, served.watch.observeCase));
  const since = async (name: string) => ((await scrape(served)).get(name) ?? 0) - (before.get(name) ?? 0);
  let requests = 0;
  for (let round = 0; round < 50 && (await since("esi_write_conflicts_total")) === 0; round++) {
    const session = () => claimSession(`RACED-${round}`, "2025-03-10");
    await Promise.all(services.map((service) => decideAndStore([claimRequest(session())], service)));
    requests += 2;
  }
  const [conflicts, attempts] = [
    await since("esi_write_conflicts_total"),
    await since("esi_write_attempts_total"),
  ];
  await second.close();
  expect(conflicts).toBeGreaterThan(0);
  expect(attempts).toBe(requests + conflicts);
});

test("any number of scrapes at once bring the same numbers, in Prometheus' text format", async () => {
  const texts = await Promise.all(Array.from({ length: 20 }, () => textOfMetrics(served.url)));
  expect(texts.every((text) => text.includes("# TYPE esi_request_seconds histogram"))).toBe(true);
  const { headers, status } = await fetch(new URL("/metrics", served.url));
  expect([status, headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
});
