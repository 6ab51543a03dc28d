import { spinalRegions } from "../claim/claimSession";
import { PlainDate } from "../claim/plainDate";
import { onFile } from "../member/onFile";
import { effectiveDecisions } from "../member/stream";
import { inForce } from "../policy/dated";
import { explainedBy, explainedColumns } from "./explained";
import { inOne, isAskedAbout, question } from "./question";

/** Two stand for more than the parameter of the policy version in force on the day. */
export const twoRegions = question({
  name: "two-regions",
  sentence:
    "On which dates of service does a member have counted sessions in two spinal regions: in more than the " +
    "policy by itself allows?",
  columns: ["memberId", "dateOfService", "limit", "regions", "decisionIds", ...explainedColumns],
  rows: (asked) => {
    const effective = effectiveDecisions(asked.stream);
    const file = onFile(effective);
    return daysOf(effective.map(({ session }) => session.dateOfService)).flatMap((dateOfService) => {
      const version = inForce(asked.versions, dateOfService);
      if (!version || !isAskedAbout(dateOfService, asked)) return [];
      const all = file.sessions(version.procedures);
      const ofDay = spinalRegions.flatMap((region) =>
        all[region].filter((session) => session.dateOfService === dateOfService),
      );
      const { regionsPerSession: limit } = version.parameters;
      if (ofDay.length <= limit) return [];
      const ids = new Set(ofDay.flatMap(({ decisionIds }) => decisionIds));
      return {
        memberId: effective[0].memberId,
        dateOfService,
        limit,
        regions: inOne(ofDay.map(({ region }) => region)),
        decisionIds: inOne(ids),
        ...explainedBy(effective.filter(({ id }) => ids.has(id))),
      };
    });
  },
});

function daysOf(dates: readonly PlainDate[]): PlainDate[] {
  return [...new Set(dates)].sort();
}
