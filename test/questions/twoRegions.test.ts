import { plainDate } from "../../src/claim/plainDate";
import { twoRegions } from "../../src/questions/twoRegions";
import { streamOf, told } from "./member";

const both = "CERVICAL_THORACIC LUMBAR_SACRAL";

const table: [sentence: string, events: string[], rows: string[]][] = [
  ["of two regions on a claim one was denied", ["claim 2025-05-12 62321 62323"], []],
  [
    "what a reviewer allows beside it counts",
    ["claim 2025-05-12 62321 62323", "review 1 1 1"],
    [`2025-05-12 | 1 | ${both} | D2 | D2`],
  ],
  [
    "what was loaded as history counts",
    ["claim 2025-05-12 62323", "loaded 2025-05-12 62321"],
    [`2025-05-12 | 1 | ${both} | D2 D1 | `],
  ],
  ["on two days they are not together", ["claim 2025-05-12 62323", "loaded 2025-05-13 62321"], []],
  [
    "the practitioner's and the facility's claim count alike",
    ["claim 2025-05-12 62323", "loaded-facility 2025-05-12 64479"],
    [`2025-05-12 | 1 | ${both} | D2 D1 | `],
  ],
  ["a pended unit is no session", ["claim 2025-05-12 62323", "facility 2025-05-12 64479"], []],
  ["a session that was voided is none", ["claim 2025-05-12 62323", "loaded 2025-05-12 62321", "void 1"], []],
  ["before the first policy version there is no limit", ["loaded 2020-05-12 62321 62323"], []],
];

test.each(table)("%s", (_, events, rows) => {
  expect(told(twoRegions, "dateOfService limit regions decisionIds reviewIds", streamOf(events))).toEqual(
    rows,
  );
});

test("only the dates of service asked about are looked at", () => {
  const stream = streamOf(["loaded 2025-05-12 62321 62323", "loaded 2025-05-14 62321 62323"]);
  const between = { from: plainDate("2025-05-13"), to: plainDate("2025-05-14") };
  expect(told(twoRegions, "dateOfService", stream, between)).toEqual(["2025-05-14"]);
});
