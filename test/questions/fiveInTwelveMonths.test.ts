import { plainDate } from "../../src/claim/plainDate";
import { seal } from "../../src/policy/policyVersion";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { fiveInTwelveMonths } from "../../src/questions/fiveInTwelveMonths";
import { DeclaredExceptions } from "../adjudication/declaredExceptions";
import { policyWith } from "../adjudication/memberOnFile";
import { streamOf, told } from "./member";

const four = ["01", "03", "05", "07"].map((month) => `claim 2025-${month}-10 62323`);

const table: [sentence: string, events: string[], rows: string[]][] = [
  [
    "four sessions are within the limit, and a fifth claim was denied",
    [...four, "claim 2025-09-10 62323"],
    [],
  ],
  [
    "a fifth that was loaded as history counts",
    [...four, "loaded 2025-09-10 62323"],
    ["LUMBAR_SACRAL | 2025-09-10 | 2024-09-10 | 5 | 4 | D1 D2 D3 D4 D5"],
  ],
  [
    "the order of receipt does not matter: the window ends on the last date of service",
    [...four, "loaded 2024-11-10 62323"],
    ["LUMBAR_SACRAL | 2025-07-10 | 2024-07-10 | 5 | 4 | D5 D1 D2 D3 D4"],
  ],
  ["a session exactly twelve months before is outside", [...four, "loaded 2024-07-10 62323"], []],
  [
    "a day later it is inside",
    [...four, "loaded 2024-07-11 62323"],
    ["LUMBAR_SACRAL | 2025-07-10 | 2024-07-10 | 5 | 4 | D5 D1 D2 D3 D4"],
  ],
  ["two claims of one day are one session", [...four, "loaded-facility 2025-07-10 62323"], []],
  ["sessions of the other region are counted apart", [...four, "loaded 2025-09-10 62321"], []],
  ["a session that was voided is none", [...four, "loaded 2025-09-10 62323", "void 1"], []],
  [
    "a fifth that a reviewer allows is told with the review",
    [...four, "claim 2025-09-10 62323", "review 5 1"],
    ["LUMBAR_SACRAL | 2025-09-10 | 2024-09-10 | 5 | 4 | D1 D2 D3 D4 D6"],
  ],
  [
    "each session that ends such a window has a row",
    [...four, "loaded 2025-09-10 62323", "loaded 2025-11-10 62323"],
    [
      "LUMBAR_SACRAL | 2025-09-10 | 2024-09-10 | 5 | 4 | D1 D2 D3 D4 D5",
      "LUMBAR_SACRAL | 2025-11-10 | 2024-11-10 | 6 | 4 | D1 D2 D3 D4 D5 D6",
    ],
  ],
  [
    "before the first policy version there is no limit",
    ["01", "02", "03", "04", "05"].map((month) => `loaded 2020-${month}-10 62323`),
    [],
  ],
];

const columns = "region dateOfService windowOpens sessions limit decisionIds";

test.each(table)("%s", (_, events, rows) => {
  expect(told(fiveInTwelveMonths, columns, streamOf(events))).toEqual(rows);
});

test("the limit is that of the version in force on the day, and of no exception; a row names those used", () => {
  const exceptions = new DeclaredExceptions();
  exceptions.declare({
    parameter: "sessionsPerRegion",
    value: [{ months: 12, sessions: 6 }],
    effectiveTo: plainDate("2025-12-31"),
  });
  const stream = streamOf([...four, "claim 2025-09-10 62323"], policyWith(exceptions.register));
  expect(told(fiveInTwelveMonths, "dateOfService sessions exceptionIds reviewIds", stream)).toEqual([
    "2025-09-10 | 5 | E1 | ",
  ]);
  const [version] = molinaEsiVersions;
  const sessionsPerRegion = [{ months: 6, sessions: 2 }];
  const parameters = { ...version.parameters, sessionsPerRegion };
  const later = seal({ ...version, id: "later", effectiveFrom: plainDate("2025-07-01"), parameters });
  const versions = [later, version];
  const found = told(fiveInTwelveMonths, "dateOfService months sessions limit", stream, { versions });
  expect(found).toEqual(["2025-07-10 | 6 | 3 | 2", "2025-09-10 | 6 | 3 | 2"]);
});

test("a period asked about holds the date that the window ends on", () => {
  const stream = streamOf([...four, "loaded 2025-09-10 62323"]);
  const day = plainDate("2025-09-10");
  expect(told(fiveInTwelveMonths, "dateOfService", stream, { from: day, to: day })).toEqual(["2025-09-10"]);
  expect(told(fiveInTwelveMonths, "dateOfService", stream, { to: plainDate("2025-09-09") })).toEqual([]);
  expect(told(fiveInTwelveMonths, "dateOfService", stream, { from: plainDate("2025-09-11") })).toEqual([]);
});
