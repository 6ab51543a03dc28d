import "reflect-metadata";
import { Request } from "../../src/adjudication/request";
import { decideAndStore } from "../../src/cases/decideAndStore";
import { serviceOn } from "../cases/testService";
import { populationOf } from "./population";
import { randomFrom } from "./random";

/** A process of its own that fills a part of a store: url, name of the part, decisions, members. */
const [url, name, decisions, members] = process.argv.slice(2);

const batch = 100;
const batchesAtOnce = 2;

async function fill(): Promise<void> {
  const wanted = Number(decisions);
  const service = await serviceOn(url);
  const population = populationOf(name, Number(members), randomFrom(name));
  let asked = 0;
  let stored = 0;
  async function fillLane(): Promise<void> {
    while (stored < wanted) {
      const requests: Request[] = [];
      while (requests.length < batch) requests.push(...population.arriving(Math.min(asked / wanted, 1)));
      asked += requests.length;
      for (const ruling of await decideAndStore(requests, service)) {
        if (ruling.kind !== "decided") continue;
        stored += 1;
        population.remember(ruling.decision);
      }
      process.send?.(stored);
    }
  }
  await Promise.all(Array.from({ length: batchesAtOnce }, fillLane));
  await service.close();
}

void fill().then(
  () => process.disconnect?.(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
