import { ClaimSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { DeclaredExceptions } from "./declaredExceptions";
import {
  afterAllDates,
  Asked,
  claim,
  inShort,
  lines,
  loaded,
  MemberOnFile,
  policy,
  policyOfTheFuture,
  policyWith,
} from "./memberOnFile";

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

const refused = (session: ClaimSession, about: Asked = {}) => inShort(member.submit(session, about));

describe("of several refusals the first is given, in the order of the specification:", () => {
  test("the key, the future, the policy, the claim number, the original", () => {
    const inFuture = { now: "2101-01-01T00:00:00.000Z" };
    member.decide(loaded("A1", "2099-05-12"), { key: "k1", ...inFuture });
    const faulty = claim("A1", "2099-05-12", { frequency: "REPLACEMENT" });
    const under = { policy: policyOfTheFuture };

    expect(refused(faulty, { ...under, key: "k1" })).toBe("IDEMPOTENCY_KEY_REUSED idempotencyKey");
    expect(refused(faulty, under)).toBe("FUTURE_DATE_OF_SERVICE session.dateOfService");
    expect(refused(faulty, { ...under, ...inFuture })).toBe("NO_POLICY_IN_FORCE session.dateOfService");
    expect(refused(faulty, inFuture)).toBe("CLAIM_ALREADY_DECIDED session.claimNumber D1");
    expect(refused({ ...faulty, claimNumber: "A2" }, inFuture)).toBe(
      "ORIGINAL_REQUIRED session.originalClaimNumber",
    );
  });
});

test("a refusal stores nothing and binds no key", () => {
  member.submit(claim("A1", "2021-12-11"), { key: "k1" });
  expect(member.stream).toEqual([]);
  expect(member.submit(claim("A1", "2025-05-12"), { key: "k1" }).kind).toBe("decided");
});

describe("the same key", () => {
  const asked = claim("A1", "2025-05-12", { lines: lines("64483-RT-59", "64484-RT") });

  test("with the same request gives the stored decision again, whatever has changed since", () => {
    const decision = member.decide(asked, { key: "k1" });
    member.decide(loaded("H1", "2025-05-12"));
    const replay = member.submit(structuredClone(asked), {
      key: "k1",
      policy: policyOfTheFuture,
      now: "1999-01-01T00:00:00.000Z",
    });
    expect(replay).toEqual({ kind: "replayed", decision });
    expect(member.stream).toHaveLength(2);
  });

  test("gives a void, a replacement and an import again too", () => {
    const load = loaded("H1", "2025-05-12", { renderingProviderNpi: undefined, claimType: "FACILITY" });
    const replacing = claim("A2", "2025-05-13", {
      frequency: "REPLACEMENT",
      originalClaimNumber: "H1",
      originalDateOfService: plainDate("2025-05-12"),
      benefitPlanId: "PLAN",
      providerContractId: "CONTRACT",
      lines: [{ ...lines("64483")[0], diagnosisCodes: ["M54.16"], chargeAmount: "1250.00" }],
    });
    const voiding = claim("A3", "2025-05-13", { frequency: "VOID", originalClaimNumber: "A2", lines: [] });
    for (const session of [load, replacing, voiding]) {
      const decision = member.decide(session, { key: session.claimNumber });
      const replay = member.submit(structuredClone(session), { key: session.claimNumber });
      expect(replay).toEqual({ kind: "replayed", decision });
    }
  });

  test.each<[string, ClaimSession]>([
    ["another claim number", { ...asked, claimNumber: "A2" }],
    ["another order of lines", { ...asked, lines: asked.lines.toReversed() }],
    ["another order of modifiers", { ...asked, lines: lines("64483-59-RT", "64484-RT") }],
    ["other units", { ...asked, lines: lines("64483-RT-59 x2", "64484-RT") }],
    [
      "a diagnosis",
      { ...asked, lines: asked.lines.map((line) => ({ ...line, diagnosisCodes: ["M54.16"] })) },
    ],
    ["a charge", { ...asked, lines: asked.lines.map((line) => ({ ...line, chargeAmount: "1.00" })) }],
    ["a plan", { ...asked, benefitPlanId: "PLAN" }],
    ["no rendering provider", { ...asked, renderingProviderNpi: undefined, claimType: "FACILITY" }],
  ])("with %s is refused, and names no decision", (_, other) => {
    member.decide(asked, { key: "k1" });
    expect(refused(other, { key: "k1" })).toBe("IDEMPOTENCY_KEY_REUSED idempotencyKey");
  });

  test("is refused for another kind of request", () => {
    member.decide(loaded("H1", "2025-05-12"), { key: "k1" });
    expect(refused(claim("H1", "2025-05-12"), { key: "k1" })).toBe("IDEMPOTENCY_KEY_REUSED idempotencyKey");
  });

  test("of another client is another key", () => {
    member.decide(asked, { key: "k1" });
    expect(refused(claim("A2", "2025-05-12"), { key: "k1", clientId: "other" })).toBe("decided");
    expect(refused(asked, { key: "k1", clientId: "third" })).toBe(
      "CLAIM_ALREADY_DECIDED session.claimNumber D1",
    );
  });

  test("is known in the record that was read back", () => {
    member.decide(asked, { key: "k1" });
    member.stream.splice(0, 1, JSON.parse(JSON.stringify(member.stream[0])));
    expect(member.submit(asked, { key: "k1" }).kind).toBe("replayed");
  });
});

describe("the next link of the stream", () => {
  test("has the next number and its place in time, which never runs backwards", () => {
    const times = [
      "2026-03-01T00:00:00.000Z",
      "2026-03-02T00:00:00.001Z",
      "2026-03-02T00:00:00.000Z",
      afterAllDates,
    ];
    const decisions = times.map((now, place) => member.decide(claim(`A${place}`, "2025-05-12"), { now }));
    expect(decisions.map(({ memberSequence, decidedAt }) => [memberSequence, decidedAt])).toEqual([
      [1, "2026-03-01T00:00:00.000Z"],
      [2, "2026-03-02T00:00:00.001Z"],
      [3, "2026-03-02T00:00:00.001Z"],
      [4, afterAllDates],
    ]);
  });

  test("carries who asked, what was asked and under what", () => {
    const decision = member.decide(claim("A1", "2025-05-12"), { key: "k1", clientId: "clearing-1" });
    expect(decision).toMatchObject({
      id: "D1",
      kind: "ADJUDICATION",
      memberId: "M",
      clientId: "clearing-1",
      idempotencyKey: "k1",
      policyVersionId: policy.versions[0].id,
      session: { claimNumber: "A1", frequency: "ORIGINAL", stateOfService: "TX", placeOfService: "11" },
    });
    expect(decision.exceptionSequence).toBeUndefined();
    expect(decision.session).not.toHaveProperty("memberId");
    expect(decision.session).not.toHaveProperty("lines");
    expect(decision.supersedes).toBeUndefined();
  });

  test("says how many entries the register of exceptions had, where rules were run", () => {
    const exceptions = new DeclaredExceptions();
    const under = () => ({ policy: policyWith(exceptions.register) });
    exceptions.declare({ key: "OH" });
    const elsewhere = member.decide(claim("A1", "2025-05-12"), under());
    expect([elsewhere.exceptionSequence, elsewhere.exceptionsConsidered]).toEqual([1, []]);
    exceptions.declare();
    const inTexas = member.decide(claim("A2", "2025-05-13"), under());
    expect([inTexas.exceptionSequence, inTexas.exceptionsConsidered.length]).toEqual([2, 1]);
    const voiding = claim("A3", "2025-05-13", { frequency: "VOID", originalClaimNumber: "A2", lines: [] });
    for (const session of [loaded("H1", "2025-05-14"), voiding])
      expect(member.decide(session, under()).exceptionSequence).toBeUndefined();
  });
});
