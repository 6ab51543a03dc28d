import { reassess } from "../../src/adjudication/reassess";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, lines, loaded, MemberOnFile } from "./memberOnFile";

const date = "2025-05-12";
const fourSessions = ["2025-01-06", "2025-02-10", "2025-03-03", "2025-04-07"];

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

/** What the last decision of the stream changes, as `D1 open` or `D1 closed`. */
function reassessed(): string[] {
  const [next, ...before] = member.stream.toReversed();
  return reassess(before.reverse(), next, molinaEsiVersions).map(
    ({ decision, isCandidate }) => `${decision.id} ${isCandidate ? "open" : "closed"}`,
  );
}

const billing = (number: string, ...billed: string[]): Decision =>
  member.decide(claim(number, date, { lines: lines(...billed) }));

function voided(number: string, original: string, on = date): Decision {
  const about = { frequency: "VOID", originalClaimNumber: original, lines: [] } as const;
  return member.decide(claim(number, on, about));
}

test("the first decision of a member changes nothing", () => {
  billing("A1", "62323");
  expect(reassessed()).toEqual([]);
});

test("a decision that makes no difference to another day leaves it alone", () => {
  member.decide(claim("A1", "2025-03-03"));
  billing("A2", "62323");
  expect(reassessed()).toEqual([]);
});

test("a claim of the day is looked at, and comes onto the list", () => {
  billing("A1", "64483");
  billing("A2", "64484");
  voided("V1", "A1");
  expect(reassessed()).toEqual(["D1 closed", "D2 open"]);
});

test("a claim of the day is looked at, and leaves the list", () => {
  billing("A1", "64484");
  billing("A2", "64483");
  expect(reassessed()).toEqual(["D1 open"]);
  voided("V1", "A2");
  expect(reassessed()).toEqual(["D2 closed", "D1 closed"]);
});

test("claims of other days are looked at where theirs comes within the limits, or is one too many", () => {
  fourSessions.forEach((on) => member.decide(claim(`on ${on}`, on)));
  billing("A1", "62323");
  voided("V1", "on 2025-02-10", "2025-02-10");
  expect(reassessed()).toEqual(["D2 closed", "D5 open"]);
  member.decide(loaded("H1", "2025-02-11"));
  expect(reassessed()).toEqual(["D5 closed"]);
});

test("the day that a replacement leaves is looked at like the day that it comes to", () => {
  billing("A1", "64483");
  billing("A2", "64484");
  member.decide(claim("A3", "2025-05-13", { lines: lines("64484") }));
  const moved = { frequency: "REPLACEMENT", originalClaimNumber: "A1" } as const;
  const from = { originalDateOfService: plainDate(date) };
  member.decide(claim("A4", "2025-05-13", { ...moved, ...from, lines: lines("64483") }));
  expect(reassessed()).toEqual(["D1 closed", "D2 open", "D3 open"]);
});

test("a decision that is superseded is on the list no longer, whatever supersedes it", () => {
  billing("A1", "64483");
  billing("A2", "64484");
  voided("V1", "A1");
  member.review(member.stream[1], 1);
  expect(reassessed()).toEqual(["D2 closed"]);
});

test("an import, a void and a review are never looked at", () => {
  fourSessions.forEach((on) => member.decide(loaded(`on ${on}`, on)));
  billing("A1", "62323-50");
  member.review(member.stream[4], 1);
  member.decide(loaded("H1", date));
  expect(reassessed()).toEqual([]);
});

test("an override brings nothing onto the list, and what follows it does", () => {
  fourSessions.slice(1).forEach((on) => member.decide(loaded(`on ${on}`, on)));
  member.decide(claim("A1", "2025-04-21"));
  member.review(billing("A2", "62323"), 1);
  expect(reassessed()).toEqual(["D5 closed", "D4 closed"]);
  member.decide(loaded("H1", "2025-05-19"));
  expect(reassessed()).toEqual(["D4 open"]);
});
