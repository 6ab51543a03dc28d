import { decide } from "../../src/adjudication/decide";
import { reassess } from "../../src/adjudication/reassess";
import { Request } from "../../src/adjudication/request";
import { policyUnder } from "../../src/cases/exceptions";
import { sealDecision } from "../../src/ledger/leaf";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { billed, claimRequest, claimSession } from "../cases/claims";
import { quantile, Row } from "./table";

const policy = policyUnder([], molinaEsiVersions);
const moment = { now: "2026-07-01T00:00:00.000Z", id: "01900000-0000-7000-8000-000000000000" };
const rounds = 20;
const decisionsInARound = 2_000;

/** Deciding alone, and deciding with record and leaf, on a member with eight decisions; in microseconds. */
export async function measureAdjudication(): Promise<Row[]> {
  const stream = streamOfEight();
  const requests = ["2026-01-15", "2026-05-12"].map((date) =>
    claimRequest(claimSession("M", date, { lines: twoLines })),
  );
  const salt = Buffer.alloc(16);
  const links = { previousLeafHash: Buffer.alloc(32), policyHash: molinaEsiVersions[0].contentHash };
  const deciding = microseconds((place) => decideOne(requests[place % requests.length], stream));
  const sealing = microseconds((place) => {
    sealDecision(decideOne(requests[place % requests.length], stream), salt, links);
  });
  const next = requests.map((request) => decideOne(request, stream));
  const reassessing = microseconds((place) => {
    reassess(stream, next[place % next.length], molinaEsiVersions);
  });
  return [
    {
      what: "adjudicating one claim session, pure",
      measured: `${deciding.toFixed(0)} µs`,
      aim: "microseconds",
    },
    { what: "the same with record and leaf", measured: `${sealing.toFixed(0)} µs`, aim: "microseconds" },
    {
      what: "what it does to the member's work list, eight decisions on file",
      measured: `${reassessing.toFixed(0)} µs`,
      aim: "microseconds",
    },
  ];
}

const twoLines = [
  billed("64483", { modifiers: ["50"] }),
  billed("64484", { lineNumber: 2, modifiers: ["RT"] }),
];

function streamOfEight(): Decision[] {
  const stream: Decision[] = [];
  for (let month = 1; month <= 8; month++) {
    stream.push(decideOne(claimRequest(claimSession("M", `2025-0${month}-10`)), stream));
  }
  return stream;
}

function decideOne(request: Request, stream: readonly Decision[]): Decision {
  const ruling = decide(request, stream, policy, moment);
  if (ruling.kind !== "decided") throw new Error(`expected a decision, got ${ruling.kind}`);
  return ruling.decision;
}

/** The median over rounds, so that compiling and collecting garbage weigh little. */
function microseconds(act: (place: number) => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (let place = 0; place < decisionsInARound; place++) act(place);
    return ((performance.now() - start) * 1_000) / decisionsInARound;
  });
  return quantile(times, 0.5);
}
