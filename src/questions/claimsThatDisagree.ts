import { ClaimType, SpinalRegion, spinalRegions } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { Decision } from "../member/decision";
import { effectiveDecisions } from "../member/stream";
import { inOne, isAskedAbout, question } from "./question";

/** What became of a region on the claims of one type; of several claims the one that was allowed most. */
type BecameOf = "ALLOWED" | "REDUCED" | "PENDED" | "DENIED" | "NOT_BILLED";

export const claimsThatDisagree = question({
  name: "claims-that-disagree",
  sentence:
    "In which sessions was the practitioner's claim decided differently from the facility's: not both " +
    "allowed, reduced, pended or denied, or one of them allowed or pended in a region that the other does " +
    "not bill?",
  columns: [
    ...(["memberId", "dateOfService", "region", "professional", "facility"] as const),
    ...(["professionalDecisionIds", "facilityDecisionIds"] as const),
  ],
  rows: (asked) => {
    const governed = effectiveDecisions(asked.stream).filter(({ lines }) =>
      lines.some(({ region }) => region),
    );
    const days = [...new Set(governed.map(({ session }) => session.dateOfService))].sort();
    return days.filter((day) => isAskedAbout(day, asked)).flatMap((day) => rowsOfDay(day, governed));
  },
});

function rowsOfDay(dateOfService: PlainDate, governed: readonly Decision[]) {
  const ofType = (claimType: ClaimType) =>
    governed.filter(
      ({ session }) => session.dateOfService === dateOfService && session.claimType === claimType,
    );
  const [professionals, facilities] = [ofType("PROFESSIONAL"), ofType("FACILITY")];
  if (professionals.length === 0 || facilities.length === 0) return [];
  return spinalRegions.flatMap((region) => {
    const [professional, facility] = [becameOf(professionals, region), becameOf(facilities, region)];
    if (!disagree(professional, facility)) return [];
    return {
      memberId: professionals[0].memberId,
      ...{ dateOfService, region, professional, facility },
      professionalDecisionIds: inOne(professionals.map(({ id }) => id)),
      facilityDecisionIds: inOne(facilities.map(({ id }) => id)),
    };
  });
}

/** Where one claim alone bills a region and is denied there, nothing was decided differently. */
function disagree(one: BecameOf, other: BecameOf): boolean {
  const words = [one, other];
  return one !== other && !(words.includes("DENIED") && words.includes("NOT_BILLED"));
}

const best: readonly BecameOf[] = ["ALLOWED", "REDUCED", "PENDED", "DENIED"];

/** A claim that was denied and billed anew, or billed twice, does not disagree with itself. */
function becameOf(decisions: readonly Decision[], region: SpinalRegion): BecameOf {
  const each = decisions.map((decision) => becameOfOne(decision, region));
  return best.find((word) => each.includes(word)) ?? "NOT_BILLED";
}

function becameOfOne({ lines }: Decision, region: SpinalRegion): BecameOf {
  const inRegion = lines.filter((line) => line.region === region);
  if (inRegion.length === 0) return "NOT_BILLED";
  if (inRegion.every(({ disposition }) => disposition === "ALLOWED")) return "ALLOWED";
  if (inRegion.some(({ unitsAllowed }) => unitsAllowed > 0)) return "REDUCED";
  return inRegion.some(({ disposition }) => disposition === "PENDED") ? "PENDED" : "DENIED";
}
