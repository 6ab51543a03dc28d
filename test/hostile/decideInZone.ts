import { serveWithClock } from "../graphql/servedWithClock";
import { submission } from "../graphql/claims";
import { batchDocument } from "../graphql/submitting";

/*
 * Answers to claims around every kind of day, by a service in a process of its own: started under another TZ it
 * must print the same, after the name of its zone.
 */
const days = [
  ...["2021-12-11", "2021-12-12", "2023-03-12", "2023-11-05", "2023-12-31", "2024-01-01", "2024-02-29"],
  ...["2024-03-10", "2024-11-03", "2024-12-30", "2024-12-31", "2025-01-01", "2025-02-28", "2025-03-01"],
  ...["2025-03-09", "2025-11-02", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"],
];
const document = batchDocument.replace("decision {", "decision { dateOfService decidedAt explanation");

/** What the service answers to them at one instant, but for the ids of the decisions. */
export async function datedAnswers(): Promise<string> {
  const served = await serveWithClock();
  try {
    await served.setClock("2026-03-02T10:00:00.123Z");
    const inputs = days.map((dateOfService, place) =>
      submission({ memberId: "ZONED", dateOfService, claimNumber: `C${place}` }, `k${place}`),
    );
    const answers = await served.fields<object>(document, { inputs });
    const allowance = `{ member(id: "ZONED") { allowance(region: LUMBAR_SACRAL, on: "2026-03-02") { nextEligibleDate
      limits { used windowOpens counted { dateOfService } } } historyOnFileSince } }`;
    return JSON.stringify([answers, await served.fields<object>(allowance)]).replace(
      /"id":"[^"]*"/g,
      '"id":""',
    );
  } finally {
    await served.stop();
  }
}

if (require.main === module) {
  datedAnswers().then(
    (answers) => process.stdout.write(`${Intl.DateTimeFormat().resolvedOptions().timeZone} ${answers}`),
    (error: unknown) => {
      process.stderr.write(String(error));
      process.exit(1);
    },
  );
}
