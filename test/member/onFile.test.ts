import { plainDate } from "../../src/claim/plainDate";
import { countedSessions } from "../../src/member/countedSessions";
import { Decision } from "../../src/member/decision";
import { onFile, without } from "../../src/member/onFile";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { decided, line } from "./decisions";

const [{ procedures }] = molinaEsiVersions;
const day = plainDate("2025-05-12");

const lumbar = decided(1, day);
const both = decided(2, day, { lines: [line("62321", 1), line("62323", 1, { lineNumber: 2 })] });
const earlier = decided(3, "2025-03-03");
const denied = decided(4, day, { lines: [line("62323", 0)] });
const all = [lumbar, both, earlier, denied];

const sessionsOf = (decisions: readonly Decision[]) => countedSessions(decisions, procedures);

test("what is on file on a day are its decisions, in their order, whatever they allow", () => {
  expect(onFile(all).onDay(day)).toEqual([lumbar, both, denied]);
  expect(onFile(all).onDay(plainDate("2025-03-03"))).toEqual([earlier]);
  expect(onFile(all).onDay(plainDate("2025-05-13"))).toEqual([]);
  expect(onFile([]).onDay(day)).toEqual([]);
});

test("the sessions on file are those that its decisions make", () => {
  expect(onFile(all).sessions(procedures)).toEqual(sessionsOf(all));
  expect(onFile([]).sessions(procedures)).toEqual({ CERVICAL_THORACIC: [], LUMBAR_SACRAL: [] });
});

test("each version is answered by what it governs, also when another one was asked for before", () => {
  const file = onFile(all);
  const { "62323": _, ...fewer } = procedures;
  expect(file.sessions(procedures).LUMBAR_SACRAL).toHaveLength(2);
  expect(file.sessions(fewer)).toEqual(countedSessions(all, fewer));
  expect(without(file, both).sessions(fewer).CERVICAL_THORACIC).toEqual([]);
  expect(file.sessions(procedures)).toEqual(sessionsOf(all));
});

describe("the file without a decision is the file of the others:", () => {
  test.each<[string, Decision]>([
    ["one whose session others make too", lumbar],
    ["one that makes a session alone in one region and not in the other", both],
    ["one that makes a session alone", earlier],
    ["one that makes none", denied],
    ["one that is not on file", decided(5, day)],
  ])("%s", (_, left) => {
    const others = all.filter((decision) => decision !== left);
    const file = without(onFile(all), left);
    expect(file.onDay(left.session.dateOfService)).toEqual(
      others.filter(({ session }) => session.dateOfService === left.session.dateOfService),
    );
    expect(file.sessions(procedures)).toEqual(sessionsOf(others));
  });

  test("of two left out", () => {
    const file = without(without(onFile(all), lumbar), both);
    expect(file.sessions(procedures)).toEqual(sessionsOf([earlier, denied]));
    expect(file.onDay(day)).toEqual([denied]);
  });
});

test("to leave a decision out leaves the file itself as it is", () => {
  const file = onFile(all);
  without(file, both).sessions(procedures);
  without(file, both).onDay(day);
  expect([file.onDay(day), file.sessions(procedures)]).toEqual([[lumbar, both, denied], sessionsOf(all)]);
});
