import { member } from "./asking";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { statementsOf } from "./statements";
import { submitAll } from "./submitting";

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
    expect(sent).toHaveLength(2);
  });

  it("count the decisions only where that is asked for", async () => {
    const query = "query ($id: ID!) { member(id: $id) { decisions { nodes { id } } } }";
    expect(await statementsOf(() => member(served, query, { id: "COUNTED" }))).toHaveLength(1);
  });
});
