import { Temporal } from "@js-temporal/polyfill";
import fc from "fast-check";
import { latestDateAnywhere, parseInstant } from "../../src/claim/instant";

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

test.each([
  ["2026-03-02T10:15:30Z", "2026-03-02T10:15:30.000Z"],
  ["2026-03-02t10:15:30.1z", "2026-03-02T10:15:30.100Z"],
  ["2026-03-02T10:15:30.123999999Z", "2026-03-02T10:15:30.123Z"],
  ["2026-03-02T00:15:30+14:00", "2026-03-01T10:15:30.000Z"],
  ["2025-12-31T23:59:59.9999-00:01", "2026-01-01T00:00:59.999Z"],
  ["2024-02-29T00:00:00+00:01", "2024-02-28T23:59:00.000Z"],
  ["0000-12-31T23:59:00-00:01", "0001-01-01T00:00:00.000Z"],
  ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
])("%s is %s", (text, instant) => {
  expect(parseInstant(text)).toBe(instant);
});

test.each([
  ...["2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-01T00:00:00Z"],
  ...["2026-01-00T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-32T00:00:00Z"],
  ...["2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z", "2016-12-31T23:59:60Z"],
  ...[
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+01:60",
    "2026-01-01T00:00:00+1:00",
  ],
  ...["0000-12-31T23:59:59Z", "9999-12-31T23:59:00-00:01", "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"],
])("%s is no instant", (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test("an instant is that of the Temporal proposal, cut down to the millisecond", () => {
  const two = (most: number) =>
    fc.integer({ min: 0, max: most }).map((part) => String(part).padStart(2, "0"));
  const year = fc.integer({ min: 1, max: 9998 }).map((part) => String(part).padStart(4, "0"));
  const fraction = fc.option(fc.stringMatching(/^[0-9]{1,9}$/), { nil: undefined });
  const offset = fc.oneof(
    fc.constant("Z"),
    fc
      .tuple(fc.constantFrom("+", "-"), two(23), two(59))
      .map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
  );
  const text = fc
    .tuple(year, two(13), two(32), two(24), two(60), two(59), fraction, offset)
    .map(([yyyy, month, day, hour, minute, second, part, zone]) => {
      const seconds = part === undefined ? second : `${second}.${part}`;
      return `${yyyy}-${month}-${day}T${hour}:${minute}:${seconds}${zone}`;
    });
  fc.assert(
    fc.property(text, (written) =>
      expect([written, parseInstant(written)]).toEqual([written, temporal(written)]),
    ),
    { numRuns: 3_000 },
  );
});

function temporal(text: string): string | undefined {
  try {
    const instant = Temporal.Instant.from(text);
    return instant.toString({ fractionalSecondDigits: 3, roundingMode: "floor" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
