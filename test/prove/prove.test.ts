import { verifierKeyText } from "../../src/ledger/verifierKey";
import { logKey } from "../ledger/logKeys";
import type { Evidence, Payload, SeenDecision, ShownProof } from "./history";
import { invariants } from "./judge/judge";
import { Proved, proveOnce } from "./proveOnce";
import { marks } from "./workload";

/** A short run; `npm run prove` makes longer ones, with all faults. */
let proved: Proved;

beforeAll(async () => {
  proved = await proveOnce({
    seed: "the suite's",
    seconds: 6,
    faults: ["killConnections", "swallowReplyToInsert", "killService", "cutBeforeInsert"],
    withHistory: false,
  });
}, 120_000);

test("services under faults keep every promise", () => {
  expect(proved.findings).toEqual([]);
});

test("the run was worth judging: of everything there was some", () => {
  const { sendings, reads, decisions, checkpoints, leaves } = proved.evidence;
  const results = new Set(sendings.map(({ result }) => result));
  expect([...results].sort()).toEqual(["ok", "refused", "unknown"]);
  expect(sendings.some(({ payload }) => payload?.replayed)).toBe(true);
  const dispositions = new Set([...decisions.values()].flat().map(({ disposition }) => disposition));
  expect([...dispositions].sort()).toEqual(
    expect.arrayContaining(["APPROVED", "DENIED", "PARTIAL", "VOIDED"]),
  );
  for (const some of [reads, checkpoints]) expect(some.length).toBeGreaterThan(3);
  expect(leaves.length).toBeGreaterThan(50);
  expect([...proved.faultsDone.values()].some(({ times, inVain }) => times > inVain)).toBe(true);
  expect(new Set(proved.evidence.proofs.map(({ of }) => of))).toEqual(new Set(["decision", "member"]));
});

/** The evidence as it would be had the service broken a promise. */
type Breaking = (evidence: Evidence) => Partial<Evidence>;

const changedDecision = (
  { decisions }: Evidence,
  isMeant: (decision: SeenDecision) => boolean,
  change: (decision: SeenDecision) => Partial<SeenDecision>,
) => {
  const meant = [...decisions.values()].flat().find(isMeant);
  if (!meant) throw new Error("the run has no such decision");
  const streams = [...decisions].map(
    ([memberId, stream]) =>
      [memberId, stream.map((one) => (one === meant ? { ...one, ...change(one) } : one))] as const,
  );
  return { decisions: new Map(streams) };
};

/** One answer more, which says something else than the first one that is meant. */
const answeredAgain = (
  { sendings }: Evidence,
  isMeant: (payload: Payload) => boolean,
  change: (payload: Payload) => Payload,
) => {
  const meant = sendings.find(({ payload }) => payload && isMeant(payload));
  if (!meant?.payload) throw new Error("the run has no such answer");
  return { sendings: [...sendings, { ...meant, payload: change(meant.payload) }] };
};

const allowed = (decision: SeenDecision): Partial<SeenDecision> => ({
  lines: decision.lines.map((line) => ({ ...line, unitsAllowed: line.units })),
});

/** The proof stands under another id than it was asked for. */
function movedProof(of: ShownProof["of"]): Breaking {
  return ({ proofs }) => ({
    proofs: proofs.flatMap((proof) => (proof.of === of ? { ...proof, id: "another" } : [])),
  });
}

const anotherKey = verifierKeyText(logKey.signer.key);

const breakings: readonly (readonly [
  invariant: string,
  finding: RegExp,
  mistake: string,
  breaking: Breaking,
])[] = [
  [
    "I1",
    /0 times/,
    "a lost decision",
    ({ rows, sendings }) => {
      const told = sendings.find(({ payload }) => payload?.decision)?.payload?.decision?.id;
      return { rows: rows.filter(({ id }) => id !== told) };
    },
  ],
  [
    "I1",
    /otherwise/,
    "a changed decision",
    (evidence) =>
      changedDecision(
        evidence,
        () => true,
        () => ({ claimNumber: "another" }),
      ),
  ],
  [
    "I1",
    /^the API does not show/,
    "a row that the API hides",
    ({ rows }) => ({
      rows: [...rows, { ...rows[0], id: "hidden" }],
    }),
  ],
  [
    "I2",
    /./,
    "a key that was decided twice",
    ({ rows }) => ({ rows: [...rows, { ...rows[0], id: "second" }] }),
  ],
  [
    "I3",
    /never asked/,
    "a decision that nobody asked for",
    ({ rows }) => ({
      rows: [...rows, { ...rows[0], idempotencyKey: "nobody's" }],
    }),
  ],
  [
    "I3",
    /refused/,
    "a refused input that is on file",
    ({ sendings }) => {
      const meant = sendings.find(({ payload }) => payload?.decision)?.input;
      return { sendings: sendings.map((one) => (one.input === meant ? { ...one, result: "failed" } : one)) };
    },
  ],
  [
    "I4",
    /./,
    "a replay that says something else",
    (evidence) =>
      answeredAgain(
        evidence,
        ({ decision }) => decision !== null,
        (payload) => ({
          ...payload,
          decision: payload.decision && { ...payload.decision, claimNumber: "another" },
        }),
      ),
  ],
  [
    "I5",
    /has number/,
    "a gap",
    ({ rows }) => ({ rows: rows.filter(({ memberSequence }) => memberSequence !== 2) }),
  ],
  [
    "I5",
    /before/,
    "a clock that goes back",
    (evidence) =>
      changedDecision(
        evidence,
        ({ memberSequence }) => memberSequence > 1,
        () => ({ decidedAt: "2001" }),
      ),
  ],
  [
    "I6",
    /./,
    "a window that is overfilled",
    ({ decisions }) => ({
      decisions: new Map(
        [...decisions].map(([id, stream]) => [id, stream.map((one) => ({ ...one, ...allowed(one) }))]),
      ),
    }),
  ],
  [
    "I7",
    /^decision .* not the policy's/,
    "an unjust denial",
    (evidence) =>
      changedDecision(
        evidence,
        ({ disposition }) => disposition === "APPROVED",
        () => ({ disposition: "DENIED" }),
      ),
  ],
  [
    "I7",
    /^decision .* not the policy's/,
    "an unjust approval",
    (evidence) => changedDecision(evidence, ({ disposition }) => disposition === "DENIED", allowed),
  ],
  [
    "I7",
    /^a refusal/,
    "an unjust refusal",
    (evidence) =>
      answeredAgain(
        evidence,
        ({ userErrors }) => userErrors.length > 0,
        (payload) => ({
          ...payload,
          userErrors: payload.userErrors.map((error) => ({ ...error, code: "NO_POLICY_IN_FORCE" })),
        }),
      ),
  ],
  [
    "I8",
    /answered/,
    "an answer that was overtaken",
    ({ sendings, decisions }) => {
      const [, second] = [...decisions.values()].find(({ length }) => length > 1) ?? [];
      const isSecond = (id?: string) => id === second?.id;
      return {
        sendings: sendings.map((one) =>
          isSecond(one.payload?.decision?.id) ? { ...one, returned: -1 } : one,
        ),
      };
    },
  ],
  [
    "I9",
    /^a read lacks/,
    "a stale read",
    ({ reads, sendings }) => ({
      reads: [
        ...reads,
        {
          ...reads[0],
          client: "late",
          asKnownAt: null,
          memberId: sendings.find(({ payload }) => payload?.decision)?.memberId ?? "",
          invoked: 1e12,
          returned: 1e12,
          decisionIds: [],
        },
      ],
    }),
  ],
  [
    "I9",
    /^a reader/,
    "a read that shrinks",
    ({ reads }) => {
      const meant = reads.find(({ decisionIds }) => decisionIds.length > 0) ?? reads[0];
      return { reads: [...reads, { ...meant, invoked: 1e12, returned: 1e12, decisionIds: [] }] };
    },
  ],
  [
    "I9",
    /^the past/,
    "a past that changes",
    ({ reads }) => ({
      reads: [["a"], ["a", "b"]].map((decisionIds) => ({ ...reads[0], asKnownAt: "then", decisionIds })),
    }),
  ],
  ["I10", /^the leaf/, "a decision that was never sealed", ({ leaves }) => ({ leaves: leaves.slice(0, -1) })],
  [
    "I10",
    /^the checkpoint/,
    "a log that was written anew",
    ({ leaves }) => ({ leaves: [...leaves].reverse() }),
  ],
  ["I10", /is refused: /, "a proof of another decision", movedProof("decision")],
  ["I10", /is refused: /, "a member's list that is another's", movedProof("member")],
  [
    "I10",
    /is refused: /,
    "a record that is not the one sealed",
    ({ proofs }) => ({
      proofs: proofs.map(({ reply, ...about }) => ({
        ...about,
        reply: JSON.parse(JSON.stringify(reply).replaceAll("2025", "2024")),
      })),
    }),
  ],
  ["I10", /is refused: /, "a key of another log", () => ({ logKeys: [anotherKey] })],
  ...Object.values(marks).map(
    (mark) =>
      [
        "I11",
        /./,
        `${mark} in a log`,
        ({ output }: Evidence) => ({
          output: new Map([...output, ["somewhere", `about ${mark}-1`]]),
        }),
      ] as const,
  ),
];

test.each(breakings)("%s tells with %s of %s", (name, finding, _, breaking) => {
  const findings = invariants[name]({ ...proved.evidence, ...breaking(proved.evidence) });
  expect(findings).toEqual(expect.arrayContaining([expect.stringMatching(finding)]));
});
