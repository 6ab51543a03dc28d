import { decideAndStore } from "../cases/decideAndStore";
import { Service } from "../cases/service";
import { hasDecisions } from "../store/decisions";
import { DemoStep, demoPopulation } from "./demoPopulation";

/** Whose decisions the demo population's are. */
export const demoClientId = "demo";

/**
 * Lets the demo members' claims be decided, if the database holds no decision at all; says whether it did.
 * They are stored by one statement, all or none, and their keys make it harmless when several processes do so
 * at once.
 */
export async function fillDemoPopulation(service: Service): Promise<boolean> {
  if (await hasDecisions(service.database)) return false;
  const requests = demoPopulation.flatMap(({ steps }) => steps.map(requestOf));
  const rulings = await decideAndStore(requests, service);
  const refused = rulings.flatMap((ruling) => (ruling.kind === "refused" ? ruling.refusal.code : []));
  if (refused.length > 0) throw new Error(`the demo population was refused: ${refused.join(", ")}`);
  return true;
}

function requestOf(step: DemoStep) {
  const idempotencyKey = `demo-${step.session.claimNumber}`;
  return { ...step, idempotencyKey, clientId: demoClientId };
}
