import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { submission } from "../graphql/claims";
import { serveWithClock } from "../graphql/servedWithClock";
import { batchDocument, outcomes, submit, submitDocument } from "../graphql/submitting";
import { canary, hostileBattery, Row } from "./battery";
import { datedAnswers } from "./decideInZone";

const { group } = hostileBattery();

const badInput = "400 BAD_USER_INPUT";
const invalid = "200 INVALID_INPUT session.dateOfService";

let claims = 0;
const dated = (dateOfService: unknown): object => {
  claims += 1;
  const input = submission({ memberId: `M${claims}`, dateOfService }, `key-${claims}`);
  return { query: submitDocument, variables: { input } };
};
const inForce = (on: string): object => ({
  query: "query ($on: LocalDate!) { policyInForce(on: $on) { id } }",
  variables: { on },
});
/** A date that is none, as the day of a claim and as the argument of a query. */
const noDate = (date: string): Row[] => [
  [`${JSON.stringify(date)} of a claim`, dated(date), invalid],
  [`${JSON.stringify(date)} of a question`, inForce(date), badInput],
];

group(62, "a year that no calendar has", [...noDate("0000-01-01")]);

group(63, "years out of range", [
  ...["1989-12-31", "2200-01-01", "9999-12-31", "10000-01-01", "-0001-01-01", "+002025-01-01"].flatMap(
    noDate,
  ),
  ["the first day in range", dated("1990-01-01"), "200 NO_POLICY_IN_FORCE session.dateOfService"],
  ["the last day in range", dated("2199-12-31"), "200 FUTURE_DATE_OF_SERVICE session.dateOfService"],
]);

group(64, "the end of February", [
  ...["1900-02-29", "1900-02-30", "2000-02-30", "2024-02-30", "2025-02-29", "2025-02-30"].flatMap(noDate),
  ["29 February 2000", dated("2000-02-29"), "200 NO_POLICY_IN_FORCE session.dateOfService"],
  ["29 February 2024", dated("2024-02-29"), "200 APPROVED"],
]);

group(65, "dates written otherwise", [
  ...["2025-13-01", "2025-00-10", "2025-01-00", "2025-04-31", "2025-1-5", "20250105", "05/01/2025"].flatMap(
    noDate,
  ),
  ...["2025-W02-1", "2025-005", "25-01-05", "2025/01/05", "2025-01"].flatMap(noDate),
  ["a number", dated(20250105), badInput],
  ["a list", dated(["2025-01-05"]), badInput],
]);

group(66, "dates with something behind or before them", [
  ...["2025-01-05T00:00:00Z", "2025-01-05T00:00", "2025-01-05 ", " 2025-01-05", "2025-01-05\n"].flatMap(
    noDate,
  ),
  ...["2025-01-05\u0000", `2025-01-05${canary}`].flatMap(noDate),
]);

group(67, "words that PostgreSQL takes for dates", [
  ...["yesterday", "today", "now", "infinity", "-infinity", "epoch", "J2451187", "2025-01-05 BC"].flatMap(
    noDate,
  ),
]);

group(68, "digits of other scripts", [
  ...["٢٠٢٥-٠١-٠٥", "２０２５-０１-０５", "२०२५-०१-०५", "2025‐01‐05", "2025−01−05"].flatMap(noDate),
]);

/** What becomes of days around now where the service's clock shows this instant. */
const onDays = async (instant: string, days: readonly string[]): Promise<string> => {
  const served = await serveWithClock();
  try {
    await served.setClock(instant);
    const answers = [];
    for (const day of days)
      answers.push(await submit(served, submission({ memberId: day, dateOfService: day }, `key-${day}`)));
    return outcomes(answers).join(", ");
  } finally {
    await served.stop();
  }
};

group(69, "today where the day begins first, and the day after", [
  [
    "before 10:00 UTC",
    () => onDays("2026-03-02T09:59:59.999Z", ["2026-03-02", "2026-03-03"]),
    "APPROVED 1, FUTURE_DATE_OF_SERVICE",
  ],
  [
    "from 10:00 UTC on",
    () => onDays("2026-03-02T10:00:00.000Z", ["2026-03-03", "2026-03-04"]),
    "APPROVED 1, FUTURE_DATE_OF_SERVICE",
  ],
]);

group(70, "days before the first policy version", [
  ["the day before", dated("2021-12-11"), "200 NO_POLICY_IN_FORCE session.dateOfService"],
  ["its first day", dated("2021-12-12"), "200 APPROVED"],
]);

/** Four sessions, the first on the day given, and a fifth: what becomes of the fifth. */
const fifth = (first: string, fifthDay: string, expected: string): Row => {
  claims += 1;
  const memberId = `F${claims}`;
  const between = [3, 5, 7].map((months) => monthsLater(first, months));
  const inputs = [first, ...between, fifthDay].map((dateOfService, place) =>
    submission({ memberId, dateOfService, claimNumber: `C${place}` }, `k${place}`),
  );
  const all = expected === "DENIED" ? "200 APPROVED ×4; DENIED" : "200 APPROVED ×5";
  return [`${first}, then ${fifthDay}`, { query: batchDocument, variables: { inputs } }, all];
};

function monthsLater(date: string, months: number): string {
  const [year, month] = date.split("-").map(Number);
  const count = year * 12 + month - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-15`;
}

group(71, "a fifth session around the end of 12 months", [
  fifth("2024-05-10", "2025-05-09", "DENIED"),
  fifth("2024-05-10", "2025-05-10", "APPROVED"),
  fifth("2024-05-10", "2025-05-11", "APPROVED"),
  fifth("2024-02-29", "2025-02-27", "DENIED"),
  fifth("2024-02-29", "2025-02-28", "DENIED"),
  fifth("2024-02-29", "2025-03-01", "APPROVED"),
  fifth("2023-02-28", "2024-02-27", "DENIED"),
  fifth("2023-02-28", "2024-02-28", "APPROVED"),
  fifth("2023-02-28", "2024-02-29", "APPROVED"),
  fifth("2024-01-31", "2025-01-30", "DENIED"),
  fifth("2024-01-31", "2025-01-31", "APPROVED"),
  fifth("2023-12-31", "2024-12-30", "DENIED"),
  fifth("2023-12-31", "2024-12-31", "APPROVED"),
  fifth("2024-01-01", "2024-12-31", "DENIED"),
  fifth("2024-01-01", "2025-01-01", "APPROVED"),
  // The days on which clocks change in the United States.
  fifth("2024-03-10", "2025-03-09", "DENIED"),
  fifth("2024-03-10", "2025-03-10", "APPROVED"),
  fifth("2023-11-05", "2024-11-04", "DENIED"),
  fifth("2023-11-05", "2024-11-05", "APPROVED"),
]);

const inZone = async (zone: string): Promise<string> => {
  const program = join(__dirname, "decideInZone.ts");
  const runTypeScript = join(__dirname, "../cluster/runTypeScript.js");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--require", "reflect-metadata", "--require", runTypeScript, program],
    { env: { ...process.env, TZ: zone }, timeout: 30_000 },
  );
  // Some versions of Node.js know the place by its older name.
  return stdout.replace("Asia/Katmandu", "Asia/Kathmandu");
};

group(72, "a server under another time zone", async () => {
  const here = `${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  expect(here).not.toBe("Pacific/Kiritimati");
  const [expected, ...elsewhere] = await Promise.all([
    datedAnswers(),
    inZone("Pacific/Kiritimati"),
    inZone("America/Los_Angeles"),
    inZone("Asia/Kathmandu"),
  ]);
  for (const answer of ["NO_POLICY_IN_FORCE", "FUTURE_DATE_OF_SERVICE", "APPROVED", "DENIED"])
    expect(expected).toContain(answer);
  return [
    ["14 hours ahead of UTC", async () => elsewhere[0], `Pacific/Kiritimati ${expected}`],
    ["8 hours behind it", async () => elsewhere[1], `America/Los_Angeles ${expected}`],
    ["5 hours and 45 minutes ahead", async () => elsewhere[2], `Asia/Kathmandu ${expected}`],
  ];
});
