import { plainDate } from "../../src/claim/plainDate";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { seal } from "../../src/policy/policyVersion";
import { faultOf } from "./asking";
import { history, line } from "./claims";
import { declared, end, reviewed } from "./correcting";
import { ServedWithClock, serveWithClock } from "./servedWithClock";
import { answersTo, decided, importDocument } from "./submitting";

const [shipped] = molinaEsiVersions;
const later = seal({
  ...shipped,
  id: "molina-esi@2025-07-01",
  effectiveFrom: plainDate("2025-07-01"),
  parameters: { ...shipped.parameters, sessionsPerRegion: [{ months: 12, sessions: 5 }] },
});

const REPLAY = `query ($id: ID!, $version: ID, $today: Boolean! = false) {
  replayDecision(id: $id, policyVersionId: $version, exceptionsOfToday: $today) {
    identical differences policyVersion { id } decision { id isEffective }
  }
}`;
interface Replay {
  readonly identical: boolean;
  readonly differences: string[];
}

let served: ServedWithClock;
const ids: Record<string, string> = {};

const replay = async (id: string, given: object = {}): Promise<Replay> =>
  (await served.fields<{ replayDecision: Replay }>(REPLAY, { id, ...given })).replayDecision;
const claim = async (claimNumber: string, dateOfService: string, given: object = {}): Promise<void> => {
  ids[claimNumber] = await decided(served, "M", { claimNumber, dateOfService, ...given });
};

beforeAll(async () => {
  served = await serveWithClock([later, shipped]);
  await served.setClock("2026-01-05T10:00:00Z");
  const loaded = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"].map((dateOfService, place) =>
    history({ memberId: "M", dateOfService, claimNumber: `H${place}`, idempotencyKey: `H${place}` }),
  );
  const imported = await answersTo(served, importDocument, loaded);
  ids.import = imported[0].decision?.id ?? "";
  await claim("denied", "2025-05-12");
  ids.exception = await declared(served, { parameter: "transforaminalLevels", value: "3" });
  const levels = [
    line({ procedureCode: "64483" }),
    line({ lineNumber: 2, procedureCode: "64484", units: 2 }),
  ];
  await claim("excepted", "2025-04-07", { stateOfService: "OH", placeOfService: "22", lines: levels });
  await end(served, { exceptionId: ids.exception, effectiveTo: "2024-12-31", citation: "Notice 9" });
  await claim("V0", "2025-01-06", { frequency: "VOID", originalClaimNumber: "H0", lines: [] });
  ids.review = await reviewed(served, "M", ids.denied);
  await claim("replacement", "2025-08-04", {
    frequency: "REPLACEMENT",
    originalClaimNumber: "H1",
    originalDateOfService: "2025-02-03",
  });
});
afterAll(() => served.stop());

describe("a decision that is replayed", () => {
  it.each([
    ["import", shipped.id, false],
    ["denied", shipped.id, false],
    ["excepted", shipped.id, true],
    ["V0", shipped.id, true],
    ["review", shipped.id, true],
    ["replacement", later.id, true],
  ])("comes out the same, byte for byte: %s", async (name, version, isEffective) => {
    expect(await replay(ids[name])).toEqual({
      identical: true,
      differences: [],
      policyVersion: { id: version },
      decision: { id: ids[name], isEffective },
    });
  });

  it("is found by its id in capital letters too", async () => {
    expect(await replay(ids.denied.toUpperCase())).toMatchObject({ identical: true });
  });
});

describe("a replay that asks what if", () => {
  it("another version had been in force names every place that would differ", async () => {
    const whatIf = await replay(ids.denied, { version: later.id });
    expect(whatIf).toMatchObject({ identical: false, policyVersion: { id: later.id } });
    expect(whatIf.differences).toContain('disposition: recorded "DENIED", replayed "APPROVED"');
    expect(whatIf.differences).toContain("lines[0].unitsAllowed: recorded 0, replayed 1");
    expect(whatIf.differences).toContain(
      'lines[0].findings.adverse[0]: recorded {"cause":"overfilled","nextEligibleDate":"2026-01-06",' +
        '"outcome":"NOT_MET","rule…, replayed nothing',
    );
  });

  it("another version had been in force says so where nothing would differ but the names of the policy", async () => {
    expect(await replay(ids.excepted, { version: later.id })).toMatchObject({
      identical: true,
      differences: [],
      policyVersion: { id: later.id },
    });
  });

  it("the exceptions of today had been known lets those declared or ended later hold or not", async () => {
    const { identical, differences } = await replay(ids.excepted, { today: true });
    expect(identical).toBe(false);
    expect(differences).toContain('disposition: recorded "APPROVED", replayed "PARTIAL"');
    const id = await declared(served, { key: "TX", effectiveTo: "2025-05-12" });
    expect(await replay(ids.denied)).toMatchObject({ identical: true });
    const asked = await replay(ids.denied, { today: true });
    expect(asked.differences).toContain('disposition: recorded "DENIED", replayed "APPROVED"');
    expect(asked.differences.some((text) => text.includes(id))).toBe(true);
  });

  it("shows the start of a long value and no half of a character", async () => {
    const { differences } = await replay(ids.denied, { version: later.id });
    const shown = differences.map((text) => text.replace(/^.*?: recorded /, "").split(", replayed "));
    for (const values of shown) for (const value of values) expect([...value].length).toBeLessThanOrEqual(80);
  });
});

describe("the arguments of a replay", () => {
  it.each([
    ["id must be the id of a decision", { id: "x" }],
    ["id must be the id of a decision", { id: "" }],
    ["id must be the id of a decision", { id: "\u0000CANARY7731" }],
    ["id must be the id of a decision", { id: "00000000-0000-4000-8000-000000000000" }],
    ["policyVersionId must be the id of a policy version", { version: "molina-esi@1999-01-01" }],
    ["policyVersionId must be the id of a policy version", { version: "" }],
  ])("are refused by name: %s", async (message, given) => {
    expect(await faultOf(served, REPLAY, { id: ids.denied, ...given })).toBe(message);
  });

  it("may leave the version out or send it as null", async () => {
    expect(await replay(ids.denied, { version: null })).toMatchObject({ identical: true });
  });
});
