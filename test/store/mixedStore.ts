import { decideAndStore } from "../../src/cases/decideAndStore";
import { Service } from "../../src/cases/service";
import { Decision } from "../../src/member/decision";
import { populationOf } from "../bench/population";
import { randomFrom } from "../bench/random";

/** Lets a small population's claims of all kinds be decided, many in one millisecond; answers what was. */
export async function fillMixed(service: Service, requests: number, members = 30): Promise<Decision[]> {
  const population = populationOf("T", members, randomFrom("mixed"));
  const decisions: Decision[] = [];
  for (let asked = 0; asked < requests; ) {
    const batch = Array.from({ length: 20 }, () => population.arriving(asked / requests)).flat();
    asked += batch.length;
    for (const ruling of await decideAndStore(batch, service)) {
      if (ruling.kind !== "decided") continue;
      decisions.push(ruling.decision);
      population.remember(ruling.decision);
    }
  }
  return decisions;
}
