import { ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { claim, lines, loaded, MemberOnFile, surgeryCenter } from "./memberOnFile";

const date = "2025-05-12";
const colleague = { renderingProviderNpi: "1000000004" };
const hospital = { ...surgeryCenter, billingProviderNpi: "1200000002" };

/** A session on file, allowed as billed, by the practitioner of the claim in hand if nothing else is said. */
function onFile(billed: string, about: Partial<HistoricalSession> = {}, on = date): HistoricalSession {
  return loaded(`H-${billed}-${on}`, on, { ...about, lines: lines(...billed.split(" + ")) });
}

function flagsOf(
  billed: string,
  history: readonly HistoricalSession[],
  about: Partial<ClaimSession> = {},
): string {
  const member = new MemberOnFile();
  history.forEach((session) => member.decide(session));
  const { reviewFlags } = member.decide(
    claim("A1", date, { lines: lines(...billed.split(" + ")), ...about }),
  );
  return reviewFlags.join(" ");
}

test.each<[string, string, readonly HistoricalSession[], string]>([
  ["one approach in a region is not flagged", "64483 + 64484", [], ""],
  ["both approaches on the claim are", "62323 + 64483", [], "MIXED_APPROACH"],
  ["another approach on file is", "64483", [onFile("62323")], "MIXED_APPROACH"],
  ["also one of the facility's", "64483", [onFile("62323", surgeryCenter)], "MIXED_APPROACH"],
  [
    "both approaches on file and one more allowed are",
    "64483",
    [onFile("62323 + 64483-KX", surgeryCenter)],
    "MIXED_APPROACH",
  ],
  ["another approach on another day is not", "64483", [onFile("62323", {}, "2025-05-13")], ""],
  ["another approach in the other region is not", "64483", [onFile("62321 + 64483", surgeryCenter)], ""],
  ["a claim that allows nothing there is not", "64484", [onFile("62323")], ""],
  ["an approach that is denied on the claim is not", "64483 + 62323-50", [], ""],
  ["an approach that is pended on the claim is not", "64483 + 62323-53", [], ""],
])("approaches: %s", (_, billed, history, flags) => {
  expect(flagsOf(billed, history)).toBe(flags);
});

test.each<[string, string, readonly HistoricalSession[], Partial<ClaimSession>, string]>([
  ["one performer is not flagged", "64484", [onFile("64483")], {}, ""],
  ["a colleague's unit in the region is", "64483", [onFile("64483", colleague)], {}, "MULTIPLE_PERFORMERS"],
  ["the facility's is not", "64483", [onFile("64483", surgeryCenter)], {}, ""],
  ["another facility's is", "64483", [onFile("64483", hospital)], surgeryCenter, "MULTIPLE_PERFORMERS"],
  ["the practitioner's is not on a facility's claim", "64483", [onFile("64483")], surgeryCenter, ""],
  ["a colleague's on another day is not", "64483", [onFile("64483", colleague, "2025-05-13")], {}, ""],
  [
    "a colleague's in the other region is not",
    "62321",
    [onFile("64483", colleague), onFile("62321")],
    {},
    "",
  ],
  ["a claim that allows nothing is not", "64484", [onFile("64483", colleague)], {}, ""],
])("performers: %s", (_, billed, history, about, flags) => {
  expect(flagsOf(billed, history, about)).toBe(flags);
});

test.each<[string, string, Partial<ClaimSession>, string]>([
  [
    "two units of no side beside a bilateral first level are flagged",
    "64483-50 + 64484 x2",
    {},
    "AMBIGUOUS_BILATERAL_ADD_ON",
  ],
  ["more units are", "64484 x3 + 64483-50", {}, "AMBIGUOUS_BILATERAL_ADD_ON"],
  ["RT and LT make a first level bilateral", "64479-RT-LT + 64480 x2", {}, "AMBIGUOUS_BILATERAL_ADD_ON"],
  ["one unit is not", "64483-50 + 64484", {}, ""],
  ["two lines of one unit are not", "64483-50 + 64484 + 64484", {}, ""],
  ["units of a side are not", "64483-50 + 64484-RT x2", {}, ""],
  ["units beside a first level of one side are not", "64483-RT + 64484 x2", {}, ""],
  ["units beside a bilateral first level of the other region are not", "64479-50 + 64484 x2", {}, ""],
  ["a facility's are not", "64483-50 + 64484 x2", { ...surgeryCenter, placeOfService: "22" }, ""],
  ["what became of the lines does not matter", "64483-50-53 + 64484 x2", {}, "AMBIGUOUS_BILATERAL_ADD_ON"],
])("repeated add-ons: %s", (_, billed, about, flags) => {
  expect(flagsOf(billed, [], about)).toBe(flags);
});

test.each([
  ["KX on a transforaminal line is flagged", "64483-KX", "DIAGNOSTIC_BLOCK"],
  ["KX on an add-on is", "64483 + 64484-RT-KX", "DIAGNOSTIC_BLOCK"],
  ["KX on a denied line is", "64484-KX", "DIAGNOSTIC_BLOCK"],
  ["KX on an interlaminar line is not", "62323-KX", ""],
  ["KX on a line that is not governed is not", "64483 + 99213-KX", ""],
])("diagnostic blocks: %s", (_, billed, flags) => {
  expect(flagsOf(billed, [])).toBe(flags);
});

test("flags stand by name, each once", () => {
  const billed = "64483-50-KX + 64484-KX x2 + 62323";
  expect(flagsOf(billed, [onFile("62323", colleague)])).toBe(
    "AMBIGUOUS_BILATERAL_ADD_ON DIAGNOSTIC_BLOCK MIXED_APPROACH MULTIPLE_PERFORMERS",
  );
});

test("imports are not flagged", () => {
  const member = new MemberOnFile();
  member.decide(onFile("62323", colleague));
  expect(member.decide(onFile("64483-50-KX + 64484 x2")).reviewFlags).toEqual([]);
});
