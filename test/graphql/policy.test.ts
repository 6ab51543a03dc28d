import { createHash } from "node:crypto";
import { plainDate } from "../../src/claim/plainDate";
import { showConsidered } from "../../src/graphql/policyVersions";
import { StandingException } from "../../src/policy/exceptionRegister";
import { serveOverHttp, ServedService } from "./servedOverHttp";

interface Version {
  id: string;
  effectiveFrom: string;
  contentHash: string;
  content: string;
  parameters: { name: string; value: string }[];
  rules: {
    id: string;
    title: string;
    order: number[];
    interpretations: string[];
    citations: { title: string }[];
  }[];
  interpretations: { id: string }[];
}

const VERSION = `{
  id effectiveFrom contentHash content parameters { name value } interpretations { id }
  rules { id title order interpretations citations { documentId title section url } }
}`;
const IN_FORCE = `query ($on: LocalDate!) { policyInForce(on: $on) ${VERSION} }`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const inForce = async (on: string): Promise<Version | null> =>
  (await served.fields<{ policyInForce: Version | null }>(IN_FORCE, { on })).policyInForce;

describe("the policy version in force", () => {
  it("is the newest that took effect by the date, and none before the first", async () => {
    expect((await inForce("2021-12-12"))?.id).toBe("molina-esi@2021-12-12");
    expect((await inForce("2199-12-31"))?.id).toBe("molina-esi@2021-12-12");
    expect(await inForce("2021-12-11")).toBeNull();
  });

  it("shows parameters, rules with their rows, readings and the content that its hash is of", async () => {
    const version = await inForce("2025-01-01");
    if (!version) throw new Error("a version is in force");
    expect(version.parameters).toEqual([
      { name: "sessionsPerRegion", value: '[{"months":12,"sessions":4}]' },
      { name: "regionsPerSession", value: "1" },
      { name: "transforaminalLevels", value: "2" },
      { name: "interlaminarLevels", value: "1" },
    ]);
    expect(version.rules.map(({ id, order }) => `${id} ${order.join("+")}`)).toEqual([
      "ESI-DUPLICATE 1",
      "ESI-DISCONTINUED 2",
      "ESI-ADD-ON 3+7",
      "ESI-INTERLAMINAR-SIDE 4",
      "ESI-ASC-BILATERAL 5",
      "ESI-UNITS 6",
      "ESI-LEVELS 8",
      "ESI-FREQUENCY 9",
      "ESI-REGION 10",
    ]);
    expect(version.rules.every(({ citations }) => citations.length > 0)).toBe(true);
    expect(version.interpretations).toHaveLength(18);
    expect(createHash("sha256").update(version.content).digest("hex")).toBe(version.contentHash);
  });

  it("is among all versions", async () => {
    const { policyVersions } = await served.fields<{ policyVersions: Version[] }>(
      `{ policyVersions ${VERSION} }`,
    );
    expect(policyVersions).toEqual([await inForce("2025-01-01")]);
  });

  it.each(["CANARY7731", "2025-02-30", "2025-1-1", "2025-01-01T00:00:00Z", "1989-12-31", "", "today"])(
    "is refused on %j, in a variable and in a literal alike",
    async (on) => {
      const message = "on must be a date YYYY-MM-DD from 1990-01-01 to 2199-12-31";
      const literal = `{ policyInForce(on: ${JSON.stringify(on)}) { id } }`;
      for (const { data, errors, text } of [await served.ask(IN_FORCE, { on }), await served.ask(literal)]) {
        expect(data).toEqual({ policyInForce: null });
        expect(errors).toMatchObject([
          { message, path: ["policyInForce"], extensions: { code: "BAD_USER_INPUT" } },
        ]);
        expect(text).not.toContain("CANARY7731");
      }
    },
  );

  it.each(["20250101", "null", "[]", "{}", "true", "TODAY", "1.5"])(
    "fails the document for %s",
    async (on) => {
      const { data, errors } = await served.ask(`{ policyInForce(on: ${on}) { id } }`);
      expect(data).toBeUndefined();
      expect(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"]).toContain(errors?.[0].extensions.code);
    },
  );
});

describe("the exceptions that a decision names", () => {
  const declared: StandingException = {
    id: "E1",
    source: "STATE",
    key: "TX",
    parameter: "transforaminalLevels",
    value: 3,
    effectiveFrom: plainDate("2025-01-01"),
    citation: "Notice 7",
    declaredAt: "2025-01-01T00:00:00.000Z",
    declaredBy: "tester",
    endings: [],
  };
  const named = {
    exceptionId: "E1",
    source: declared.source,
    parameter: declared.parameter,
    value: 3,
    applied: true,
  };

  it("are shown as they are known", () => {
    expect(showConsidered([named], [{ ...declared, id: "E0" }, declared])).toEqual([
      { exception: declared, applied: true },
    ]);
  });

  it("are a fault of ours where one is not known", () => {
    expect(() => showConsidered([named], [])).toThrow("exception E1");
  });
});
