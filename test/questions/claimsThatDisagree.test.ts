import { claimsThatDisagree } from "../../src/questions/claimsThatDisagree";
import { streamOf, told } from "./member";

const day = "2025-05-12";

const table: [sentence: string, events: string[], rows: string[]][] = [
  ["both allowed agree", [`claim ${day} 62323`, `facility ${day} 62323`], []],
  ["two units of no side and modifier 50 agree", [`claim ${day} 64483-50`, `facility ${day} 64483 x2`], []],
  ["one claim alone has nobody to disagree with", [`claim ${day} 64484`], []],
  [
    "one denied and one allowed disagree",
    [`claim ${day} 64484`, `loaded-facility ${day} 64483 64484`],
    ["LUMBAR_SACRAL | DENIED | ALLOWED | D1 | D2"],
  ],
  [
    "one reduced and one allowed disagree",
    [`claim ${day} 64483 64484 x2`, `facility ${day} 64483 64484 x2`],
    ["LUMBAR_SACRAL | REDUCED | ALLOWED | D1 | D2"],
  ],
  [
    "one pended and one allowed disagree",
    [`claim ${day} 62323`, `facility ${day} 62323-73`],
    ["LUMBAR_SACRAL | ALLOWED | PENDED | D1 | D2"],
  ],
  [
    "claims in two regions disagree in both",
    [`claim ${day} 62323`, `facility ${day} 62321`],
    ["CERVICAL_THORACIC | NOT_BILLED | PENDED | D1 | D2", "LUMBAR_SACRAL | ALLOWED | NOT_BILLED | D1 | D2"],
  ],
  [
    "a region that one alone bills, and is denied, was not decided differently",
    [`claim ${day} 62323 62321`, `facility ${day} 62323`],
    [],
  ],
  [
    "a claim billed twice and denied as a duplicate does not disagree",
    [`claim ${day} 62323`, `facility ${day} 62323`, `claim ${day} 62323`],
    [],
  ],
  [
    "a denied claim that was billed anew does not disagree",
    [`claim ${day} 62323-50`, `facility ${day} 62323`, `claim ${day} 62323`],
    [],
  ],
  ["claims of two days are two sessions", [`claim ${day} 62323-50`, "facility 2025-05-13 62323"], []],
  [
    "what is superseded is not looked at",
    [`claim ${day} 62323`, `facility ${day} 62323-73`, "review 2 1"],
    [],
  ],
  [
    "lines that are not governed are not looked at",
    [`claim ${day} 62323 99213`, `facility ${day} 62323`],
    [],
  ],
];

test.each(table)("%s", (_, events, rows) => {
  const columns = "region professional facility professionalDecisionIds facilityDecisionIds";
  expect(told(claimsThatDisagree, columns, streamOf(events))).toEqual(rows);
});
