import { readjudicationCandidates } from "../../src/adjudication/readjudication";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, loaded, surgeryCenter } from "./memberOnFile";
import { date, MemberWithWorkList } from "./workList";

const threeSessions = ["2025-01-06", "2025-02-10", "2025-03-03"];

let member: MemberWithWorkList;
beforeEach(() => {
  member = new MemberWithWorkList();
});

describe("what a reviewer allows beyond the limits", () => {
  /** Three sessions loaded and a fourth adjudicated: one more in the window puts D4 in question. */
  const fourth = () => {
    threeSessions.forEach((on) => member.decide(loaded(`on ${on}`, on)));
    return member.decide(claim("A4", "2025-04-07"));
  };

  test("puts no earlier decision in question that would lose by it", () => {
    fourth();
    member.review(member.bills("A5", "62323"), 1);
    expect(member.workList()).toEqual([]);
  });

  test("puts none in question that would change by it", () => {
    member.decide(loaded("H1", date, surgeryCenter));
    const pended = member.bills("A1", "62321");
    const colleague = { renderingProviderNpi: "1000000004" };
    const denied = member.bills("A2", "62323-50", colleague);
    expect([pended.disposition, denied.disposition]).toEqual(["PENDED", "DENIED"]);
    member.review(denied, 1);
    expect(member.workList()).toEqual([]);
  });

  test("puts in question what would gain by it", () => {
    member.bills("A1", "64483-50", { ...surgeryCenter, placeOfService: "24" });
    member.bills("A2", "64484", surgeryCenter);
    member.review(member.stream[0], 1);
    expect(member.workList()).toEqual(["D2 MORE_PAYABLE by D3 APPROVED 1"]);
  });

  test("counts all the same once something else puts a decision in question", () => {
    fourth();
    member.review(member.bills("A5", "62323"), 1);
    member.decide(loaded("H2", "2025-05-19"));
    const [candidate] = readjudicationCandidates(member.stream, molinaEsiVersions);
    expect(member.workList()).toEqual(["D4 LESS_PAYABLE by D7 DENIED 0"]);
    const window = candidate.wouldBe.lines[0].findings?.adverse[0].window;
    expect(window?.ends).toBe(date);
  });

  test("is measured from the start of the chain of reviews, not from the review before", () => {
    fourth();
    const recouped = member.review(member.bills("A5", "62323"), 0);
    member.review(recouped, 1);
    expect(member.workList()).toEqual([]);
  });

  test("is none where a review gives back what the start of the chain allowed", () => {
    fourth();
    const load = member.decide(loaded("H1", date));
    expect(member.workList()).toEqual(["D4 LESS_PAYABLE by D5 DENIED 0"]);
    const recouped = member.review(load, 0);
    expect(member.workList()).toEqual([]);
    member.review(recouped, 1);
    expect(member.workList()).toEqual(["D4 LESS_PAYABLE by D7 DENIED 0"]);
  });

  test("is measured from what stood of the chain when the decision in question was made", () => {
    const recouped = member.review(fourth(), 0);
    expect(member.bills("A5", "62323").disposition).toBe("APPROVED");
    member.review(recouped, 1);
    expect(member.workList()).toEqual([]);
    member.decide(loaded("H1", "2025-05-19"));
    expect(member.workList()).toEqual(["D6 LESS_PAYABLE by D8 DENIED 0"]);
  });

  test("is no reason for what was decided after it", () => {
    threeSessions.forEach((on) => member.decide(loaded(`on ${on}`, on)));
    const pended = member.bills("A4", "62323-53");
    member.review(pended, 1);
    expect(member.decide(claim("A5", "2025-05-19")).disposition).toBe("DENIED");
    expect(member.workList()).toEqual([]);
    member.review(member.stream[4], 0);
    expect(member.workList()).toEqual(["D6 MORE_PAYABLE by D7 APPROVED 1"]);
  });
});
