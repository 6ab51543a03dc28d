import { Policy } from "../../src/adjudication/judge";
import { readjudicationCandidates } from "../../src/adjudication/readjudication";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { DeclaredExceptions } from "./declaredExceptions";
import { claim, lines, loaded, policyWith, surgeryCenter } from "./memberOnFile";
import { date, MemberWithWorkList } from "./workList";

const threeSessions = ["2025-01-06", "2025-02-10", "2025-03-03"];

let member: MemberWithWorkList;
beforeEach(() => {
  member = new MemberWithWorkList();
});

describe("on the work list", () => {
  test("is nothing that would be decided again as it was", () => {
    threeSessions.forEach((on) => member.decide(claim(`on ${on}`, on)));
    member.bills("A1", "64483 + 64480 + 99213");
    member.decide(loaded("H1", "2025-05-13", { lines: lines("62321") }));
    expect(member.workList()).toEqual([]);
  });

  test("is a denied claim that a void has made room for, as more payable", () => {
    [...threeSessions, "2025-04-07"].forEach((on) => member.decide(claim(`on ${on}`, on)));
    member.bills("A1", "62323");
    member.voids("V1", "on 2025-02-10", "2025-02-10");
    expect(member.workList()).toEqual(["D5 MORE_PAYABLE by D6 APPROVED 1"]);
  });

  test("is one that a recoupment has made room for", () => {
    const [first] = [...threeSessions, "2025-04-07"].map((on) => member.decide(claim(`on ${on}`, on)));
    member.bills("A1", "62323");
    member.review(first, 0);
    expect(member.workList()).toEqual(["D5 MORE_PAYABLE by D6 APPROVED 1"]);
  });

  test("is an add-on whose first level was voided, as less payable", () => {
    member.bills("A1", "64483");
    member.bills("A2", "64484");
    member.voids("V1", "A1");
    expect(member.workList()).toEqual(["D2 LESS_PAYABLE by D3 DENIED 0"]);
  });

  test("is a claim whose disposition alone would be another, as changed", () => {
    member.decide(loaded("H1", date, surgeryCenter));
    expect(member.bills("A1", "62321").disposition).toBe("PENDED");
    member.decide(loaded("H2", date));
    expect(member.workList()).toEqual(["D2 CHANGED by D3 DENIED 0"]);
  });

  test("is a claim of which one line would gain and another lose, as changed", () => {
    member.bills("A1", "64483");
    expect(member.bills("A2", "64484 + 62321").lines.map(({ unitsAllowed }) => unitsAllowed)).toEqual([1, 0]);
    member.voids("V1", "A1");
    expect(member.workList()).toEqual(["D2 CHANGED by D3 PARTIAL 0 1"]);
  });

  test("is a reduced line that would be reduced to other units", () => {
    const policy = policyOfFourLevels();
    member.decide(claim("A1", date, { lines: lines("64483") }), { policy });
    member.decide(claim("A2", date, { lines: lines("64484-59") }), { policy });
    const reduced = member.decide(claim("A3", date, { lines: lines("64484 x4") }), { policy });
    expect(reduced.lines[0]).toMatchObject({ disposition: "REDUCED", unitsAllowed: 2 });
    member.voids("V1", "A2");
    expect(member.workList()).toEqual(["D3 MORE_PAYABLE by D4 PARTIAL 3"]);
  });

  test("are all claims of a window that an import overfills, for each could be the one too many", () => {
    [...threeSessions, "2025-04-07"].forEach((on) => member.decide(claim(`on ${on}`, on)));
    member.decide(loaded("H1", date));
    expect(member.workList()).toEqual(
      ["D1", "D2", "D3", "D4"].map((id) => `${id} LESS_PAYABLE by D5 DENIED 0`),
    );
  });

  test("are adjudications alone: no import, no review and no void", () => {
    [...threeSessions, "2025-04-07"].forEach((on) => member.decide(loaded(`on ${on}`, on)));
    member.review(member.decide(claim("A1", "2026-05-11")), 1);
    member.decide(loaded("H1", date));
    member.voids("V1", "H1");
    member.decide(loaded("H2", "2025-05-13"));
    expect(member.workList()).toEqual([]);
  });

  test("are claims in the order in which they were decided", () => {
    member.bills("A1", "64483");
    member.bills("A2", "64484");
    member.bills("A3", "64480", { renderingProviderNpi: "1000000004" });
    member.bills("A4", "64484", { renderingProviderNpi: "1000000004" });
    member.voids("V1", "A1");
    member.bills("A5", "64483", { renderingProviderNpi: "1000000004" });
    expect(member.workList()).toEqual(["D2 LESS_PAYABLE by D5 DENIED 0", "D4 MORE_PAYABLE by D6 APPROVED 1"]);
  });
});

/** The policy where the state of the claims allows four transforaminal levels. */
function policyOfFourLevels(): Policy {
  const exceptions = new DeclaredExceptions();
  exceptions.declare({ value: 4 });
  return policyWith(exceptions.register);
}

describe("a claim is judged again", () => {
  test("under the exceptions that it was decided under, not under those of another day", () => {
    const asked = claim("A1", date, { lines: lines("64483", "64484 x3") });
    expect(member.decide(asked, { policy: policyOfFourLevels() }).disposition).toBe("APPROVED");
    const another = { ...asked, claimNumber: "A2", renderingProviderNpi: "1000000004" };
    expect(member.decide(another).disposition).toBe("PARTIAL");
    expect(member.workList()).toEqual([]);
  });

  test("under the policy version that it names", () => {
    const [version] = molinaEsiVersions;
    const later = { ...version, id: "later", parameters: { ...version.parameters, transforaminalLevels: 4 } };
    member.bills("A1", "64483 + 64484 x3");
    expect(readjudicationCandidates(member.stream, [later, version])).toEqual([]);
    expect(() => readjudicationCandidates(member.stream, [later])).toThrow("molina-esi@2021-12-12");
  });

  test("from the record as it was read back", () => {
    member.bills("A1", "64483");
    member.bills("A2", "64484");
    member.voids("V1", "A1");
    const readBack: Decision[] = JSON.parse(JSON.stringify(member.stream));
    const [candidate] = readjudicationCandidates(readBack, molinaEsiVersions);
    expect([candidate.decision, candidate.causedBy]).toEqual([readBack[1], readBack[2]]);
  });
});

describe("the cause of a candidate", () => {
  const open = () => {
    member.bills("A1", "64483-53");
    member.bills("A2", "64484");
    return member.review(member.stream[0], 1);
  };

  test("is the decision that first made the difference, whatever comes later", () => {
    open();
    member.decide(loaded("H1", "2024-01-08"));
    member.decide(claim("A3", "2025-05-13", { lines: lines("62321") }));
    expect(member.workList()).toEqual(["D2 MORE_PAYABLE by D3 APPROVED 1"]);
  });

  test("is the later one where it had closed in between", () => {
    const released = open();
    const recouped = member.review(released, 0);
    expect(member.workList()).toEqual([]);
    member.review(recouped, 1);
    member.decide(loaded("H1", "2024-01-08"));
    expect(member.workList()).toEqual(["D2 MORE_PAYABLE by D5 APPROVED 1"]);
  });

  test("stays where the difference becomes another, as long as there is one", () => {
    [...threeSessions, "2025-04-07"].forEach((on) => member.decide(claim(`on ${on}`, on)));
    member.decide(loaded("H1", date));
    member.decide(loaded("H2", "2025-05-19"));
    member.voids("V1", "H1");
    expect(member.workList()).toHaveLength(4);
    expect(member.workList()[0]).toBe("D1 LESS_PAYABLE by D5 DENIED 0");
  });
});

describe("a candidate closes", () => {
  beforeEach(() => {
    member.bills("A1", "64483");
    member.bills("A2", "64484");
    member.voids("V1", "A1");
    expect(member.workList()).toHaveLength(1);
  });

  test("when it would no longer be decided otherwise", () => {
    member.bills("A3", "64483-RT");
    expect(member.workList()).toEqual([]);
  });

  test("when it is replaced", () => {
    member.bills("A3", "64484", { frequency: "REPLACEMENT", originalClaimNumber: "A2" });
    expect(member.workList()).toEqual([]);
  });

  test("when it is voided", () => {
    member.voids("V2", "A2");
    expect(member.workList()).toEqual([]);
  });

  test("when it is reviewed, also to the same end", () => {
    member.review(member.stream[1], 1);
    expect(member.workList()).toEqual([]);
  });
});
