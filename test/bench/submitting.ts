import { startEmbeddedPostgres } from "../../src/embedded/startEmbeddedPostgres";
import { guardedFolder } from "../cluster/guard";
import { BuiltService, startBuiltService } from "./builtService";
import { measureFloor } from "./floor";
import { httpLoad } from "./httpLoad";
import { perSecond, Row } from "./table";

const port = 4_918;
const secondsOfWarmingUp = 3;
const secondsOfLoad = 10;

/** Submissions over HTTP at 1 and 16 connections, each for a new member, beside the two statements alone. */
export async function measureSubmitting(): Promise<Row[]> {
  const folder = await guardedFolder("/tmp");
  try {
    const service = await startBuiltService(folder.path, port);
    const database = await startEmbeddedPostgres({ dataFolder: folder.path });
    try {
      await measureLoad(service, 16, secondsOfWarmingUp);
      const rows: Row[] = [];
      for (const connections of [1, 16]) {
        const floor = await measureFloor(database.url, folder.path, connections, secondsOfLoad);
        const { count, seconds, p50, p99 } = await measureLoad(service, connections, secondsOfLoad);
        const latency = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
        rows.push({
          what: `submitting over HTTP, ${connections} connection${connections === 1 ? "" : "s"}`,
          measured: `${perSecond(count, seconds)}, ${latency}`,
          floor: `${perSecond(floor.perSecond, 1)} by ${floor.by}`,
          ratio: count / seconds / floor.perSecond,
          aim: connections === 16 ? "ratio ≥ 0.6, p99 ≤ 25 ms" : "–",
        });
      }
      return rows;
    } finally {
      await service.close();
      await database.stop();
    }
  } finally {
    await folder.remove();
  }
}

const query = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) {
    decision { id disposition explanation lines { lineNumber disposition unitsAllowed } }
    userErrors { code field message }
  }
}`;

let loads = 0;

async function measureLoad(service: BuiltService, connections: number, seconds: number) {
  loads += 1;
  const token = service.token("claims:submit");
  return httpLoad(service.address, token, connections, seconds, (place) => bodyFor(`L${loads}-${place}`));
}

function bodyFor(memberId: string): string {
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
  return JSON.stringify({ query, variables: { input: { idempotencyKey: "key-1", session } } });
}
