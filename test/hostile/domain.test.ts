import { declared, review, reviewDocument } from "../graphql/correcting";
import { Given, history, line, submission } from "../graphql/claims";
import { searchDocument } from "../graphql/searching";
import {
  answersTo,
  batchDocument,
  decided,
  importDocument,
  submitAll,
  submitDocument,
} from "../graphql/submitting";
import { canary, hostileBattery, Row } from "./battery";
import { lengthen } from "./longStream";

const { group, served } = hostileBattery();

const badInput = "400 BAD_USER_INPUT";
const invalid = (place: string): string => `200 INVALID_INPUT ${place}`;

let members = 0;
const newMember = (): string => `D${(members += 1)}`;
const submitting = (given: Given, key = "key-1"): object => ({
  query: submitDocument,
  variables: { input: submission({ memberId: newMember(), ...given }, key) },
});
const batch = (inputs: readonly object[]): object => ({ query: batchDocument, variables: { inputs } });
const coded = (procedureCode: string): object => submitting({ lines: [line({ procedureCode })] });

group(73, "codes that are nearly codes", [
  ...["064483", "64483 ", " 64483", "64483-50", "6448", "64483a", "M54.16", canary].map(
    (code): Row => [code, coded(code), invalid("session.lines.0.procedureCode")],
  ),
  ["an unknown one", coded("99999"), "200 NOT_GOVERNED"],
  ["one of a diagnosis, in the form of a procedure's", coded("M5416"), "200 NOT_GOVERNED"],
]);

const linesOf = (...codes: readonly (readonly [string, ...string[]])[]): object =>
  submitting({
    lines: codes.map(([procedureCode, ...modifiers], place) =>
      line({ lineNumber: place + 1, procedureCode, modifiers }),
    ),
  });

group(74, "claims that the policy does not pay as they are", [
  ["two regions", linesOf(["62321"], ["62323"]), "200 PARTIAL"],
  ["three levels", linesOf(["64483"], ["64484"], ["64484"]), "200 PARTIAL"],
  ["bilateral with unilateral", linesOf(["64483", "50"], ["64483", "RT"]), "200 PARTIAL"],
  ["an add-on alone", linesOf(["64484"]), "200 DENIED"],
]);

const twoLines = [line({ procedureCode: "64483" }), line({ lineNumber: 2, procedureCode: "64484" })];

const reordered = (lines: object[]): object => submitting({ memberId: "REORDERED", lines });

group(75, "the same key with the lines in another order", [
  ["first", reordered(twoLines), "200 APPROVED"],
  ["reordered", reordered([...twoLines].reverse()), "200 IDEMPOTENCY_KEY_REUSED idempotencyKey"],
  ["as before", reordered(twoLines), "200 replayed APPROVED"],
]);

const onDays = (memberId: string, days: readonly string[]): object[] =>
  days.map((dateOfService, place) =>
    submission({ memberId, dateOfService, claimNumber: `B${place}` }, `b${place}`),
  );
const fiveDays = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07", "2025-05-05"];

group(76, "five sessions of one member in one batch", [
  ["in a year", batch(onDays("FIVE", fiveDays)), "200 APPROVED ×4; DENIED"],
  ["sent again", batch(onDays("FIVE", fiveDays)), "200 replayed APPROVED ×4; replayed DENIED"],
  [
    "one of them five times",
    batch(Array(5).fill(onDays("ONE", fiveDays)[0])),
    "200 APPROVED; replayed APPROVED ×4",
  ],
]);

const bad = (place: number): object => submission({ memberId: `${canary} ${place}` }, `k${place}`);

group(77, "100 items of which 99 are bad", [
  [
    "the last is good",
    batch([...Array.from({ length: 99 }, (_, place) => bad(place)), submission({ memberId: "GOOD" })]),
    "200 INVALID_INPUT session.memberId ×99; APPROVED",
  ],
  ["101", batch(Array.from({ length: 101 }, (_, place) => bad(place))), badInput],
]);

group(78, "a fifth session that is dated before the others", async () => {
  const [, ...others] = fiveDays;
  await answersTo(served(), batchDocument, onDays("BACKDATED", others));
  const backDated = (dateOfService: string): object =>
    submitting({ memberId: "BACKDATED", claimNumber: "OLD", dateOfService }, "old");
  return [
    ["within the year", backDated("2024-12-02"), "200 DENIED"],
    ["sent again", backDated("2024-12-02"), "200 replayed DENIED"],
  ];
});

group(79, "voids of what cannot be voided", async () => {
  const memberId = "VOIDS";
  const other = { dateOfService: "2024-01-08" };
  await submitAll(served(), memberId, [
    { claimNumber: "PAID" },
    { claimNumber: "REPLACED", ...other },
    { claimNumber: "REPLACING", ...other, frequency: "REPLACEMENT", originalClaimNumber: "REPLACED" },
    { claimNumber: "DENIED", dateOfService: "2024-06-10", lines: [line({ procedureCode: "64484" })] },
    { claimNumber: "GONE", dateOfService: "2024-09-09" },
    {
      claimNumber: "VOID",
      dateOfService: "2024-09-09",
      frequency: "VOID",
      originalClaimNumber: "GONE",
      lines: [],
    },
  ]);
  const voiding = (originalClaimNumber: string, dateOfService = "2025-05-12", more: Given = {}): object => {
    const claimNumber = `V-${originalClaimNumber}`;
    const given = { memberId, claimNumber, dateOfService, originalClaimNumber, frequency: "VOID", lines: [] };
    return submitting({ ...given, ...more }, claimNumber);
  };
  const at = "session.originalClaimNumber";
  return [
    ["an unknown one", voiding("UNKNOWN"), `200 ORIGINAL_NOT_FOUND ${at}`],
    ["one of another day", voiding("PAID", "2025-05-13"), `200 ORIGINAL_NOT_FOUND ${at}`],
    [
      "another member's",
      voiding("PAID", "2025-05-12", { memberId: "ANOTHER" }),
      `200 ORIGINAL_NOT_FOUND ${at}`,
    ],
    ["a denied one", voiding("DENIED", "2024-06-10"), `200 ORIGINAL_DENIED ${at}`],
    ["a replaced one", voiding("REPLACED", "2024-01-08"), `200 ORIGINAL_NOT_EFFECTIVE ${at}`],
    ["a voided one", voiding("GONE", "2024-09-09"), `200 ORIGINAL_NOT_EFFECTIVE ${at}`],
    ["a void", voiding("VOID", "2024-09-09"), `200 ORIGINAL_NOT_EFFECTIVE ${at}`],
    ["itself", voiding("PAID", "2025-05-12", { claimNumber: "PAID" }), invalid("session.claimNumber")],
    ["none", voiding("PAID", "2025-05-12", { originalClaimNumber: null }), `200 ORIGINAL_REQUIRED ${at}`],
    ["with lines", voiding("PAID", "2025-05-12", { lines: [line()] }), invalid("session.lines")],
    ["in order", voiding("PAID"), "200 VOIDED"],
  ];
});

group(80, "keys that are none, and a key for two requests", [
  ["of no character", submitting({}, ""), invalid("idempotencyKey")],
  ["of 256 characters", submitting({}, "k".repeat(256)), invalid("idempotencyKey")],
  ["an emoji", submitting({}, "\u{1f600}"), invalid("idempotencyKey")],
  ["first use", submitting({ memberId: "KEYS" }), "200 APPROVED"],
  [
    "another claim",
    submitting({ memberId: "KEYS", claimNumber: "A2" }),
    "200 IDEMPOTENCY_KEY_REUSED idempotencyKey",
  ],
  [
    "another kind of request",
    {
      query: importDocument,
      variables: { inputs: [history({ memberId: "KEYS", idempotencyKey: "key-1" })] },
    },
    "200 IDEMPOTENCY_KEY_REUSED idempotencyKey",
  ],
]);

group(81, "a key in capital letters", [
  ["first use", submitting({ memberId: "CASE" }, "the-key"), "200 APPROVED"],
  [
    "the same claim",
    submitting({ memberId: "CASE" }, "THE-KEY"),
    "200 CLAIM_ALREADY_DECIDED session.claimNumber",
  ],
  [
    "another claim",
    submitting({ memberId: "CASE", claimNumber: "A2", dateOfService: "2024-05-13" }, "THE-KEY"),
    "200 APPROVED",
  ],
]);

group(82, "a claim again under a new key", [
  ["first", submitting({ memberId: "AGAIN" }, "k1"), "200 APPROVED"],
  ["again", submitting({ memberId: "AGAIN" }, "k2"), "200 CLAIM_ALREADY_DECIDED session.claimNumber"],
  [
    "again, with other lines",
    submitting({ memberId: "AGAIN", lines: twoLines }, "k3"),
    "200 CLAIM_ALREADY_DECIDED session.claimNumber",
  ],
]);

group(83, "a member with 5,000 decisions", async () => {
  const first = history({ memberId: "LOADED", dateOfService: "2008-01-01" });
  await answersTo(served(), importDocument, [first]);
  await lengthen(served().service, "LOADED", 5_000);
  const asking = (fields: string): object => ({ query: `{ member(id: "LOADED") { ${fields} } }` });
  return [
    ["a further session", submitting({ memberId: "LOADED", dateOfService: "2025-05-12" }), "200 APPROVED"],
    [
      "one that counts many",
      submitting({ memberId: "LOADED", dateOfService: "2021-12-13" }, "key-2"),
      "200 DENIED",
    ],
    [
      "how many",
      asking("decisions(first: 1) { totalCount }"),
      '200 {"member":{"decisions":{"totalCount":5002}}}',
    ],
    [
      "what is left",
      asking('allowance(region: LUMBAR_SACRAL, on: "2021-12-14") { limits { used left } }'),
      '200 {"member":{"allowance":{"limits":[{"used":268,"left":0}]}}}',
    ],
    [
      "its sessions of two days",
      asking('sessions(from: "2008-01-01", to: "2008-01-02") { dateOfService }'),
      '200 {"member":{"sessions":[{"dateOfService":"2008-01-01"},{"dateOfService":"2008-01-02"}]}}',
    ],
    [
      "its work list",
      asking("readjudicationCandidates { direction }"),
      '200 {"member":{"readjudicationCandidates":[]}}',
    ],
  ];
});

const searching = (variables: object): object => ({ query: searchDocument, variables });
const written = (text: string): string => Buffer.from(text, "utf8").toString("base64url");

group(84, "pages and cursors that are none", async () => {
  await submitAll(served(), "PAGED", [{}, { dateOfService: "2024-05-13" }]);
  const page = { filter: { memberId: "PAGED" }, first: 1 };
  const { decisions } = await served().fields<{ decisions: { pageInfo: { endCursor: string } } }>(
    searchDocument,
    page,
  );
  const { endCursor } = decisions.pageInfo;
  const after = (cursor: string, more: object = {}): object => searching({ ...page, after: cursor, ...more });
  const forged = Buffer.from(endCursor, "base64url").toString("utf8");
  return [
    ["forged", after(written(`decisions:1:00000000:2026-01-01T00:00:00.000Z:${canary}`)), badInput],
    ["of another id", after(written(forged.replace(/.$/, "\u0000"))), badInput],
    ["of no moment", after(written(forged.replace(/T\d\d/, "T99"))), badInput],
    ["truncated", after(endCursor.slice(0, -1)), badInput],
    ["in capital letters", after(endCursor.toUpperCase()), badInput],
    ["of another filter", after(endCursor, { filter: { memberId: "OTHER" } }), badInput],
    ["of another order", after(endCursor, { orderBy: "DECIDED_AT_ASC" }), badInput],
    ["of 100,000 characters", after(canary.repeat(10_000)), badInput],
    ...[-1, 0, 101, 2_147_483_647, 2_147_483_648].flatMap((count): Row[] => [
      [`first ${count}`, searching({ first: count }), badInput],
      [`last ${count}`, searching({ last: count }), badInput],
    ]),
    ["first with last", searching({ first: 1, last: 1 }), badInput],
  ];
});

const byKey =
  "query ($m: ID!, $k: String!) { decision: decisionByIdempotencyKey(memberId: $m, idempotencyKey: $k) { id } }";

group(85, "another client's key", async () => {
  const id = await decided(served(), "KEYED", { claimNumber: "SECRET" });
  const mine = await served().fields(byKey, { m: "KEYED", k: "key-of-SECRET" });
  expect(mine).toEqual({ decision: { id } });
  const asked = (m: string, k: string): object => ({ query: byKey, variables: { m, k } });
  return [
    ["of a decision on file", asked("KEYED", "key-of-SECRET"), '200 {"decision":null}'],
    ["of none", asked("KEYED", "key-of-nothing"), '200 {"decision":null}'],
    [
      "used for the same claim",
      submitting({ memberId: "KEYED", claimNumber: "SECRET" }, "key-of-SECRET"),
      "200 CLAIM_ALREADY_DECIDED session.claimNumber",
    ],
  ];
});

group(86, "a review of another member's decision", async () => {
  const id = await decided(served(), "REVIEWED", { claimNumber: "A1" });
  const exceptionId = await declared(served());
  const reviewing = (memberId: string, decisionId: string): object => ({
    query: reviewDocument,
    variables: { input: review(memberId, decisionId, { idempotencyKey: "review" }) },
  });
  const messages = await Promise.all(
    [id, "00000000-0000-4000-8000-000000000000"].map(async (decisionId) => {
      const { text } = await served().ask(reviewDocument, { input: review("ANOTHER", decisionId) });
      return text;
    }),
  );
  expect(messages[0]).toBe(messages[1]);
  const notFound = "200 DECISION_NOT_FOUND decisionId";
  return [
    ["of another member", reviewing("ANOTHER", id), notFound],
    ["of nobody", reviewing("ANOTHER", "00000000-0000-4000-8000-000000000000"), notFound],
    ["of no decision", reviewing("REVIEWED", exceptionId), notFound],
    ["that is no id", reviewing("REVIEWED", `' or 1=1 -- ${canary}`), notFound],
    ["of this member", reviewing("REVIEWED", id), "200 APPROVED"],
  ];
});
