import { performerOf, SpinalRegion } from "../claim/claimSession";
import { Rule } from "../policy/rule";
import { levels } from "../policy/rules/levels";
import { units } from "../policy/rules/units";
import { explainedBy, explainedColumns } from "./explained";
import { inOne, question } from "./question";
import { AllowedLine, StreamOfDay, streamsOfDays, takenBy } from "./streamsOfDays";

/** Two and one stand for the parameters of the policy version in force on the day; its rules count. */
export const excessLevels = question({
  name: "excess-levels",
  sentence:
    "In which sessions does one performer have more allowed than two transforaminal levels (ESI-LEVELS), " +
    "or than one interlaminar unit or each side of a level once (ESI-UNITS): more than the policy by " +
    "itself allows?",
  columns: [
    ...(["memberId", "dateOfService", "claimType", "performer", "region", "ruleId"] as const),
    ...(["unitsInExcess", "linesAllowed", "decisionIds"] as const),
    ...explainedColumns,
  ],
  rows: (asked) =>
    streamsOfDays(asked).flatMap((day) => [levels, units].flatMap((rule) => rowsOf(rule, day))),
});

function rowsOf(rule: Rule, day: StreamOfDay) {
  const taken = takenBy(rule, day);
  const regions = new Set(taken.map(({ line }) => line.procedure.region));
  return [...regions].map((region) => {
    const inExcess = taken.filter(({ line }) => line.procedure.region === region);
    const approaches = new Set(inExcess.map(({ line }) => line.procedure.approach));
    const lines = linesIn(region, day).filter(({ procedure }) => approaches.has(procedure.approach));
    const decisions = [...new Set(lines.map(({ decision }) => decision))];
    return {
      memberId: decisions[0].memberId,
      dateOfService: day.dateOfService,
      claimType: day.session.claimType,
      performer: performerOf(day.session) ?? null,
      region,
      ruleId: rule.id,
      unitsInExcess: inExcess.reduce((sum, { unitsTaken }) => sum + unitsTaken, 0),
      linesAllowed: lines.map(lineText).join(", "),
      decisionIds: inOne(decisions.map(({ id }) => id)),
      ...explainedBy(decisions),
    };
  });
}

function linesIn(region: SpinalRegion, { lines }: StreamOfDay): AllowedLine[] {
  return lines.filter(({ procedure }) => procedure.region === region);
}

/** Such as `64483-50 x1`: code and modifiers as billed, and the units allowed. */
function lineText({ procedureCode, modifiers, unitsStanding }: AllowedLine): string {
  return `${[procedureCode, ...modifiers].join("-")} x${unitsStanding}`;
}
