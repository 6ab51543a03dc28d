import { interpretationsReliedOn } from "../../src/adjudication/findings";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, lines, loaded, MemberOnFile } from "./memberOnFile";

const [version] = molinaEsiVersions;
const date = "2025-05-12";

let member: MemberOnFile;
beforeEach(() => {
  member = new MemberOnFile();
});

describe("a decision relies on the readings", () => {
  const always = ["I-06", "I-13", "I-15"];
  const ofRegions = ["I-01", "I-02", "I-03", "I-05", "I-07", "I-09", "I-14", "I-17"];

  test.each<[string, string[], string[]]>([
    ["of every rule with a verdict on an interlaminar line", ["62323"], [...ofRegions, "I-08", "I-18"]],
    [
      "of every rule with a verdict on transforaminal lines",
      ["64483", "64484"],
      [...ofRegions, "I-04", "I-08", "I-10", "I-11", "I-16", "I-18"],
    ],
    [
      "of mixed approaches where these are flagged",
      ["62323", "64483"],
      [...ofRegions, "I-04", "I-08", "I-10", "I-11", "I-12", "I-18"],
    ],
    ["of the rules up to the one that took or pended the line", ["62323-53"], ["I-14"]],
    ["of the choice of policy alone where nothing is governed", ["99213"], []],
  ])("%s", (_, billed, more) => {
    const decision = member.decide(claim("A1", date, { lines: lines(...billed) }));
    expect(interpretationsReliedOn(decision, version)).toEqual([...always, ...more].sort());
  });

  test("of none where no rule was run", () => {
    const load = member.decide(loaded("H1", date));
    const voiding = claim("A1", date, { frequency: "VOID", originalClaimNumber: "H1", lines: [] });
    expect(interpretationsReliedOn(load, version)).toEqual([]);
    expect(interpretationsReliedOn(member.decide(voiding), version)).toEqual([]);
  });
});
