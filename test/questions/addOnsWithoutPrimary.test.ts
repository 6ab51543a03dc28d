import { addOnsWithoutPrimary } from "../../src/questions/addOnsWithoutPrimary";
import { streamOf, told } from "./member";

const day = "2025-05-12";

const table: [sentence: string, events: string[], rows: string[]][] = [
  ["an add-on alone was denied", [`claim ${day} 64484`], []],
  ["an add-on beside its first level is in order", [`claim ${day} 64483 64484`], []],
  ["one that was loaded alone is not", [`loaded ${day} 64484 x2`], ["D1 | 1 | 64484 | 2 | 64483"]],
  [
    "the first level of the other region does not count",
    [`loaded ${day} 64483 64480`],
    ["D1 | 2 | 64480 | 1 | 64479"],
  ],
  ["nor does an interlaminar code", [`loaded ${day} 62323 64484`], ["D1 | 2 | 64484 | 1 | 64483"]],
  [
    "nor that of the facility",
    [`loaded ${day} 64484`, `loaded-facility ${day} 64483`],
    ["D1 | 1 | 64484 | 1 | 64483"],
  ],
  [
    "nor that of another day",
    [`loaded ${day} 64484`, "loaded 2025-05-13 64483"],
    ["D1 | 1 | 64484 | 1 | 64483"],
  ],
  ["that of another claim of the performer does", [`loaded ${day} 64484`, `loaded ${day} 64483`], []],
  [
    "a first level that was voided leaves its add-on alone",
    [`claim ${day} 64483`, `claim ${day} 64484`, "void 1"],
    ["D2 | 1 | 64484 | 1 | 64483"],
  ],
  [
    "so does one that a reviewer denies",
    [`claim ${day} 64483 64484`, "review 1 0"],
    ["D2 | 2 | 64484 | 1 | 64483"],
  ],
];

test.each(table)("%s", (_, events, rows) => {
  const columns = "decisionId lineNumber procedureCode unitsAllowed primaryCode";
  expect(told(addOnsWithoutPrimary, columns, streamOf(events))).toEqual(rows);
});
