import { SpinalRegion } from "../claim/claimSession";
import { Decision } from "../member/decision";
import { MemberStream } from "../member/stream";
import { Asked, inOne, isAskedAbout, question } from "./question";

/** Reading I-09: such a claim is judged by the windows that end on the later sessions too. */
export const outOfOrder = question({
  name: "out-of-order",
  sentence:
    "Which decisions were made out of date-of-service order: after a decision, effective then, of a later " +
    "date of service of the member and region?",
  columns: [
    ...(["memberId", "decisionId", "kind", "disposition", "region", "dateOfService", "decidedAt"] as const),
    ...(["laterDatesOfService", "laterDecisionIds"] as const),
  ],
  rows: (asked) => {
    const effective = new Map<number, Decision>();
    return asked.stream.flatMap((decision) => {
      const superseded = supersededBy(decision, asked.stream);
      if (superseded) effective.delete(superseded.memberSequence);
      const rows = rowsOf(decision, superseded, [...effective.values()], asked);
      effective.set(decision.memberSequence, decision);
      return rows;
    });
  },
});

function rowsOf(
  decision: Decision,
  superseded: Decision | undefined,
  effective: readonly Decision[],
  asked: Asked,
) {
  const { dateOfService } = decision.session;
  if (!isAskedAbout(dateOfService, asked)) return [];
  const later = effective.filter(({ session }) => session.dateOfService > dateOfService);
  return newRegions(decision, superseded).flatMap((region) => {
    const inRegion = later
      .filter((other) => regionsOf(other).has(region))
      .sort((one, other) => (one.session.dateOfService < other.session.dateOfService ? -1 : 1));
    if (inRegion.length === 0) return [];
    return {
      memberId: decision.memberId,
      decisionId: decision.id,
      kind: decision.kind,
      disposition: decision.disposition,
      region,
      dateOfService,
      decidedAt: decision.decidedAt,
      laterDatesOfService: inOne(new Set(inRegion.map(({ session }) => session.dateOfService))),
      laterDecisionIds: inOne(inRegion.map(({ id }) => id)),
    };
  });
}

function supersededBy({ supersedes }: Decision, stream: MemberStream): Decision | undefined {
  return supersedes && stream.find(({ memberSequence }) => memberSequence === supersedes.memberSequence);
}

/** A review or correction of the same day and region comes in the place of what it supersedes. */
function newRegions(decision: Decision, superseded: Decision | undefined): SpinalRegion[] {
  const isOfSameDay = superseded?.session.dateOfService === decision.session.dateOfService;
  const known = superseded && isOfSameDay ? regionsOf(superseded) : new Set();
  return [...regionsOf(decision)].filter((region) => !known.has(region));
}

function regionsOf({ lines }: Decision): Set<SpinalRegion> {
  return new Set(lines.flatMap(({ region }) => region ?? []));
}
