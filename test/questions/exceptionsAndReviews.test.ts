import { plainDate } from "../../src/claim/plainDate";
import { exceptionsAndReviews } from "../../src/questions/exceptionsAndReviews";
import { DeclaredExceptions } from "../adjudication/declaredExceptions";
import { policyWith } from "../adjudication/memberOnFile";
import { streamOf, told } from "./member";

const day = "2025-05-12";
const columns = "decisionId kind isEffective ground by document exceptionId reviewedDecisionId";

/** Three levels by the state; and, lower in precedence, five by a plan that no claim names. */
const exceptions = new DeclaredExceptions();
exceptions.declare();
exceptions.declare({ source: "BENEFIT_PLAN", key: "PLAN", value: 5 });
const { register } = exceptions;

const table: [sentence: string, events: string[], rows: string[]][] = [
  ["a claim under the policy alone is not told", ["claim 2025-07-12 62323"], []],
  [
    "a claim for which an exception held is, with who declared it under which document",
    [`claim ${day} 64483 64484 x2`],
    ["D1 | ADJUDICATION | true | EXCEPTION | policy office | Notice 7 | E1 | -"],
  ],
  [
    "a review is, with who reviewed under which document",
    ["claim 2025-07-12 62323", "review 1 0"],
    ["D2 | REVIEW | true | REVIEW | reviewer | file 7 | - | D1"],
  ],
  [
    "superseded ones are too: each was made",
    [`claim ${day} 64483`, "review 1 0", "review 2 1"],
    [
      "D1 | ADJUDICATION | false | EXCEPTION | policy office | Notice 7 | E1 | -",
      "D2 | REVIEW | false | REVIEW | reviewer | file 7 | - | D1",
      "D3 | REVIEW | true | REVIEW | reviewer | file 7 | - | D2",
    ],
  ],
  ["imports and voids have no ground of their own", [`loaded ${day} 62323`, "void 1"], []],
];

test.each(table)("%s", (_, events, rows) => {
  const stream = streamOf(events, policyWith(register));
  expect(told(exceptionsAndReviews, columns, stream, { register })).toEqual(rows);
});

test("an exception that gave way to a higher one was not used", () => {
  const federal = new DeclaredExceptions();
  federal.declare();
  federal.declare({ source: "FEDERAL", key: undefined, value: 4 });
  const stream = streamOf([`claim ${day} 64483`], policyWith(federal.register));
  const found = told(exceptionsAndReviews, "exceptionId source key parameter value", stream, {
    register: federal.register,
  });
  expect(found).toEqual(["E2 | FEDERAL | - | transforaminalLevels | 4"]);
});

test("only the dates of service asked about are looked at", () => {
  const stream = streamOf(["claim 2025-07-12 62323", "review 1 0"]);
  expect(told(exceptionsAndReviews, "decisionId", stream, { from: plainDate("2025-07-12") })).toEqual(["D2"]);
  expect(told(exceptionsAndReviews, "decisionId", stream, { from: plainDate("2025-07-13") })).toEqual([]);
});
