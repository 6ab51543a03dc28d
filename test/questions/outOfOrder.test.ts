import { plainDate } from "../../src/claim/plainDate";
import { outOfOrder } from "../../src/questions/outOfOrder";
import { streamOf, told } from "./member";

const table: [sentence: string, events: string[], rows: string[]][] = [
  [
    "claims in the order of their dates are in order",
    ["claim 2025-01-10 62323", "claim 2025-02-10 62323"],
    [],
  ],
  [
    "a claim that comes after one of a later date is not",
    ["claim 2025-02-10 62323", "claim 2025-03-10 62323", "claim 2025-01-10 62323"],
    ["D3 | ADJUDICATION | LUMBAR_SACRAL | 2025-02-10 2025-03-10 | D1 D2"],
  ],
  ["of the same day they are", ["claim 2025-01-10 62323", "facility 2025-01-10 62323"], []],
  ["of two regions they are", ["claim 2025-02-10 62323", "claim 2025-01-10 62321"], []],
  [
    "history that is loaded late is out of order",
    ["claim 2025-02-10 62323", "loaded 2025-01-10 64483"],
    ["D2 | IMPORT | LUMBAR_SACRAL | 2025-02-10 | D1"],
  ],
  [
    "what was voided before stands in nobody's way",
    ["claim 2025-02-10 62323", "void 1", "claim 2025-01-10 62323"],
    [],
  ],
  [
    "what was voided after did",
    ["claim 2025-02-10 62323", "claim 2025-01-10 62323", "void 1"],
    ["D2 | ADJUDICATION | LUMBAR_SACRAL | 2025-02-10 | D1"],
  ],
  [
    "a review and a replacement of the same day keep the place of what they supersede",
    ["claim 2025-01-10 62323", "claim 2025-02-10 62323", "review 1 1", "replace 3 2025-01-10 64483"],
    [],
  ],
  [
    "a replacement that moves the date back is out of order",
    ["claim 2025-03-10 62323", "claim 2025-02-10 62323", "replace 1 2025-01-10 62323"],
    [
      "D2 | ADJUDICATION | LUMBAR_SACRAL | 2025-03-10 | D1",
      "D3 | ADJUDICATION | LUMBAR_SACRAL | 2025-02-10 | D2",
    ],
  ],
  ["its own original is not in its way", ["claim 2025-03-10 62323", "replace 1 2025-01-10 62323"], []],
  [
    "a replacement that adds a region is out of order in that region",
    ["claim 2025-01-10 62323", "claim 2025-02-10 62321", "replace 1 2025-01-10 62321"],
    ["D3 | ADJUDICATION | CERVICAL_THORACIC | 2025-02-10 | D2"],
  ],
  ["lines that are not governed have no order", ["claim 2025-02-10 99213", "claim 2025-01-10 99213"], []],
];

test.each(table)("%s", (_, events, rows) => {
  const columns = "decisionId kind region laterDatesOfService laterDecisionIds";
  expect(told(outOfOrder, columns, streamOf(events))).toEqual(rows);
});

test("only the dates of service asked about are looked at, whatever came before", () => {
  const stream = streamOf(["claim 2025-02-10 62323", "claim 2025-01-10 62323"]);
  const asked = { from: plainDate("2025-01-10"), to: plainDate("2025-01-31") };
  expect(told(outOfOrder, "dateOfService", stream, asked)).toEqual(["2025-01-10"]);
  expect(told(outOfOrder, "dateOfService", stream, { to: plainDate("2025-01-09") })).toEqual([]);
});
