import { member } from "./asking";
import { Given } from "./claims";
import { declare, declareDocument, declared, sixInOhio } from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { pathsOf } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const faults = async (given: Given): Promise<string[]> => {
  const { exception, userErrors } = await declare(served, sixInOhio(given));
  expect(exception).toBeNull();
  return pathsOf(userErrors);
};

describe("a declaration of a wrong form", () => {
  const levels = { parameter: "transforaminalLevels" };

  it.each<[string, Given]>([
    ["key", { key: undefined }],
    ["key", { key: null }],
    ["key", { key: "oh" }],
    ["key", { key: "ZZ" }],
    ["key", { source: "FEDERAL" }],
    ["key", { source: "FEDERAL", key: "" }],
    ["key", { source: "BENEFIT_PLAN", key: "a b" }],
    ["key", { source: "BENEFIT_PLAN", key: undefined }],
    ["key", { source: "PROVIDER_CONTRACT", key: "" }],
    ["key", { source: "PROVIDER_CONTRACT", key: "x".repeat(65) }],
    ["parameter", { parameter: "noSuchParameter" }],
    ["parameter", { parameter: "constructor", value: "x" }],
    ["value", { value: "four" }],
    ["value", { value: "6" }],
    ["value", { value: '[{"months":61,"sessions":6}]' }],
    ["value", { ...levels, value: "0" }],
    ["value", { ...levels, value: "1.5" }],
    ["effectiveFrom", { effectiveFrom: "2025-02-29" }],
    ["effectiveFrom", { effectiveFrom: "", effectiveTo: "2025-01-01" }],
    ["effectiveTo", { effectiveTo: "2025-02-29" }],
    ["effectiveTo", { effectiveTo: "" }],
    ["effectiveTo", { effectiveTo: "2023-12-31" }],
    ["citation", { citation: "" }],
    ["citation", { citation: "x".repeat(501) }],
    ["citation", { citation: "a\nb" }],
    ["citationUrl", { citationUrl: "" }],
    ["citationUrl", { citationUrl: "\ud800" }],
  ])("has its fault at %s: %j", async (path, given) => {
    expect(await faults(given)).toEqual([path]);
  });

  it("has every fault told, each place once, with what was expected and not what was sent", async () => {
    const wrong = {
      ...{ key: "CANARY7731", parameter: "CANARY7731", value: "CANARY7731", effectiveFrom: "CANARY7731" },
      ...{ effectiveTo: "CANARY7731", citation: "CANARY7731\u0000", citationUrl: "CANARY7731\u0000" },
    };
    const { userErrors } = await declare(served, sixInOhio(wrong));
    expect(userErrors.map(({ message }) => message).sort()).toEqual([
      "citation must be 1 to 500 characters without control characters and unpaired surrogates",
      "citationUrl must be 1 to 500 characters without control characters and unpaired surrogates",
      "effectiveFrom must be a date YYYY-MM-DD from 1990-01-01 to 2199-12-31",
      "effectiveTo must be a date YYYY-MM-DD from 1990-01-01 to 2199-12-31",
      "key of source STATE must be the two-letter code of a US state, DC, AS, GU, MP, PR or VI",
      expect.stringMatching(/^parameter must be one of sessionsPerRegion, /),
    ]);
    const value = await declare(served, sixInOhio({ value: "CANARY7731", key: null }));
    expect(pathsOf(value.userErrors)).toEqual(["key", "value"]);
    expect(JSON.stringify(value)).not.toContain("CANARY");
  });

  it("has a fault at a value of more than 4,000 characters: it would be part of many decisions", async () => {
    const value = '[{"months":12,"sessions":6}]';
    expect(await faults({ value: value.padEnd(4001) })).toEqual(["value"]);
    await declared(served, { value: value.padEnd(4000), key: "AK" });
  });

  it("fails the document where the source is none", async () => {
    const { errors } = await served.ask(declareDocument, { input: sixInOhio({ source: "COUNTY" }) });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  });
});

describe("a number of an exception", () => {
  const asked = `query ($on: LocalDate!) { member(id: "M") {
    allowance(region: LUMBAR_SACRAL, on: $on, stateOfService: "OH") { limits { sessions left } }
  } }`;

  it("is refused beyond what the API can show", async () => {
    for (const number of ["2147483648", "1000000000000"]) {
      const value = `[{"months":12,"sessions":${number}}]`;
      expect(await faults({ value })).toEqual(["value"]);
      for (const parameter of ["regionsPerSession", "transforaminalLevels", "interlaminarLevels"])
        expect(await faults({ parameter, value: number })).toEqual(["value"]);
    }
  });

  it("is shown up to the highest one", async () => {
    const highest = 2147483647;
    await declared(served, { value: `[{"months":60,"sessions":${highest}}]`, effectiveTo: "2024-12-31" });
    expect(await member(served, asked, { on: "2024-12-31" })).toEqual({
      allowance: { limits: [{ sessions: highest, left: highest }] },
    });
    expect(await member(served, asked, { on: "2025-01-01" })).toEqual({
      allowance: { limits: [{ sessions: 4, left: 4 }] },
    });
  });
});
