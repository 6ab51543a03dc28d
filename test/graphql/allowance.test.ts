import { faultOf, member } from "./asking";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { submitAll } from "./submitting";

const ALLOWANCE = `query (
  $id: ID!, $region: SpinalRegion!, $on: LocalDate!, $state: String, $plan: ID, $contract: ID
) {
  member(id: $id) {
    historyOnFileSince
    allowance(
      region: $region, on: $on, stateOfService: $state, benefitPlanId: $plan, providerContractId: $contract
    ) {
      region on nextEligibleDate policyVersion { id }
      limits { months sessions used left windowOpens counted { dateOfService } }
    }
  }
}`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("the allowance of a member", () => {
  const asked = { region: "LUMBAR_SACRAL", on: "2025-05-12" };
  const dates = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"];

  it("says what is used and left in the window that ends on the date, and when the next may be", async () => {
    await submitAll(
      served,
      "ALLOWANCE",
      dates.map((dateOfService) => ({ dateOfService })),
    );
    expect(await member(served, ALLOWANCE, { id: "ALLOWANCE", ...asked })).toEqual({
      historyOnFileSince: "2025-01-06",
      allowance: {
        region: "LUMBAR_SACRAL",
        on: "2025-05-12",
        nextEligibleDate: "2026-01-06",
        policyVersion: { id: "molina-esi@2021-12-12" },
        limits: [
          {
            months: 12,
            sessions: 4,
            used: 4,
            left: 0,
            windowOpens: "2024-05-12",
            counted: dates.map((dateOfService) => ({ dateOfService })),
          },
        ],
      },
    });
  });

  it("is answered for a member of whom nothing is on file, and for the future", async () => {
    expect(await member(served, ALLOWANCE, { id: "NOBODY", ...asked, on: "2199-12-31" })).toMatchObject({
      historyOnFileSince: null,
      allowance: { nextEligibleDate: "2199-12-31", limits: [{ used: 0, left: 4 }] },
    });
  });

  it("is null before the first policy version", async () => {
    const before = { ...asked, on: "2021-12-11" };
    expect(await member(served, ALLOWANCE, { id: "NOBODY", ...before })).toEqual({
      historyOnFileSince: null,
      allowance: null,
    });
  });

  it("may be asked for with state, plan and contract, of their right form", async () => {
    const scope = { state: "TX", plan: "PLAN-1", contract: "C-1" };
    expect(await member(served, ALLOWANCE, { id: "NOBODY", ...asked, ...scope })).toMatchObject({
      allowance: { on: asked.on },
    });
    expect(await faultOf(served, ALLOWANCE, { id: "NOBODY", ...asked, state: "tx" })).toMatch(
      /^stateOfService must be /,
    );
    expect(await faultOf(served, ALLOWANCE, { id: "NOBODY", ...asked, plan: "" })).toMatch(
      /^benefitPlanId must be /,
    );
    expect(await faultOf(served, ALLOWANCE, { id: "NOBODY", ...asked, contract: "a b" })).toMatch(
      /^providerContractId must be /,
    );
    expect(await faultOf(served, ALLOWANCE, { id: "NOBODY", ...asked, on: "2025-2-3" })).toMatch(
      /^on must be a date /,
    );
  });
});
