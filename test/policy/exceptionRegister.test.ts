import { plainDate } from "../../src/claim/plainDate";
import {
  ExceptionEntry,
  registerKnownAt,
  standingAfter,
  standingExceptions,
} from "../../src/policy/exceptionRegister";
import { exceptionSources, exceptionsThatHold } from "../../src/policy/exceptions";

function entered(sequence: number) {
  const declaredAt = `2026-03-0${sequence}T00:00:00.000Z`;
  return { sequence, id: `E${sequence}`, declaredAt, declaredBy: `officer ${sequence}` };
}

function declared(sequence: number, key: string, effectiveTo?: string): ExceptionEntry {
  return {
    kind: "DECLARATION",
    ...{ source: "STATE", key, parameter: "transforaminalLevels", value: 3, citation: "Notice 7" },
    effectiveFrom: plainDate("2025-01-01"),
    effectiveTo: effectiveTo === undefined ? undefined : plainDate(effectiveTo),
    ...entered(sequence),
  };
}

function ended(sequence: number, exceptionId: string, effectiveTo: string): ExceptionEntry {
  const terms = { exceptionId, effectiveTo: plainDate(effectiveTo), citation: "Notice 9" };
  return { kind: "ENDING", ...terms, ...entered(sequence) };
}

const register = [
  declared(1, "TX"),
  declared(2, "OH", "2025-12-31"),
  ended(3, "E1", "2025-06-30"),
  ended(4, "E2", "2025-08-31"),
  ended(5, "E1", "2025-03-31"),
];

const lastDays = (entries: readonly ExceptionEntry[]) =>
  standingExceptions(entries).map(({ id, effectiveTo = "open" }) => `${id} ${effectiveTo}`);

test.each([
  [0, []],
  [1, ["E1 open"]],
  [2, ["E1 open", "E2 2025-12-31"]],
  [3, ["E1 2025-06-30", "E2 2025-12-31"]],
  [4, ["E1 2025-06-30", "E2 2025-08-31"]],
  [5, ["E1 2025-03-31", "E2 2025-08-31"]],
])("after %i entries these exceptions stand: %j", (entries, standing) => {
  expect(lastDays(register.slice(0, entries))).toEqual(standing);
  expect(standingAfter(register, entries)).toEqual(standingExceptions(register.slice(0, entries)));
});

test("what stood after some entries stands so as long as the register grows", () => {
  const growing = register.slice(0, 3);
  const before = structuredClone(standingAfter(growing, 3));
  growing.push(...register.slice(3));
  expect(standingAfter(growing, 3)).toEqual(before);
  expect(lastDays(growing)).toEqual(["E1 2025-03-31", "E2 2025-08-31"]);
});

test("a standing exception is what was declared, by whom and when, with the endings that befell it", () => {
  const [first, second] = standingExceptions(register);
  const { kind, sequence, ...said } = declared(1, "TX");
  expect(first).toEqual({ ...said, effectiveTo: "2025-03-31", endings: [register[2], register[4]] });
  expect(second.endings).toEqual([register[3]]);
  expect(standingExceptions(register.slice(0, 1))[0].endings).toEqual([]);
});

test.each([
  ["2026-02-28T23:59:59.999Z", []],
  ["2026-03-01T00:00:00.000Z", ["E1 open"]],
  ["2026-03-02T23:59:59.999Z", ["E1 open", "E2 2025-12-31"]],
  ["2026-03-03T00:00:00.000Z", ["E1 2025-06-30", "E2 2025-12-31"]],
  ["2026-04-01T00:00:00.000Z", ["E1 2025-03-31", "E2 2025-08-31"]],
])("at %s these exceptions were known to stand: %j", (instant, standing) => {
  expect(lastDays(registerKnownAt(register, instant))).toEqual(standing);
});

describe("on its last day an exception holds, and on the day after it does not:", () => {
  const held = (date: string, entries: number) =>
    exceptionsThatHold(
      standingAfter(register, entries),
      plainDate(date),
      { stateOfService: "TX" },
      exceptionSources,
    );

  test.each([
    ["2025-06-30", 1, 1],
    ["2025-07-01", 1, 1],
    ["2025-06-30", 3, 1],
    ["2025-07-01", 3, 0],
    ["2025-03-31", 5, 1],
    ["2025-04-01", 5, 0],
  ])("on %s after %i entries %i hold for the state", (date, entries, count) => {
    expect(held(date, entries)).toHaveLength(count);
  });

  test("one that ended before its first day holds on none", () => {
    const withdrawn = [declared(1, "TX"), ended(2, "E1", "2024-12-31")];
    const on = (date: string) =>
      exceptionsThatHold(
        standingExceptions(withdrawn),
        plainDate(date),
        { stateOfService: "TX" },
        exceptionSources,
      );
    expect([on("2024-12-31"), on("2025-01-01"), on("2199-12-31")]).toEqual([[], [], []]);
  });
});
