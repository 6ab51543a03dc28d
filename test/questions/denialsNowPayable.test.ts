import { denialsNowPayable } from "../../src/questions/denialsNowPayable";
import { streamOf, told } from "./member";

const five = ["01", "03", "05", "07", "09"].map((month) => `claim 2025-${month}-10 62323`);

const table: [sentence: string, events: string[], rows: string[]][] = [
  ["a denial that stands is not told", five, []],
  [
    "one whose session before is voided would now be allowed",
    [...five, "void 1"],
    ["D5 | DENIED | APPROVED | 0 | 1 | D6"],
  ],
  ["one that was reviewed since is not told", [...five, "void 1", "review 5 1"], []],
  ["nor is a decision that would now allow less", [...five.slice(0, 4), "loaded 2024-11-10 62323"], []],
  [
    "a line that gains is told although another one of the claim loses",
    ["claim 2025-01-10 62323 62321", "loaded 2025-01-10 64479"],
    ["D1 | PARTIAL | PARTIAL | 1 | 1 | D2"],
  ],
  [
    "an add-on of which the first level was denied is payable with it",
    ["claim 2025-05-12 64484", "claim 2025-05-12 64483"],
    ["D1 | DENIED | APPROVED | 0 | 1 | D2"],
  ],
];

test.each(table)("%s", (_, events, rows) => {
  const columns = "decisionId disposition wouldBe unitsAllowed unitsNowPayable causedBy";
  expect(told(denialsNowPayable, columns, streamOf(events))).toEqual(rows);
});
