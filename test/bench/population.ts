import { Request } from "../../src/adjudication/request";
import { ClaimLine, ClaimSession, ClaimType, linesOfBusiness } from "../../src/claim/claimSession";
import { npi } from "../../src/claim/npi";
import { daysAfter, PlainDate, plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import {
  billed,
  claimRequest,
  claimSession,
  historicalSession,
  importRequest,
  reviewRequest,
} from "../cases/claims";
import { Random } from "./random";

/** Requests as they arrive over four years at a payer: all kinds, in about the order of their dates. */
export interface Population {
  /** The next requests of one moment; `share` of all have been before it. */
  readonly arriving: (share: number) => Request[];
  /** What was decided can be corrected, reviewed or sent twice later on. */
  readonly remember: (decision: Decision) => void;
}

const firstDay = plainDate("2022-12-01");
const days = 1_420;
const shareOfHistory = 0.03;
const mostRemembered = 5_000;
const states = ["TX", "TX", "TX", "OH", "OH", "FL", "CA", "MI", "WA", "PR"];

/** The same for the same random numbers; the member ids of a lane are its own. */
export function populationOf(lane: string, members: number, random: Random): Population {
  const remembered: Decision[] = [];
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
  /** Some have many more than others: of n the first tenth makes up a fifth. */
  const skewed = (n: number) => Math.floor(random() ** 1.5 * n);
  const memberId = () => `M${lane}${String(skewed(members)).padStart(8, "0")}`;
  const takeRemembered = () => {
    const [decision] = remembered.splice(Math.floor(random() * remembered.length), 1);
    return decision;
  };

  function arriving(share: number): Request[] {
    if (share < shareOfHistory || random() < 0.001) return [importOf(share)];
    if (remembered.length === 0) return claimsOf(share);
    const roll = random();
    if (roll < 0.01) return [corrected(takeRemembered(), "VOID", [])];
    if (roll < 0.03) return [corrected(takeRemembered(), "REPLACEMENT", linesBilled(random))];
    if (roll < 0.033) return [reviewed(takeRemembered())];
    if (roll < 0.036) return [sentTwice(takeRemembered())];
    return claimsOf(share);
  }

  function importOf(share: number): Request {
    const inHistory = share < shareOfHistory;
    const date = daysAfter(firstDay, Math.floor(inHistory ? -random() * 900 : share * days - random() * 400));
    return importRequest({ ...historicalSession(memberId(), date), ...providers("PROFESSIONAL") });
  }

  /** One in seven is billed by the practitioner and by the facility. */
  function claimsOf(share: number): Request[] {
    const lag = random() < 0.02 ? random() * 300 : -Math.log(1 - random()) * 12;
    const date = daysAfter(firstDay, Math.floor(share * days - Math.min(lag, 300)));
    const member = memberId();
    const lines = linesBilled(random);
    const types: ClaimType[] = random() < 0.14 ? ["PROFESSIONAL", "FACILITY"] : [pick(typesOfSingle)];
    return types.map((claimType) => claimRequest(claimOf(member, date, claimType, lines)));
  }

  function claimOf(member: string, date: PlainDate, claimType: ClaimType, lines: ClaimLine[]): ClaimSession {
    return claimSession(member, date, {
      ...{ claimType, lines, lineOfBusiness: pick(linesOfBusiness), stateOfService: pick(states) },
      placeOfService: claimType === "FACILITY" ? "24" : pick(["11", "24", "22"]),
      ...providers(claimType),
    });
  }

  function providers(claimType: ClaimType) {
    const billingProviderNpi = providerNpi(1, skewed(400));
    const renderingProviderNpi = claimType === "FACILITY" ? undefined : providerNpi(2, skewed(900));
    return { billingProviderNpi, renderingProviderNpi };
  }

  function remember(decision: Decision): void {
    const isOpen = decision.kind === "ADJUDICATION" && decision.disposition !== "DENIED";
    if (!isOpen || (remembered.length >= mostRemembered && random() < 0.9)) return;
    if (remembered.length >= mostRemembered) takeRemembered();
    remembered.push(decision);
  }

  return { arriving, remember };
}

const typesOfSingle: readonly ClaimType[] = ["PROFESSIONAL", "PROFESSIONAL", "PROFESSIONAL", "FACILITY"];

type Shape = readonly [share: number, lines: () => Partial<ClaimLine>[]];

/** What is billed, and how often; modifier 50 of a surgery center, which one rule looks for, is not. */
const shapes: readonly Shape[] = [
  [0.45, () => [{ procedureCode: "62323", diagnosisCodes: ["M54.16"], chargeAmount: "900.00" }]],
  [0.12, () => [{ procedureCode: "62321", diagnosisCodes: ["M54.12"], chargeAmount: "950.00" }]],
  [0.2, () => [{ procedureCode: "64483", modifiers: ["RT"], diagnosisCodes: ["M54.16"] }]],
  [0.08, () => [{ procedureCode: "64483" }, { procedureCode: "64484" }]],
  [0.05, () => [{ procedureCode: "64483" }, { procedureCode: "64484", units: 2 }]],
  [0.04, () => [{ procedureCode: "64479", modifiers: ["LT"] }]],
  [0.02, () => [{ procedureCode: "99213" }]],
  [0.02, () => [{ procedureCode: "62323" }, { procedureCode: "77003" }]],
  [0.01, () => [{ procedureCode: "64484" }]],
  [0.005, () => [{ procedureCode: "62323", units: 2 }]],
  [0.003, () => [{ procedureCode: "62321" }, { procedureCode: "64483" }]],
  [0.001, () => [{ procedureCode: "64483", modifiers: ["53"] }]],
  [0.000_02, () => [{ procedureCode: "62323", modifiers: ["50"] }]],
];

function linesBilled(random: Random): ClaimLine[] {
  let left = random();
  const shape = shapes.find(([share]) => (left -= share) < 0) ?? shapes[0];
  return shape[1]().map(({ procedureCode = "", ...about }, place) =>
    billed(procedureCode, { lineNumber: place + 1, ...about }),
  );
}

function corrected(
  { memberId, session }: Decision,
  frequency: "VOID" | "REPLACEMENT",
  lines: ClaimLine[],
): Request {
  const { claimNumber: originalClaimNumber, claimType, billingProviderNpi, renderingProviderNpi } = session;
  const about = { claimType, billingProviderNpi, renderingProviderNpi, lines };
  return claimRequest(
    claimSession(memberId, session.dateOfService, { frequency, originalClaimNumber, ...about }),
  );
}

function reviewed({ memberId, id, lines }: Decision): Request {
  const [{ lineNumber, unitsAllowed }] = lines;
  return reviewRequest(memberId, id, [{ lineNumber, unitsAllowed: unitsAllowed === 0 ? 1 : 0 }]);
}

function sentTwice({ memberId, session, lines }: Decision): Request {
  const { claimType, billingProviderNpi, renderingProviderNpi } = session;
  const about = { claimType, billingProviderNpi, renderingProviderNpi };
  const billedLines = lines.map(({ lineNumber, procedureCode, modifiers, units }) =>
    billed(procedureCode, { lineNumber, modifiers, units }),
  );
  return claimRequest(claimSession(memberId, session.dateOfService, { ...about, lines: billedLines }));
}

const npis = new Map<string, string>();

function providerNpi(first: number, place: number): string {
  const beginning = `${first}${String(place).padStart(8, "0")}`;
  let known = npis.get(beginning);
  for (let digit = 0; known === undefined && digit < 10; digit++) {
    if (npi.accepts(`${beginning}${digit}`)) known = `${beginning}${digit}`;
  }
  if (known === undefined) throw new Error("no check digit");
  npis.set(beginning, known);
  return known;
}
