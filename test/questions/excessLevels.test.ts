import { excessLevels } from "../../src/questions/excessLevels";
import { DeclaredExceptions } from "../adjudication/declaredExceptions";
import { policyWith } from "../adjudication/memberOnFile";
import { streamOf, told } from "./member";

const day = "2025-05-12";

const table: [sentence: string, events: string[], rows: string[]][] = [
  ["two bilateral levels are two levels", [`claim ${day} 64483-50 64484-50`], []],
  ["a third level was cut back", [`claim ${day} 64483 64484 x2`], []],
  [
    "a third level that a reviewer allows is in excess",
    [`claim ${day} 64483 64484 x2`, "review 1 1 2"],
    ["ESI-LEVELS | 1 | 64483 x1, 64484 x2 | D2"],
  ],
  [
    "levels of several claims of a performer are counted together",
    [`claim ${day} 64483-RT 64484-RT`, `loaded ${day} 64484`],
    ["ESI-LEVELS | 1 | 64483-RT x1, 64484-RT x1, 64484 x1 | D1 D2"],
  ],
  [
    "the other performer of the same claim type is another stream",
    [`claim ${day} 64483 64484`, `loaded-colleague ${day} 64483 64484`],
    [],
  ],
  ["so is the facility", [`claim ${day} 64483 64484`, `loaded-facility ${day} 64483 64484`], []],
  [
    "two units of no side on a facility's line are one level",
    [`loaded-facility ${day} 64483 x2 64484 x2`],
    [],
  ],
  [
    "on a practitioner's claim they are two",
    [`loaded ${day} 64483 64484 x2`],
    ["ESI-LEVELS | 1 | 64483 x1, 64484 x2 | D1"],
  ],
  ["sides do not add levels", [`loaded ${day} 64483-RT 64484-RT`, `loaded ${day} 64483-LT 64484-LT`], []],
  ["two interlaminar units are one too many", [`loaded ${day} 62323 x2`], ["ESI-UNITS | 1 | 62323 x2 | D1"]],
  ["one on each of two days is not", [`loaded ${day} 62323`, "loaded 2025-05-13 62323"], []],
  ["one of each region is no excess of units", [`loaded ${day} 62321 62323`], []],
  [
    "a side billed twice on the first level is",
    [`loaded ${day} 64483-RT`, `loaded ${day} 64483-RT`],
    ["ESI-UNITS | 1 | 64483-RT x1, 64483-RT x1 | D1 D2"],
  ],
  ["a unit that was denied takes no side", [`claim ${day} 64483`, "review 1 0", `claim ${day} 64483`], []],
  ["what was voided is not on file", [`loaded ${day} 62323`, `loaded ${day} 62323`, "void 1"], []],
  ["before the first policy version there is no limit", ["loaded 2020-05-12 62323 x2"], []],
];

test.each(table)("%s", (_, events, rows) => {
  expect(told(excessLevels, "ruleId unitsInExcess linesAllowed decisionIds", streamOf(events))).toEqual(rows);
});

test("what an exception allows is told with the exception", () => {
  const exceptions = new DeclaredExceptions();
  exceptions.declare();
  const stream = streamOf([`claim ${day} 64483 64484 x2`], policyWith(exceptions.register));
  const columns = "performer claimType region ruleId exceptionIds";
  expect(told(excessLevels, columns, stream)).toEqual([
    "1234567893 | PROFESSIONAL | LUMBAR_SACRAL | ESI-LEVELS | E1",
  ]);
});
