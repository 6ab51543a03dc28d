import { readjudicationCandidates } from "../../src/adjudication/readjudication";
import { ClaimSession } from "../../src/claim/claimSession";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, lines, MemberOnFile } from "./memberOnFile";

/** The day of the claims of `MemberWithWorkList`. */
export const date = "2025-05-12";

/** A member whose work list is read as text. */
export class MemberWithWorkList extends MemberOnFile {
  /** Each candidate as `D2 MORE_PAYABLE by D5 APPROVED 1`: the last are the units that lines would have. */
  workList(): string[] {
    return readjudicationCandidates(this.stream, molinaEsiVersions).map(
      ({ decision, direction, causedBy, wouldBe }) => {
        const units = wouldBe.lines.map(({ unitsAllowed }) => unitsAllowed).join(" ");
        return `${decision.id} ${direction} by ${causedBy.id} ${wouldBe.disposition} ${units}`;
      },
    );
  }

  /** The decision on a claim of the day for lines written as `64483 + 64484-RT x2`. */
  bills(claimNumber: string, billed: string, about: Partial<ClaimSession> = {}): Decision {
    return this.decide(claim(claimNumber, date, { lines: lines(...billed.split(" + ")), ...about }));
  }

  voids(claimNumber: string, originalClaimNumber: string, on = date): Decision {
    return this.decide(claim(claimNumber, on, { frequency: "VOID", originalClaimNumber, lines: [] }));
  }
}
