import { reading } from "../../src/questions/reading";
import { streamOf, told } from "./member";

const stream = streamOf([
  "claim 2025-05-12 62323",
  "claim 2025-05-20 64483 64484 x2",
  "loaded 2025-06-12 62323",
  "claim 2025-07-12 99213",
  "review 1 0",
  "claim 2025-08-12 62323 64483",
]);

test.each([
  ["I-05", "on regions: of every claim whose region was judged", ["D1 false", "D2 true", "D6 true"]],
  ["I-10", "on levels: where transforaminal lines were judged", ["D2 true", "D6 true"]],
  ["I-12", "on mixed approaches: where these were flagged", ["D6 true"]],
  [
    "I-15",
    "on the choice of the policy: of every adjudication",
    ["D1 false", "D2 true", "D4 true", "D6 true"],
  ],
  ["I-14", "on discontinued procedures: wherever something is governed", ["D1 false", "D2 true", "D6 true"]],
] as const)("reading %s %s", (id, _, rows) => {
  const found = told(reading, "decisionId isEffective reading", stream, { reading: id });
  expect(found).toEqual(rows.map((row) => `${row.replace(" ", " | ")} | ${id}`));
});
