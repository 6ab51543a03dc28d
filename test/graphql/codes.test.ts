import { submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { faultsOf, pathsOf, submit } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const nulOrControl = ["A\u0000B", "A\u0007B", "A\u007fB", "A\nB"];
const strangeTexts = [
  "",
  " ",
  "A B",
  " A",
  "A\u00a0",
  "\ud800",
  "А1",
  "A\u202eB",
  "A\u200bB",
  "１２",
  "😀",
  "A".repeat(65),
];

describe("an identifier", () => {
  it.each(["memberId", "claimNumber", "benefitPlanId", "providerContractId"])(
    "that is no 64 visible ASCII characters is a fault at %s",
    async (name) => {
      for (const text of [...nulOrControl, ...strangeTexts])
        expect([text, await faultsOf(served, { [name]: text })]).toEqual([text, [`session.${name}`]]);
    },
  );

  it("may look like SQL, a template, a path of an object or a formula", async () => {
    const texts = [
      "';drop--",
      "$1",
      "%00",
      "{{7*7}}",
      "${x}",
      "=cmd",
      "__proto__",
      "constructor",
      "A".repeat(64),
    ];
    for (const memberId of texts)
      expect(await submit(served, submission({ memberId }))).toMatchObject({
        userErrors: [],
        decision: { memberSequence: 1 },
      });
  });

  it("of a member may be sent as a whole number, which GraphQL takes for an ID", async () => {
    const { decision } = await submit(served, submission({ memberId: 4711 }));
    expect(await submit(served, submission({ memberId: "4711" }))).toEqual({
      decision,
      replayed: true,
      userErrors: [],
    });
  });

  it("is a key of up to 255 visible ASCII characters, and its case matters", async () => {
    for (const key of ["", "two words", "k\u0000", "k".repeat(256), "😀", "k\r\n"])
      expect(pathsOf((await submit(served, submission({}, key))).userErrors)).toEqual(["idempotencyKey"]);
    const longest = "k".repeat(255);
    const { decision } = await submit(served, submission({ memberId: "K" }, longest));
    expect(decision).not.toBeNull();
    const { userErrors } = await submit(served, submission({ memberId: "K" }, longest.toUpperCase()));
    expect(userErrors[0]?.code).toBe("CLAIM_ALREADY_DECIDED");
  });
});

describe("a code of a claim session", () => {
  it.each<[string, string[], string]>([
    ["stateOfService", ["tx", "ZZ", "", "TX ", "T\u0425", "UK"], "session.stateOfService"],
    ["placeOfService", ["1", "111", "1a", "", "１１", "-1"], "session.placeOfService"],
    [
      "billingProviderNpi",
      ["1500000008", "150000000", "15000000090", " 1500000009", "１500000009", ""],
      "session.billingProviderNpi",
    ],
    ["renderingProviderNpi", ["1234567890", ""], "session.renderingProviderNpi"],
    ["originalClaimNumber", ["", "A B"], "session.originalClaimNumber"],
  ])("at %s is judged by its form", async (name, texts, path) => {
    for (const text of texts)
      expect([text, await faultsOf(served, { [name]: text })]).toEqual([text, [path]]);
  });

  it.each([
    "0000-01-01",
    "1989-12-31",
    "2200-01-01",
    "9999-12-31",
    "10000-01-01",
    "-0001-01-01",
    "1900-02-29",
    "2025-02-29",
    "2024-02-30",
    "2025-04-31",
    "2025-13-01",
    "2025-00-10",
    "2025-01-00",
    "2025-1-5",
    "20250105",
    "05/01/2025",
    "2025-01-05T00:00:00Z",
    "2025-01-05 ",
    "yesterday",
    "infinity",
    "epoch",
    "٢٠٢٥-٠١-٠٥",
    "",
    "2025-01-05\u0000",
  ])("that is no date of service, %j, is a fault of its place alone", async (date) => {
    expect(await faultsOf(served, { dateOfService: date })).toEqual(["session.dateOfService"]);
    const replacement = { frequency: "REPLACEMENT", originalClaimNumber: "A0", originalDateOfService: date };
    expect(await faultsOf(served, replacement)).toEqual(["session.originalDateOfService"]);
  });

  it.each(["2000-02-29", "2024-02-29", "1990-01-01", "2199-12-31"])(
    "that is the date %s is well formed",
    async (date) => {
      const { userErrors } = await submit(
        served,
        submission({ dateOfService: date, memberId: "DATES", claimNumber: date }, date),
      );
      expect(userErrors.filter(({ code }) => code === "INVALID_INPUT")).toEqual([]);
    },
  );
});
