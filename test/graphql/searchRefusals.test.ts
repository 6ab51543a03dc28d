import { decisionDispositions, decisionKinds } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { rulesOf } from "../../src/policy/policyVersion";
import { faultOf } from "./asking";
import { search, searchDocument } from "./searching";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { submitAll } from "./submitting";

let served: ServedService;
beforeAll(async () => {
  served = await serveOverHttp();
  await submitAll(served, "M1", [{}, { dateOfService: "2025-06-12" }, { dateOfService: "2025-07-12" }]);
});
afterAll(() => served.stop());

const fault = (variables: object): Promise<string> => faultOf(served, searchDocument, variables);
const date = "a date YYYY-MM-DD from 1990-01-01 to 2199-12-31";
const instant = "an RFC 3339 instant from year 1 to 9999 with its offset, such as 2026-03-02T10:15:30.123Z";
const identifier = "1 to 64 visible ASCII characters";

describe("a search is refused", () => {
  it.each([-1, 0, 101, 2147483647])("for a page of %d", async (size) => {
    expect(await fault({ first: size })).toBe("first must be a whole number from 1 to 100");
    expect(await fault({ last: size })).toBe("last must be a whole number from 1 to 100");
  });

  it("for a page from both ends", async () => {
    expect(await fault({ first: 1, last: 1 })).toBe("last must not be given together with first");
  });

  it("behind or before a cursor that is forged, cut short or changed", async () => {
    const { cursor, node } = (await search(served)).edges[1];
    const text = Buffer.from(cursor, "base64url").toString("utf8");
    const written = (changed: string): string => Buffer.from(changed, "utf8").toString("base64url");
    const [, fingerprint = "", at = ""] = /^decisions:1:([0-9a-f]{8}):(.{24}):/.exec(text) ?? [];
    expect(text).toBe(`decisions:1:${fingerprint}:${at}:${node.id}`);
    const forged = [
      "",
      "x",
      "\u0000",
      "CANARY7731".repeat(1000),
      cursor.slice(0, -1),
      `${cursor}=`,
      ` ${cursor}`,
      written(`decisions:2:${fingerprint}:${at}:${node.id}`),
      written(`decisions:1:00000000:${at}:${node.id}`),
      written(`decisions:1:${fingerprint}:2026-02-30T10:00:00.000Z:${node.id}`),
      written(`decisions:1:${fingerprint}:${"x".repeat(24)}:${node.id}`),
      written(`decisions:1:${fingerprint}:${at}:${node.id.toUpperCase()}`),
      written(`decisions:1:${fingerprint}:${at}:${"-".repeat(36)}`),
      written(`work-list:1:${at}:${node.id}`),
      written(`member-decisions:1:2:${node.id}`),
    ];
    for (const place of forged)
      for (const name of ["after", "before"])
        expect([place, await fault({ [name]: place })]).toEqual([
          place,
          `${name} must be a cursor of the same search: the same filter and orderBy`,
        ]);
  });

  it("behind a cursor of another search, however the same search is written", async () => {
    const kinds = ["ADJUDICATION", "REVIEW"];
    const { cursor } = (await search(served, { filter: { kinds, memberId: "M1" } })).edges[0];
    const same = { memberId: "M1", kinds: ["REVIEW", "ADJUDICATION", "REVIEW"], effectiveOnly: null };
    expect((await search(served, { filter: same, last: 2, after: cursor })).nodes.length).toBe(2);
    for (const other of [
      { filter: { kinds } },
      { filter: { kinds, memberId: "M2" } },
      { filter: { kinds: ["ADJUDICATION"], memberId: "M1" } },
      { filter: { kinds, memberId: "M1", effectiveOnly: true } },
      { filter: { kinds, memberId: "M1" }, orderBy: "DECIDED_AT_ASC" },
      {},
    ])
      expect(await fault({ ...other, after: cursor })).toMatch(/^after must be a cursor of the same search/);
  });

  it.each([
    ["memberId", "", identifier],
    ["memberId", "M 1", identifier],
    ["memberId", "М1", identifier],
    ["memberId", "x".repeat(65), identifier],
    ["claimNumber", "A\u0000", identifier],
    ["providerNpi", "1234567890", "a 10-digit NPI with a valid check digit"],
    ["providerNpi", "１２３４５６７８９３", "a 10-digit NPI with a valid check digit"],
    [
      "policyVersionId",
      "molina-esi@2021-12-13",
      `one of ${molinaEsiVersions.map(({ id }) => id).join(", ")}`,
    ],
    ["decidedFrom", "2026-01-01", instant],
    ["decidedBefore", "now", instant],
    ["decidedBefore", "2026-02-30T00:00:00Z", instant],
    ["serviceFrom", "yesterday", date],
    ["serviceFrom", "2025-02-29", date],
    ["serviceTo", "2025-02-28T00:00:00Z", date],
    ["serviceTo", "2200-01-01", date],
  ])("for a filter with the %s %j", async (name, value, expected) => {
    expect(await fault({ filter: { [name]: value } })).toBe(`filter.${name} must be ${expected}`);
  });

  it("for a list that names nothing, too much, or what there is not", async () => {
    const rules = new Set(rulesOf(molinaEsiVersions[0]).map(({ rule }) => rule.id));
    const expected = {
      dispositions: `one of ${decisionDispositions.join(", ")}`,
      kinds: `one of ${decisionKinds.join(", ")}`,
      failedRules: `one of ${[...rules].join(", ")}`,
      procedureCodes: "5 characters, digits or capital letters",
    };
    for (const [name, each] of Object.entries(expected))
      expect(await fault({ filter: { [name]: [] } })).toBe(
        `filter.${name} must be a list of 1 to 50, each ${each}`,
      );
    for (const codes of [Array(51).fill("62323"), ["62323", "6232"]])
      expect(await fault({ filter: { procedureCodes: codes } })).toBe(
        `filter.procedureCodes must be a list of 1 to 50, each ${expected.procedureCodes}`,
      );
    expect(await fault({ filter: { failedRules: ["ESI-LEVELS", "ESI-FREQ"] } })).toBe(
      `filter.failedRules must be a list of 1 to 50, each ${expected.failedRules}`,
    );
  });

  it("for a range that nothing can be in", async () => {
    const decided = { decidedFrom: "2026-01-01T00:00:00Z", decidedBefore: "2026-01-01T01:00:00+01:00" };
    expect(await fault({ filter: decided })).toBe("filter.decidedBefore must be later than decidedFrom");
    expect(await fault({ filter: { serviceFrom: "2025-01-02", serviceTo: "2025-01-01" } })).toBe(
      "filter.serviceTo must be serviceFrom or a later date",
    );
  });

  it("for a token without the scope", async () => {
    const { errors = [] } = await served.ask(searchDocument, {}, { scopes: ["history:read", "audit:read"] });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  });
});
