import { performerOf } from "../claim/claimSession";
import { addOnWithoutPrimary } from "../policy/rules/addOn";
import { explainedBy, explainedColumns } from "./explained";
import { question } from "./question";
import { streamsOfDays, takenBy } from "./streamsOfDays";

export const addOnsWithoutPrimary = question({
  name: "add-ons-without-primary",
  sentence:
    "Which add-on codes have allowed units where no unit of the first level of their kind is allowed for " +
    "the same performer on that day?",
  columns: [
    ...(["memberId", "dateOfService", "claimType", "performer", "decisionId", "lineNumber"] as const),
    ...(["procedureCode", "unitsAllowed", "primaryCode"] as const),
    ...explainedColumns,
  ],
  rows: (asked) =>
    streamsOfDays(asked).flatMap((day) =>
      takenBy(addOnWithoutPrimary, day).map(({ line, unitsTaken }) => ({
        memberId: line.decision.memberId,
        dateOfService: day.dateOfService,
        claimType: day.session.claimType,
        performer: performerOf(day.session) ?? null,
        decisionId: line.decision.id,
        lineNumber: line.lineNumber,
        procedureCode: line.procedureCode,
        unitsAllowed: unitsTaken,
        primaryCode: line.procedure.addOnTo ?? null,
        ...explainedBy([line.decision]),
      })),
    ),
});
