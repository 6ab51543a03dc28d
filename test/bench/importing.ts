import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { daysAfter, plainDate } from "../../src/claim/plainDate";
import { migrate } from "../../src/store/migrate";
import { openDatabase } from "../../src/store/openDatabase";
import { guardedFolder } from "../cluster/guard";
import { runBuilt, Used } from "./builtCommand";
import { benchCluster } from "./cluster";
import { randomFrom } from "./random";
import { perSecond, Row } from "./table";

const sessions = 303_408;
const sessionsOfMember = 5;
const firstDay = plainDate("2019-01-01");
const days = 1_500;

/** The built command import on a file of sessions in no order, and on one of a tenth of the length. */
export async function measureImport(): Promise<Row[]> {
  const cluster = await benchCluster();
  const folder = await guardedFolder("/tmp");
  const load = async (name: string, count: number): Promise<Used> => {
    const file = join(folder.path, name);
    await pipeline(Readable.from(linesOf(name, count)), createWriteStream(file));
    return runBuilt(["import", file, "--client", "bench"], cluster.url);
  };
  try {
    const database = await openDatabase(cluster.url);
    await migrate(database).finally(() => database.destroy());
    const tenth = await load("tenth", sessions / 10);
    const whole = await load("whole", sessions);
    return [rowOf(whole), memoryRow(tenth, whole)];
  } finally {
    await folder.remove();
    await cluster.close();
  }
}

function rowOf({ seconds, processorSeconds }: Used): Row {
  const each = Math.round((processorSeconds * 1e6) / sessions);
  return {
    what: `importing ${sessions.toLocaleString("en-US")} sessions from a file`,
    measured: `${seconds.toFixed(1)} s, ${perSecond(sessions, seconds)}, ${each} µs of processor time each`,
    aim: "≤ 60 s",
  };
}

function memoryRow(tenth: Used, whole: Used): Row {
  return {
    what: "memory of it at most, beside that for a tenth of the file",
    measured: `${Math.round(whole.megabytes)} MB, ${Math.round(tenth.megabytes)} MB`,
    aim: "constant",
  };
}

function* linesOf(name: string, count: number): Generator<string> {
  const random = randomFrom(name);
  const below = (most: number): number => Math.floor(random() * most);
  for (let place = 0; place < count; place++) {
    const session = {
      idempotencyKey: `${name}-${place}`,
      memberId: `${name}-${below(count / sessionsOfMember)}`,
      claimNumber: `C${place}`,
      claimType: "PROFESSIONAL",
      dateOfService: daysAfter(firstDay, below(days)),
      ...{ billingProviderNpi: "1500000009", renderingProviderNpi: "1234567893", sourceSystem: "LEGACY" },
      lines: [{ lineNumber: 1, procedureCode: ["62323", "62321", "64483"][below(3)], units: 1 }],
    };
    yield `${JSON.stringify(session)}\n`;
  }
}
