import { frequency } from "../../../src/policy/rules/frequency";
import { provesTable } from "./ruleTable";

describe("ESI-FREQUENCY", () => {
  provesTable(
    frequency,
    `
    date       | lumbar sessions                                        | verdicts   | window                | next

    With nothing on file a session is met.
    2025-05-12 |                                                        | met        |                       |
    The fourth session in twelve months is met.
    2025-05-12 | 2024-11-04 2025-01-06 2025-03-03                       | met        |                       |
    The fifth session is not, and the next eligible date is when the first one leaves the window.
    2025-05-12 | 2024-09-02 2024-11-04 2025-01-06 2025-03-03            | overfilled | 2024-05-12 2025-05-12 | 2025-09-02
    Exactly twelve months apart is outside.
    2025-09-02 | 2024-09-02 2024-11-04 2025-01-06 2025-03-03            | met        |                       |
    One day less is inside.
    2025-09-01 | 2024-09-02 2024-11-04 2025-01-06 2025-03-03            | overfilled | 2024-09-01 2025-09-01 | 2025-09-02
    On 28 February a 29 February of the year before still counts.
    2025-02-28 | 2024-02-29 2024-05-10 2024-08-10 2024-11-10            | overfilled | 2024-02-28 2025-02-28 | 2025-03-01
    On 1 March it no longer does.
    2025-03-01 | 2024-02-29 2024-05-10 2024-08-10 2024-11-10            | met        |                       |
    A window that ends on 29 February opens on 28 February.
    2028-02-29 | 2027-02-28 2027-05-10 2027-08-10 2027-11-10            | met        |                       |
    It holds 1 March of the year before.
    2028-02-29 | 2027-03-01 2027-05-10 2027-08-10 2027-11-10            | overfilled | 2027-02-28 2028-02-29 | 2028-03-01
    A day that is a counted session already adds none, however full the window.
    2025-03-03 | 2024-09-02 2024-11-04 2025-01-06 2025-02-03 2025-03-03 | met        |                       |
    A claim that arrives late is denied for a window that ends on a later session.
    2025-04-01 | 2025-05-01 2025-07-01 2025-09-01 2025-11-01            | overfilled | 2024-11-01 2025-11-01 | 2026-05-01
    A later session is not looked at where no window holds both.
    2024-11-01 | 2025-05-01 2025-07-01 2025-09-01 2025-11-01            | met        |                       |
    Four sessions within a year before and after are too many only if one window holds them all.
    2025-06-01 | 2024-08-01 2024-10-01 2026-02-01 2026-04-01            | met        |                       |
    Of several overfilled windows the one that ends first is named.
    2025-06-01 | 2025-03-01 2025-04-01 2025-05-01 2025-07-01 2025-08-01 | overfilled | 2024-07-01 2025-07-01 | 2026-04-01
    The next eligible date is no session that is counted already.
    2025-05-12 | 2024-09-02 2024-11-04 2025-01-06 2025-03-03 2025-09-02 | overfilled | 2024-05-12 2025-05-12 | 2025-11-04
    At the end of the calendar no date is eligible any more.
    2199-12-31 | 2199-02-01 2199-03-01 2199-04-01 2199-05-01            | overfilled | 2198-12-31 2199-12-31 | never
    The calendar's last day can be the next eligible date.
    2199-12-30 | 2198-12-31 2199-03-01 2199-04-01 2199-05-01            | overfilled | 2198-12-30 2199-12-30 | 2199-12-31
    `,
  );

  provesTable(
    frequency,
    `
    date       | limits          | lumbar sessions                             | verdicts   | limit   | window                | next

    More sessions in the same period.
    2025-05-12 | 6 in 12         | 2024-09-02 2024-11-04 2025-01-06 2025-03-03 | met        |         |                       |
    One session in one month: the month is clamped at its end.
    2025-03-30 | 1 in 1          | 2025-02-28                                  | met        |         |                       |
    One session in one month: the same day of the month before is outside.
    2025-03-31 | 1 in 1          | 2025-02-28                                  | met        |         |                       |
    One session in one month: the day after it is inside.
    2025-03-31 | 1 in 1          | 2025-03-01                                  | overfilled | 1 in 1  | 2025-02-28 2025-03-31 | 2025-04-01
    All limits hold: the second one fails.
    2025-05-12 | 4 in 12, 2 in 6 | 2025-02-03 2025-03-03                       | overfilled | 2 in 6  | 2024-11-12 2025-05-12 | 2025-08-03
    The first limit that fails is named, not the one whose window ends first.
    2025-05-12 | 2 in 12, 1 in 1 | 2025-05-01 2025-12-01                       | overfilled | 2 in 12 | 2024-12-01 2025-12-01 | 2026-05-01
    The order of the limits decides which one is named.
    2025-05-12 | 1 in 1, 2 in 12 | 2025-05-01 2025-12-01                       | overfilled | 1 in 1  | 2025-04-12 2025-05-12 | 2026-05-01
    Sixty months are the longest period.
    2025-05-12 | 1 in 60         | 2020-05-13                                  | overfilled | 1 in 60 | 2020-05-12 2025-05-12 | 2025-05-13
    `,
  );
});

describe("ESI-FREQUENCY, region by region,", () => {
  const full = "2024-09-02 2024-11-04 2025-01-06 2025-03-03";
  provesTable(
    frequency,
    `
    lumbar sessions | cervical sessions | lines                             | verdicts                         | kept

    does not count sessions of the other region.
                    | ${full}           | 64483                             | met                              | 1
    judges each region of a claim for itself.
                    | ${full}           | 64483 + 62321                     | met overfilled                   | 1 0
    takes all units of the region that still stand.
    ${full}         |                   | 64483 x2 (1 left) + 64484 + 62323 | overfilled overfilled overfilled | 0 0 0
    does not ask a line that stands no longer.
    ${full}         |                   | 64483 (taken) + 64484 (pended)    | - -                              | - -
    takes from both regions of a claim.
    ${full}         | ${full}           | 62321 + 62323                     | overfilled overfilled            | 0 0
    `,
  );
});
