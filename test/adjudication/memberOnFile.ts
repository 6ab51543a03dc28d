import { decide, Ruling } from "../../src/adjudication/decide";
import { Policy } from "../../src/adjudication/judge";
import { Request } from "../../src/adjudication/request";
import { ClaimLine, ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { seal } from "../../src/policy/policyVersion";

export const policy: Policy = { versions: molinaEsiVersions, exceptions: [] };

/** A policy whose one version comes into force long after today. */
export const policyOfTheFuture: Policy = {
  versions: [seal({ ...molinaEsiVersions[0], effectiveFrom: plainDate("2100-01-01") })],
  exceptions: [],
};

export const afterAllDates = "2026-07-01T00:00:00.000Z";

/** What one request differs in from the usual one. */
export interface Asked {
  readonly policy?: Policy;
  readonly now?: string;
  readonly key?: string;
  readonly clientId?: string;
}

/** A member whose stream, D1, D2 …, grows by what is decided. Nothing is left to chance. */
export class MemberOnFile {
  readonly stream: Decision[] = [];
  private asked = 0;

  /** The ruling on a claim or on a session to load, which has a source system. */
  submit(session: ClaimSession | HistoricalSession, about: Asked = {}): Ruling {
    this.asked += 1;
    const { clientId = "client", key = `key-${this.asked}`, now = afterAllDates } = about;
    const submitted = { clientId, idempotencyKey: key };
    const request: Request =
      "sourceSystem" in session
        ? { kind: "import", session, ...submitted }
        : { kind: "claim", session, ...submitted };
    const id = `D${this.stream.length + 1}`;
    const ruling = decide(request, [...this.stream], about.policy ?? policy, { now, id });
    if (ruling.kind === "decided") this.stream.push(ruling.decision);
    return ruling;
  }

  decide(session: ClaimSession | HistoricalSession, about: Asked = {}): Decision {
    const ruling = this.submit(session, about);
    if (ruling.kind === "refused") throw new Error(`refused: ${ruling.refusal.code}`);
    return ruling.decision;
  }
}

/** A refusal as `CODE field decision`, any other ruling by its kind. */
export function inShort(ruling: Ruling): string {
  if (ruling.kind !== "refused") return ruling.kind;
  const { code, field, decisionId } = ruling.refusal;
  return [code, field.join("."), ...(decisionId ? [decisionId] : [])].join(" ");
}

/** Lines as `64483-RT x2`, numbered as they stand. */
export function lines(...texts: string[]): ClaimLine[] {
  return texts.map((text, place) => {
    const [billed, units = "1"] = text.split(" x");
    const [procedureCode, ...modifiers] = billed.split("-");
    return { lineNumber: place + 1, procedureCode, modifiers, units: Number(units), diagnosisCodes: [] };
  });
}

/** A practitioner's claim that is in order. */
export function claim(claimNumber: string, date: string, about: Partial<ClaimSession> = {}): ClaimSession {
  return {
    memberId: "M",
    claimNumber,
    frequency: "ORIGINAL",
    claimType: "PROFESSIONAL",
    lineOfBusiness: "MEDICAID",
    dateOfService: plainDate(date),
    stateOfService: "TX",
    placeOfService: "11",
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    lines: lines("62323"),
    ...about,
  };
}

/** Who bills a surgery center's own claim. */
export const surgeryCenter = {
  claimType: "FACILITY",
  billingProviderNpi: "1900000005",
  renderingProviderNpi: undefined,
} as const;
export const atSurgeryCenter = { ...surgeryCenter, placeOfService: "24" } as const;

/** A session adjudicated elsewhere. */
export function loaded(
  claimNumber: string,
  date: string,
  about: Partial<HistoricalSession> = {},
): HistoricalSession {
  return {
    memberId: "M",
    claimNumber,
    claimType: "PROFESSIONAL",
    dateOfService: plainDate(date),
    billingProviderNpi: "1500000009",
    renderingProviderNpi: "1234567893",
    sourceSystem: "LEGACY",
    lines: lines("62323"),
    ...about,
  };
}
