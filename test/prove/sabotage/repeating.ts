import { Replacement, Sabotage } from "./sabotage";

/* Mistakes in finding out that something was sent before. */

const recentKeys: readonly Replacement[] = [
  {
    file: "src/adjudication/decide.ts",
    from: `    ({ clientId, idempotencyKey }) =>
      clientId === request.clientId && idempotencyKey === request.idempotencyKey,`,
    to: `    ({ clientId, idempotencyKey, decidedAt }) =>
      clientId === request.clientId &&
      idempotencyKey === request.idempotencyKey &&
      Date.parse(moment.now) - Date.parse(decidedAt) < 1_000,`,
  },
  {
    file: "migrations/1795392000000-decision.ts",
    from: `(member_id, member_sequence),
  constraint decision_idempotency_key unique (member_id, client_id, idempotency_key)
`,
    to: `(member_id, member_sequence)
`,
  },
];

const recentClaims: readonly Replacement[] = [
  {
    file: "src/adjudication/judge.ts",
    from: "    refusalOfDecidedClaim(request, stream);",
    to: `    refusalOfDecidedClaim(
      request,
      stream.filter(({ decidedAt }) => Date.parse(now) - Date.parse(decidedAt) < 1_000),
    );`,
  },
  {
    file: "migrations/1795392000000-decision.ts",
    from: "create unique index decision_claim on",
    to: "create index decision_claim on",
  },
];

export const repeatingSabotages: readonly Sabotage[] = [
  {
    name: "key-forgotten-after-a-second",
    meaning: "A key is looked up among the decisions of the last second only.",
    caughtBy: ["I2", "I4", "I7"],
    needs: [],
    showsWhen: "a request is sent again later than a second after it was decided",
    replacements: recentKeys,
  },
  {
    name: "repeat-unnoticed-after-a-second",
    meaning: "Key and claim number are looked up in what was decided in the last second only.",
    caughtBy: ["I2", "I4", "I7"],
    needs: [],
    showsWhen: "a request is sent again later than a second after it was decided",
    replacements: [...recentKeys, ...recentClaims],
  },
];
