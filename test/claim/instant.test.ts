import { Temporal } from "@js-temporal/polyfill";
import { latestDateAnywhere } from "../../src/claim/instant";

test.each([
  ["2026-03-01T00:00:00.000Z", "2026-03-01"],
  ["2026-03-01T09:59:59.999Z", "2026-03-01"],
  ["2026-03-01T10:00:00.000Z", "2026-03-02"],
  ["2026-03-01T23:59:59.999Z", "2026-03-02"],
  ["2024-02-28T10:00:00.000Z", "2024-02-29"],
  ["2024-02-29T10:00:00.000Z", "2024-03-01"],
  ["2025-02-28T10:00:00.000Z", "2025-03-01"],
  ["2025-12-31T10:00:00.000Z", "2026-01-01"],
])("at %s the furthest calendar shows %s", (instant, date) => {
  expect(latestDateAnywhere(instant)).toBe(date);
});

test("the furthest calendar is that of UTC+14 at every hour of four years", () => {
  const wrong: string[] = [];
  for (let hours = 0; hours < 4 * 366 * 24; hours += 5) {
    const instant = Temporal.Instant.from("2024-01-01T00:00:00Z").add({ hours });
    const expected = instant.toZonedDateTimeISO("+14:00").toPlainDate().toString();
    if (latestDateAnywhere(instant.toString({ fractionalSecondDigits: 3 })) !== expected) {
      wrong.push(instant.toString());
    }
  }
  expect(wrong).toEqual([]);
});
