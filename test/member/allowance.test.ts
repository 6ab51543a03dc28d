import { plainDate } from "../../src/claim/plainDate";
import { allowanceOf } from "../../src/member/allowance";
import { Decision } from "../../src/member/decision";
import { SessionLimit } from "../../src/policy/frequency";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { decided, line } from "./decisions";

const [{ procedures }] = molinaEsiVersions;
const fourInTwelve: SessionLimit = { months: 12, sessions: 4 };

function allowance(stream: readonly Decision[], on: string, ...limits: SessionLimit[]): string[] {
  const held = limits.length > 0 ? limits : [fourInTwelve];
  const answer = allowanceOf(stream, "LUMBAR_SACRAL", plainDate(on), held, procedures);
  expect([answer.region, answer.on]).toEqual(["LUMBAR_SACRAL", on]);
  const texts = answer.limits.map(({ months, sessions, used, left, windowOpens, counted }) => {
    const dates = counted.map(({ dateOfService }) => dateOfService).join(" ");
    return `${sessions} in ${months} after ${windowOpens}: ${used} used, ${left} left (${dates})`;
  });
  return [...texts, `next ${answer.nextEligibleDate ?? "never"}`];
}

const dates = ["2024-09-02", "2024-11-04", "2025-01-06", "2025-03-03"];
const full = dates.map((date, place) => decided(place + 1, date));

test("with nothing on file all sessions are left, on the date itself", () => {
  expect(allowance([], "2025-05-12")).toEqual([
    "4 in 12 after 2024-05-12: 0 used, 4 left ()",
    "next 2025-05-12",
  ]);
});

test("sessions in the window that ends on the date are used, the others are not", () => {
  expect(allowance(full, "2025-02-01")).toEqual([
    "4 in 12 after 2024-02-01: 3 used, 1 left (2024-09-02 2024-11-04 2025-01-06)",
    "next 2025-09-02",
  ]);
});

test("what is left in the window that ends on the date may be out of reach for a later session", () => {
  const [left, next] = allowance(full, "2024-12-02");
  expect(left).toContain("2 used, 2 left");
  expect(next).toBe("next 2025-09-02");
});

test("a full window leaves nothing until the first session leaves it", () => {
  expect(allowance(full, "2025-05-12")[0]).toContain("4 used, 0 left");
  expect(allowance(full, "2025-05-12")[1]).toBe("next 2025-09-02");
  expect(allowance(full, "2025-09-01")[0]).toContain("4 used, 0 left");
  expect(allowance(full, "2025-09-02")).toEqual([
    "4 in 12 after 2024-09-02: 3 used, 1 left (2024-11-04 2025-01-06 2025-03-03)",
    "next 2025-09-02",
  ]);
});

test("more sessions than are allowed leave none, not less than none", () => {
  const [left] = allowance([...full, decided(5, "2025-04-07")], "2025-05-12");
  expect(left).toContain("5 used, 0 left");
});

test("a date that is a counted session is used, and no date for one more", () => {
  expect(allowance([decided(1, "2025-05-12")], "2025-05-12")).toEqual([
    "4 in 12 after 2024-05-12: 1 used, 3 left (2025-05-12)",
    "next 2025-05-13",
  ]);
});

test("each limit is answered for itself, and the next eligible date is within all", () => {
  expect(allowance(full, "2025-03-10", { months: 12, sessions: 6 }, { months: 3, sessions: 1 })).toEqual([
    "6 in 12 after 2024-03-10: 4 used, 2 left (2024-09-02 2024-11-04 2025-01-06 2025-03-03)",
    "1 in 3 after 2024-12-10: 2 used, 0 left (2025-01-06 2025-03-03)",
    "next 2025-06-03",
  ]);
});

test("only the effective decisions of the region count", () => {
  const stream = [
    ...full,
    decided(5, "2025-03-03", { supersedes: 4, kind: "VOID", disposition: "VOIDED", lines: [] }),
    decided(6, "2025-04-07", { lines: [line("62321", 1), line("62323", 0)] }),
  ];
  expect(allowance(stream, "2025-05-12")[0]).toContain("3 used, 1 left (2024-09-02 2024-11-04 2025-01-06)");
});

test("every counted session names the decisions behind it", () => {
  const [limit] = allowanceOf(
    full.slice(0, 1),
    "LUMBAR_SACRAL",
    plainDate("2025-05-12"),
    [fourInTwelve],
    procedures,
  ).limits;
  expect(limit.counted).toEqual([
    { region: "LUMBAR_SACRAL", dateOfService: "2024-09-02", decisionIds: ["D1"] },
  ]);
});

test("a date in the far future has an answer, and the end of the calendar no next date", () => {
  const late = ["2199-12-01", "2199-12-02", "2199-12-03", "2199-12-04"].map((date, place) =>
    decided(place + 1, date),
  );
  expect(allowance(late, "2199-12-31")).toEqual([
    "4 in 12 after 2198-12-31: 4 used, 0 left (2199-12-01 2199-12-02 2199-12-03 2199-12-04)",
    "next never",
  ]);
});
