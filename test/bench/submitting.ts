import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { migrate } from "../../src/store/migrate";
import { openDatabase } from "../../src/store/openDatabase";
import { createEmpty, databaseUrl } from "../cluster/database";
import { guardedFolder } from "../cluster/guard";
import { BuiltService, startBuiltService } from "./builtService";
import { Floor, measureBatchFloor, measureFloor } from "./floor";
import { httpLoad, Load } from "./httpLoad";
import { perSecond, Row } from "./table";

const port = 4_918;
const secondsOfWarmingUp = 5;
const rounds = 5;
const [batch, batchConnections] = [100, 4];
const secondsOfRound = 3;

/**
 * Submissions over HTTP at 1 and 16 connections, each for a new member, beside the two statements alone; and batches of them,
 * beside the insert alone. Load and floor take turns, so that a machine whose speed varies is as slow for the one as for the other; the median round is told.
 */
export async function measureSubmitting(): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  try {
    const service = await startBuiltService(folder.path, port);
    const database = await startEmbeddedPostgres({ dataFolder: folder.path });
    try {
      const sides = { service, folder: folder.path, floorUrl: await databaseOfFloor(database.url) };
      await measureLoad(service, 16, secondsOfWarmingUp);
      return [await measureAt(1, sides), await measureAt(16, sides), await measureBatches(sides)];
    } finally {
      await service.close();
      await database.stop();
    }
  } finally {
    await folder.remove();
  }
}

/** What is measured, and the database of the floor. */
interface Sides {
  readonly service: BuiltService;
  readonly floorUrl: string;
  /** Where the floor may write a file. */
  readonly folder: string;
}

async function measureAt(connections: number, { service, floorUrl, folder }: Sides): Promise<Row> {
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = await measureFloor(floorUrl, folder, connections, secondsOfRound);
    turns.push({ floor, load: await measureLoad(service, connections, secondsOfRound) });
  }
  return rowOf(`submitting over HTTP, ${connections} connection${connections === 1 ? "" : "s"}`, turns, {
    aim: connections === 16 ? "ratio ≥ 0.6, p99 ≤ 25 ms" : "–",
  });
}

async function measureBatches({ service, floorUrl }: Sides): Promise<Row> {
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = await measureBatchFloor(floorUrl, batchConnections, batch, secondsOfRound);
    turns.push({ floor, load: await measureBatchLoad(service) });
  }
  const what = `submitting over HTTP in batches of ${batch}, ${batchConnections} connections, decisions`;
  return rowOf(what, turns, { aim: "≥ 8,000/s, ratio ≥ 0.5", each: batch });
}

/** A database of its own on the same server: nobody seals what the floor stores, and the service has no more rows. */
async function databaseOfFloor(url: string): Promise<string> {
  await createEmpty(url, "floor");
  const floorUrl = databaseUrl(url, "floor");
  const database = await openDatabase(floorUrl);
  await migrate(database).finally(() => database.destroy());
  return floorUrl;
}

interface Turn {
  readonly floor: Floor;
  readonly load: Load;
}

function rowOf(
  what: string,
  turns: readonly Turn[],
  { aim, each = 1 }: { readonly aim: string; readonly each?: number },
): Row {
  const ratioOf = ({ floor, load }: Turn) => (load.count * each) / load.seconds / floor.perSecond;
  const byRatio = [...turns].sort((one, other) => ratioOf(one) - ratioOf(other));
  const median = byRatio[Math.floor(byRatio.length / 2)];
  const { floor, load } = median;
  const range = `${ratioOf(byRatio[0]).toFixed(2)} to ${ratioOf(byRatio[byRatio.length - 1]).toFixed(2)}`;
  const rate = perSecond(load.count * each, load.seconds);
  return {
    what: `${what} (ratios ${range})`,
    measured: `${rate}, p50 ${load.p50.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms`,
    floor: `${perSecond(floor.perSecond, 1)} by ${floor.by}`,
    ratio: ratioOf(median),
    aim,
  };
}

const answerShown = `decision { id disposition explanation lines { lineNumber disposition unitsAllowed } }
    userErrors { code field message }`;

const query = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) {
    ${answerShown}
  }
}`;

const batchQuery = `mutation SubmitMany($inputs: [SubmitClaimSessionInput!]!) {
  submitClaimSessions(inputs: $inputs) {
    ${answerShown}
  }
}`;

let loads = 0;

async function measureLoad(service: BuiltService, connections: number, seconds: number) {
  loads += 1;
  const token = service.token("claims:submit");
  return httpLoad(service.address, token, connections, seconds, (place) => bodyFor(`L${loads}-${place}`));
}

async function measureBatchLoad(service: BuiltService): Promise<Load> {
  loads += 1;
  const token = service.token("claims:submit");
  const bodyOf = (place: number): string => {
    const inputs = Array.from({ length: batch }, (_, nth) => inputFor(`L${loads}-${place}-${nth}`));
    return JSON.stringify({ query: batchQuery, variables: { inputs } });
  };
  return httpLoad(service.address, token, batchConnections, secondsOfRound, bodyOf);
}

/** A submission for a member. */
export function bodyFor(memberId: string): string {
  return JSON.stringify({ query, variables: { input: inputFor(memberId) } });
}

function inputFor(memberId: string): object {
  const session = {
    memberId,
    claimNumber: "CLAIM-1",
    claimType: "PROFESSIONAL",
    lineOfBusiness: "MEDICAID",
    dateOfService: "2025-03-10",
    stateOfService: "TX",
    placeOfService: "11",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    lines: [
      {
        lineNumber: 1,
        procedureCode: "62323",
        units: 1,
        chargeAmount: "1250.00",
        diagnosisCodes: ["M54.16"],
      },
    ],
  };
  return { idempotencyKey: "key-1", session };
}
