import type {
  ClaimLineInput,
  ClaimSessionInput,
  Decision,
  HistoricalSessionInput,
  RuleOutcome,
} from "./contract";
import { ReferenceModel } from "./referenceModel";

/* Short ways to put a member M before the model, for the tests of points that no vector shows. */

const CLAIM = {
  memberId: "M",
  claimType: "PROFESSIONAL",
  lineOfBusiness: "MEDICAID",
  stateOfService: "TX",
  placeOfService: "11",
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
  dateOfService: "2025-05-12",
} as const;

export const SURGERY_CENTRE = {
  claimType: "FACILITY",
  placeOfService: "24",
  billingProviderNpi: "1900000005",
  renderingProviderNpi: null,
} as const;
export const HOSPITAL = { ...SURGERY_CENTRE, placeOfService: "22" } as const;
export const COLLEAGUE = { renderingProviderNpi: "1000000004" } as const;

/** Lines of one unit, each written as its code and modifiers: "64483-RT-59". */
export function lines(...texts: string[]): ClaimLineInput[] {
  return texts.map((text, place) => {
    const [procedureCode = "", ...modifiers] = text.split("-");
    return { lineNumber: place + 1, procedureCode, modifiers, units: 1 };
  });
}

export function outcome(decision: Decision, lineNumber: number, ruleId: string): RuleOutcome | undefined {
  return decision.lines
    .find((line) => line.lineNumber === lineNumber)
    ?.findings.find((finding) => finding.ruleId === ruleId)?.outcome;
}

let count = 0;
const fresh = (purpose: string): string => `${purpose}${(count += 1)}`;

export const claim = (given: Partial<ClaimSessionInput>): ClaimSessionInput => ({
  ...CLAIM,
  claimNumber: fresh("C"),
  lines: lines("62323"),
  ...given,
});

/** The code, path and decision of each refusal of a claim. */
export function refusedWith(model: ReferenceModel, given: Partial<ClaimSessionInput>): (string | null)[][] {
  const { userErrors } = model.submit({ idempotencyKey: fresh("key"), session: claim(given) });
  return userErrors.map(({ code, field, decisionId }) => [code, field.join("."), decisionId]);
}

/** The decision on a claim by a practitioner for one lumbar injection, but for what is given. */
export function made(model: ReferenceModel, given: Partial<ClaimSessionInput> = {}): Decision {
  const { decision, userErrors } = model.submit({ idempotencyKey: fresh("key"), session: claim(given) });
  if (decision === null) throw new Error(JSON.stringify(userErrors));
  return decision;
}

/** The decision on one imported session. */
export function imported(
  model: ReferenceModel,
  dateOfService: string,
  given: Partial<HistoricalSessionInput> = {},
): Decision {
  const { memberId, claimType, billingProviderNpi, renderingProviderNpi } = CLAIM;
  const [answer] = model.importSessions([
    {
      idempotencyKey: fresh("key"),
      memberId,
      claimNumber: fresh("H"),
      claimType,
      dateOfService,
      billingProviderNpi,
      renderingProviderNpi,
      sourceSystem: "LEGACY",
      lines: lines("62323"),
      ...given,
    },
  ]);
  if (answer === undefined || answer.decision === null) throw new Error(JSON.stringify(answer));
  return answer.decision;
}

export function reviewed(model: ReferenceModel, decision: Decision, ...unitsAllowed: number[]): Decision {
  const answer = model.review({
    idempotencyKey: fresh("key"),
    memberId: decision.memberId,
    decisionId: decision.id,
    reason: "r",
    documentReference: "d",
    lines: unitsAllowed.map((units, place) => ({ lineNumber: place + 1, unitsAllowed: units })),
  });
  if (answer.decision === null) throw new Error(JSON.stringify(answer.userErrors));
  return answer.decision;
}

/** Which decision would change, in which direction, because of which: by member sequence. */
export function workList(model: ReferenceModel): (number | string)[][] {
  return model
    .candidates("M")
    .map(({ decision, direction, causedBy }) => [
      decision.memberSequence,
      direction,
      causedBy.memberSequence,
    ]);
}
