import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { failedRules, leafHashOf, Links, sealDecision } from "../../src/ledger/leaf";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, lines, loaded, MemberOnFile } from "../adjudication/memberOnFile";

const [{ contentHash }] = molinaEsiVersions;
const salt = Buffer.from("00112233445566778899aabbccddeeff", "hex");
const first: Links = { previousLeafHash: null, policyHash: contentHash };

/** A decision in which everything that could give the member away is there. */
function tellingDecision(): Decision {
  const member = new MemberOnFile();
  const now = "2026-03-02T10:15:30.123Z";
  member.decide(loaded("HISTORY-77", "2025-05-12", { memberId: "MEMBER-42" }), { now });
  return member.decide(
    claim("CLAIM-99", "2025-05-12", {
      memberId: "MEMBER-42",
      frequency: "REPLACEMENT",
      originalClaimNumber: "HISTORY-77",
      benefitPlanId: "PLAN-55",
      providerContractId: "CONTRACT-66",
      lines: [
        { ...lines("64483-53")[0], diagnosisCodes: ["M54.16"], chargeAmount: "1234.56" },
        { ...lines("64484-KX x3")[0], lineNumber: 2 },
        { ...lines("62321-RT-LT")[0], lineNumber: 3 },
      ],
    }),
    { key: "KEY-88", clientId: "clearing-1", now },
  );
}

function leafOf(decision: Decision, links: Links = first) {
  return JSON.parse(sealDecision(decision, salt, links).leaf.toString("utf8"));
}

test("the leaf of a decision has the fields of the log's format, and no others", () => {
  const decision = { ...tellingDecision(), id: "0190a5b2-0000-7000-8000-000000000002" };
  const { record } = sealDecision(decision, salt, first);
  expect(leafOf(decision)).toEqual({
    at: "2026-03-02T10:15:30.123Z",
    body: createHash("sha256")
      .update(Buffer.concat([salt, Buffer.from(record, "utf8")]))
      .digest("hex"),
    client: "clearing-1",
    disposition: "PENDED",
    engine: decision.engineVersion,
    exceptions: [],
    id: "0190a5b2-0000-7000-8000-000000000002",
    kind: "ADJUDICATION",
    policy: "molina-esi@2021-12-12",
    policyHash: contentHash,
    prev: null,
    rules: ["ESI-ADD-ON", "ESI-DISCONTINUED", "ESI-INTERLAMINAR-SIDE"],
    seq: 2,
    supersedes: "D1",
    type: "decision",
    v: 1,
  });
});

test("nothing in the leaf identifies the member or the claim", () => {
  const decision = tellingDecision();
  const leaf = sealDecision(decision, salt, first).leaf.toString("utf8");
  const { session, lines: billed } = decision;
  const telling = [
    ...["MEMBER-42", "CLAIM-99", "HISTORY-77", "PLAN-55", "CONTRACT-66", "KEY-88", "2025-05-12", "20250512"],
    ...[session.billingProviderNpi, session.renderingProviderNpi, session.stateOfService],
    ...billed.flatMap(({ procedureCode, chargeAmount, diagnosisCodes }) => [
      procedureCode,
      chargeAmount,
      ...diagnosisCodes,
    ]),
    ...["MEDICAID", "PROFESSIONAL", "LUMBAR", "CERVICAL", "TRANSFORAMINAL", "KX"],
  ];
  expect(telling.filter((text) => text !== undefined && leaf.includes(text))).toEqual([]);
  for (const text of ["MEMBER-42", "CLAIM-99", "KEY-88", "64484"]) expect(leaf).not.toContain(sha256(text));
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("record and leaf are canonical JSON", () => {
  const { record, leaf } = sealDecision(tellingDecision(), salt, first);
  for (const text of [record, leaf.toString("utf8")]) expect(canonicalize(JSON.parse(text))).toBe(text);
});

test("the record is the whole decision, absent members left out", () => {
  const decision = tellingDecision();
  expect(JSON.parse(sealDecision(decision, salt, first).record)).toEqual(
    JSON.parse(JSON.stringify(decision)),
  );
});

test("text outside ASCII is hashed as UTF-8", () => {
  const decision = {
    ...tellingDecision(),
    review: { reviewer: "r", reason: "größer ≥ 𝄞", documentReference: "d", lines: [] },
  };
  const { record } = sealDecision(decision, salt, first);
  const body = createHash("sha256").update(salt).update(new TextEncoder().encode(record)).digest("hex");
  expect(leafOf(decision).body).toBe(body);
});

test("another salt, or anything else in the record, makes another body", () => {
  const decision = tellingDecision();
  const bodies = [
    sealDecision(decision, salt, first),
    sealDecision(decision, Buffer.alloc(16), first),
    sealDecision({ ...decision, memberId: "MEMBER-43" }, salt, first),
    sealDecision({ ...decision, idempotencyKey: "KEY-89" }, salt, first),
  ].map(({ leaf }) => JSON.parse(leaf.toString("utf8")).body);
  expect(new Set(bodies).size).toBe(4);
});

test("the salt is kept as it was given", () => {
  expect(sealDecision(tellingDecision(), salt, first).salt).toEqual(salt);
});

test("a leaf names the leaf hash of the member's decision before", () => {
  const before = leafHashOf(sealDecision(tellingDecision(), salt, first).leaf);
  const leaf = leafOf(tellingDecision(), { ...first, previousLeafHash: before });
  expect(leaf.prev).toBe(before.toString("hex"));
  expect(leaf.prev).toMatch(/^[0-9a-f]{64}$/);
});

test("another leaf before makes another leaf hash, so that no link can be exchanged", () => {
  const decision = tellingDecision();
  const after = (previousLeafHash: Buffer | null) =>
    leafHashOf(sealDecision(decision, salt, { ...first, previousLeafHash }).leaf).toString("hex");
  const hashes = [null, Buffer.alloc(32), Buffer.alloc(32, 1)].map(after);
  expect(new Set(hashes).size).toBe(3);
});

test("the leaf hash is SHA-256 over a zero byte and the leaf", () => {
  const leaf = Buffer.from("leaf");
  expect(leafHashOf(leaf)).toEqual(createHash("sha256").update("\0leaf").digest());
  expect(leafHashOf(Buffer.alloc(0)).toString("hex")).toBe(
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  );
});

test("a decision without policy has none in its leaf", () => {
  const decision = new MemberOnFile().decide(loaded("H1", "2025-05-12"));
  const leaf = leafOf(decision, { previousLeafHash: null, policyHash: null });
  expect(leaf).toMatchObject({ kind: "IMPORT", policy: null, policyHash: null, rules: [], supersedes: null });
});

test("of the exceptions that held a leaf names those that applied", () => {
  const considered = (exceptionId: string, applied: boolean) =>
    ({ exceptionId, source: "STATE", parameter: "regionsPerSession", value: 2, applied }) as const;
  const exceptionsConsidered = [considered("E2", true), considered("E1", false)];
  expect(leafOf({ ...tellingDecision(), exceptionsConsidered }).exceptions).toEqual(["E2"]);
});

test("failed rules are those that took or pended units, each once and by name", () => {
  const member = new MemberOnFile();
  const failed = (date: string, ...billed: string[]) =>
    failedRules(member.decide(claim(date, date, { lines: lines(...billed) })));
  expect(failed("2025-05-12", "62323")).toEqual([]);
  expect(failed("2025-06-16", "64484", "64484", "62323-53", "62321-50")).toEqual([
    "ESI-ADD-ON",
    "ESI-DISCONTINUED",
    "ESI-INTERLAMINAR-SIDE",
  ]);
});
