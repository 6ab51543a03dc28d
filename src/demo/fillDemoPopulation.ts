import { Ruling } from "../adjudication/decide";
import { Request } from "../adjudication/request";
import { decideAndStore } from "../cases/decideAndStore";
import { declarePolicyException } from "../cases/declarePolicyException";
import { Service } from "../cases/service";
import { hasDecisions } from "../store/decisions";
import { DemoMember } from "./demoMember";
import { demoException, demoPopulation } from "./demoPopulation";

/** Whose decisions the demo population's are. */
export const demoClientId = "demo";

/**
 * Lets the demo members' claims be decided, if the database holds no decision at all; says whether it did.
 * The claims are stored by one statement, all or none; keys make it harmless when several processes do so at
 * once.
 */
export async function fillDemoPopulation(service: Service): Promise<boolean> {
  if (await hasDecisions(service.database)) return false;
  await declarePolicyException(demoException, demoClientId, service);
  const requests = demoPopulation.flatMap(requestsOf);
  const rulings = await decideAndStore(requests, service);
  refuseRefusals(rulings);
  refuseRefusals(await decideAndStore(demoPopulation.flatMap(reviewIn(rulings)), service));
  return true;
}

function requestsOf({ steps }: DemoMember): Request[] {
  return steps.map((step) => {
    return { ...step, idempotencyKey: `demo-${step.session.claimNumber}`, clientId: demoClientId };
  });
}

/** The review of a member's last decision, where the member has one. */
function reviewIn(rulings: readonly Ruling[]) {
  return ({ memberId, review }: DemoMember): Request[] => {
    const decisions = rulings.flatMap((ruling) => ("decision" in ruling ? ruling.decision : []));
    const last = decisions.findLast((decision) => decision.memberId === memberId);
    if (!review || !last) return [];
    const { unitsAllowed, reason, documentReference } = review;
    return [
      {
        ...{ kind: "review", clientId: demoClientId, idempotencyKey: "demo-review", reviewer: demoClientId },
        review: {
          ...{ memberId, decisionId: last.id, reason, documentReference },
          lines: [{ lineNumber: 1, unitsAllowed }],
        },
      },
    ];
  };
}

function refuseRefusals(rulings: readonly Ruling[]): void {
  const codes = rulings.flatMap((ruling) =>
    ruling.kind === "refused" ? ruling.refusals.map(({ code }) => code) : [],
  );
  if (codes.length > 0) throw new Error(`the demo population was refused: ${codes.join(", ")}`);
}
