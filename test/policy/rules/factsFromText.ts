import { Billing, SpinalRegion } from "../../../src/claim/claimSession";
import { sideOf } from "../../../src/claim/modifier";
import { plainDate, PlainDate } from "../../../src/claim/plainDate";
import { SessionLimit } from "../../../src/policy/frequency";
import { molinaEsiVersions } from "../../../src/policy/molinaEsi";
import { Parameters } from "../../../src/policy/parameters";
import { BilledLine, Facts, LineOnFile, StandingLine } from "../../../src/policy/rule";

/*
 * The facts that a row of a rule table gives:
 *
 *   claim      who bills and where: `practitioner`, `center at 24`
 *   date       of service
 *   lines      of the claim in hand, by number: `64483-RT + 64484-RT x2 (1 left)`; a line that is `(taken)`
 *              or `(pended)` stands no longer; in a table without this column a line of 62323
 *   on file    lines of other claims of the day, of the decisions D1, D2 … in turn:
 *              `64484 x2 (center, 1 allowed)`; where nothing else is said, billed by whoever bills the claim
 *              in hand and allowed in full
 *   lumbar sessions, cervical sessions    dates of the counted sessions on file
 *   limits     sessions in months: `4 in 12, 2 in 3`
 *   … allowed  the parameter of that name
 */
export const factColumns: readonly string[] = [
  ...["claim", "date", "lines", "on file", "lumbar sessions", "cervical sessions", "limits"],
  ...["regions allowed", "levels allowed", "interlaminar units allowed"],
];

type Cells = Readonly<Record<string, string>>;
type Biller = Pick<Billing, "claimType" | "billingProviderNpi" | "renderingProviderNpi">;

const practice = { claimType: "PROFESSIONAL", billingProviderNpi: "1500000009" } as const;
const practitioner = { ...practice, renderingProviderNpi: "1234567893" };
const colleague = { ...practice, renderingProviderNpi: "1000000004" };
const center = { claimType: "FACILITY", billingProviderNpi: "1900000005" } as const;

const billers: ReadonlyMap<string, Biller> = new Map<string, Biller>([
  ["practitioner", practitioner],
  ["colleague", colleague],
  ["practitioner elsewhere", { ...practitioner, billingProviderNpi: "1100000003" }],
  ["practice as facility", { ...practitioner, claimType: "FACILITY" }],
  ["center", center],
  ["center naming practitioner", { ...practitioner, ...center }],
  ["center naming colleague", { ...colleague, ...center }],
  ["hospital", { claimType: "FACILITY", billingProviderNpi: "1200000002" }],
]);

const [version] = molinaEsiVersions;

export function factsFrom(cells: Cells): Facts {
  const [biller, place = "11"] = (cells.claim || "practitioner").split(" at ");
  const dateOfService = plainDate(cells.date || "2025-05-12");
  const billing = { ...billerNamed(biller), claimNumber: "in hand", dateOfService };
  return {
    billing,
    placeOfService: place,
    lines: listed(cells.lines ?? "62323", "+").map((text, index) => standingLine(text, index + 1)),
    onFile: listed(cells["on file"], "+").map((text, index) => lineOnFile(text, `D${index + 1}`, billing)),
    sessionDates: (region) => sessionDates(cells, region),
    parameters: parametersFrom(cells),
    conventions: version.conventions,
  };
}

function standingLine(text: string, lineNumber: number): StandingLine {
  const { line, remarks } = parseLine(text);
  const standing = { ...line, lineNumber, unitsStanding: line.units, pended: false };
  return remarks.reduce<StandingLine>((before, remark) => {
    if (remark === "pended") return { ...before, unitsStanding: 0, pended: true };
    return { ...before, unitsStanding: remark === "taken" ? 0 : count(remark, "left") };
  }, standing);
}

function lineOnFile(text: string, decisionId: string, inHand: Billing): LineOnFile {
  const { line, remarks } = parseLine(text);
  const allowed = { ...line, decisionId, billing: inHand, unitsAllowed: line.units, pended: false };
  return remarks.reduce<LineOnFile>((before, remark) => {
    if (billers.has(remark)) {
      const { claimNumber, dateOfService } = inHand;
      return { ...before, billing: { ...billerNamed(remark), claimNumber, dateOfService } };
    }
    if (remark === "pended") return { ...before, unitsAllowed: 0, pended: true };
    return { ...before, unitsAllowed: remark === "denied" ? 0 : count(remark, "allowed") };
  }, allowed);
}

/** `64484-RT-59 x2 (colleague, 1 allowed)` */
function parseLine(text: string): { line: BilledLine; remarks: string[] } {
  const parts = /^(\S+?)((?:-\w+)*)(?: x(\d+))?(?: \((.+)\))?$/.exec(text);
  if (!parts) throw new Error(`not a line: ${text}`);
  const [, procedureCode, suffixes, units = "1", remarks] = parts;
  const procedure = version.procedures[procedureCode];
  if (!procedure) throw new Error(`not a governed procedure code: ${procedureCode}`);
  const modifiers = listed(suffixes, "-");
  const line = { procedureCode, procedure, modifiers, side: sideOf(modifiers), units: Number(units) };
  return { line, remarks: listed(remarks, ",") };
}

function sessionDates(cells: Cells, region: SpinalRegion): PlainDate[] {
  const column = region === "LUMBAR_SACRAL" ? "lumbar sessions" : "cervical sessions";
  return listed(cells[column], " ").map(plainDate);
}

function parametersFrom(cells: Cells): Parameters {
  const { sessionsPerRegion, regionsPerSession, transforaminalLevels, interlaminarLevels } =
    version.parameters;
  return {
    sessionsPerRegion: cells.limits ? listed(cells.limits, ",").map(limitFrom) : sessionsPerRegion,
    regionsPerSession: Number(cells["regions allowed"] || regionsPerSession),
    transforaminalLevels: Number(cells["levels allowed"] || transforaminalLevels),
    interlaminarLevels: Number(cells["interlaminar units allowed"] || interlaminarLevels),
  };
}

function limitFrom(text: string): SessionLimit {
  const [sessions, months] = text.split(" in ").map(Number);
  return { months, sessions };
}

function count(remark: string, word: string): number {
  const [units, last] = remark.split(" ");
  if (last !== word) throw new Error(`not a remark on a line: ${remark}`);
  return Number(units);
}

function listed(text: string | undefined, separator: string): string[] {
  const parts = (text ?? "").split(separator).map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

function billerNamed(name: string): Biller {
  const biller = billers.get(name);
  if (!biller) throw new Error(`no such biller: ${name}`);
  return biller;
}
