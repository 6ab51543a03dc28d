import { member } from "./asking";
import { serviceOn } from "../cases/testService";
import { line } from "./claims";
import { declared, reviewed } from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { statementsOf } from "./statements";
import { decided, submitAll } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("the SQL statements of a request", () => {
  const decision = "{ id supersedes { id supersededBy { id } } supersededBy { id } isEffective }";

  it("do not grow with the decisions on a page", async () => {
    const pairs = ["2025-01-06", "2025-02-03", "2025-03-03"].flatMap((dateOfService, place) => [
      { dateOfService, claimNumber: `O${place}` },
      { dateOfService, claimNumber: `R${place}`, frequency: "REPLACEMENT", originalClaimNumber: `O${place}` },
    ]);
    await submitAll(served, "COUNTED", pairs);
    const ask = (first: number) => () =>
      member(
        served,
        `query ($id: ID!) {
          member(id: $id) { decisions(first: ${first}) { nodes ${decision} totalCount } }
        }`,
        { id: "COUNTED" },
      );
    expect(await statementsOf(ask(2))).toHaveLength(4);
    expect(await statementsOf(ask(6))).toHaveLength(4);
  });

  it("read the member's stream once, whatever follows from it", async () => {
    const asking = `query ($id: ID!) { member(id: $id) {
      historyOnFileSince
      sessions { decisions { id isEffective } }
      march: allowance(region: LUMBAR_SACRAL, on: "2025-03-01") { nextEligibleDate }
      april: allowance(region: CERVICAL_THORACIC, on: "2025-04-01") { nextEligibleDate }
    } }`;
    const sent = await statementsOf(() => member(served, asking, { id: "COUNTED" }));
    expect(sent).toHaveLength(3);
    expect(sent.filter((text) => text.includes("policy_exception"))).toHaveLength(1);
  });

  it("read the register of exceptions once, however many decisions name exceptions", async () => {
    await declared(served, { source: "FEDERAL", key: null });
    await submitAll(served, "EXCEPTED", [{}, {}, {}]);
    await declared(served, { key: "AK" });
    await decided(served, "EXCEPTED", { claimNumber: "A1" });
    const another = await serveOverHttp(await serviceOn(served.service.url));
    const query = `query ($id: ID!) {
      member(id: $id) { decisions { nodes { exceptionsConsidered { exception { id } } } } }
    }`;
    const sent = await statementsOf(() => member(another, query, { id: "EXCEPTED" }));
    const sentLater = await statementsOf(() => member(another, query, { id: "EXCEPTED" }));
    await another.stop();
    expect([sent.length, sentLater.length]).toEqual([2, 1]);
  });

  it("read what a review was about only for findings that it left as they were", async () => {
    const lines = [line({ procedureCode: "64483" }), line({ lineNumber: 2, procedureCode: "64484" })];
    const [first] = await submitAll(served, "REVIEWED", [{ lines }]);
    const again = await reviewed(served, "REVIEWED", await reviewed(served, "REVIEWED", first));
    const ask = (lineFields: string) => () =>
      served.fields(`query ($id: ID!) { decision(id: $id) { lines { ${lineFields} } } }`, { id: again });
    expect(await statementsOf(ask("unitsAllowed"))).toHaveLength(1);
    expect(await statementsOf(ask("findings { outcome }"))).toHaveLength(3);
  });

  it("of a view of the past are the clock and those of today's", async () => {
    const query = `query ($id: ID!, $at: DateTime) {
      member(id: $id, asKnownAt: $at) {
        historyOnFileSince sessions { region } readjudicationCandidates { wouldBe }
        decisions { nodes ${decision} totalCount }
      }
    }`;
    const at = "2020-01-01T00:00:00Z";
    expect(await statementsOf(() => member(served, query, { id: "COUNTED", at }))).toHaveLength(4);
  });

  it("count the decisions only where that is asked for", async () => {
    const query = "query ($id: ID!) { member(id: $id) { decisions { nodes { id } } } }";
    expect(await statementsOf(() => member(served, query, { id: "COUNTED" }))).toHaveLength(1);
  });
});
