import { adjudicate } from "../../src/adjudication/adjudicate";
import { decide, Ruling } from "../../src/adjudication/decide";
import { Policy } from "../../src/adjudication/judge";
import { Request } from "../../src/adjudication/request";
import { ClaimLine, ClaimSession, HistoricalSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Decision, Outcome, ReviewedLine } from "../../src/member/decision";
import { onFile } from "../../src/member/onFile";
import { ExceptionRegister, standingExceptions } from "../../src/policy/exceptionRegister";
import { exceptionSources, exceptionsThatHold, PolicyException } from "../../src/policy/exceptions";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { seal, SealedPolicyVersion } from "../../src/policy/policyVersion";

export const policy: Policy = { versions: molinaEsiVersions, exceptions: [], exceptionSequence: 0 };

/** A policy whose one version comes into force long after today. */
export const policyOfTheFuture: Policy = {
  ...policy,
  versions: [seal({ ...molinaEsiVersions[0], effectiveFrom: plainDate("2100-01-01") })],
};

/** The policy with the exceptions of a register. */
export function policyWith(register: ExceptionRegister): Policy {
  return { ...policy, exceptions: standingExceptions(register), exceptionSequence: register.length };
}

export const afterAllDates = "2026-07-01T00:00:00.000Z";

/** What one request differs in from the usual one. */
export interface Asked {
  readonly policy?: Policy;
  readonly now?: string;
  readonly key?: string;
  readonly clientId?: string;
  readonly reviewer?: string;
}

/** A member whose stream, D1, D2 …, grows by what is decided. Nothing is left to chance. */
export class MemberOnFile {
  readonly stream: Decision[] = [];
  private asked = 0;

  /** The ruling on a claim or on a session to load, which has a source system. */
  submit(session: ClaimSession | HistoricalSession, about: Asked = {}): Ruling {
    return this.rule(
      "sourceSystem" in session ? { kind: "import", session } : { kind: "claim", session },
      about,
    );
  }

  decide(session: ClaimSession | HistoricalSession, about: Asked = {}): Decision {
    return decisionOf(this.submit(session, about));
  }

  /** The ruling on a review of the decision of an id. */
  submitReview(decisionId: string, lines: readonly ReviewedLine[], about: Asked = {}): Ruling {
    const { reviewer = "reviewer" } = about;
    const review = { memberId: "M", decisionId, lines, reason: "appeal", documentReference: "file 7" };
    return this.rule({ kind: "review", reviewer, review }, about);
  }

  /** The decision after a review that allows so many units on lines 1, 2, 3 … */
  review({ id }: Pick<Decision, "id">, ...unitsAllowed: number[]): Decision {
    const named = unitsAllowed.map((units, place) => ({ lineNumber: place + 1, unitsAllowed: units }));
    return decisionOf(this.submitReview(id, named));
  }

  private rule(asked: Unsubmitted<Request>, about: Asked): Ruling {
    this.asked += 1;
    const { clientId = "client", key = `key-${this.asked}`, now = afterAllDates } = about;
    const request = { ...asked, clientId, idempotencyKey: key };
    const id = `D${this.stream.length + 1}`;
    const ruling = decide(request, [...this.stream], about.policy ?? policy, { now, id });
    if (ruling.kind === "decided") this.stream.push(ruling.decision);
    return ruling;
  }
}

/** Each kind of request without who sends it under which key. */
type Unsubmitted<Kind> = Kind extends Request ? Omit<Kind, "clientId" | "idempotencyKey"> : never;

function decisionOf(ruling: Ruling): Decision {
  if (ruling.kind === "refused") throw new Error(`refused: ${inShort(ruling)}`);
  return ruling.decision;
}

/** Refusals as `CODE field decision`, any other ruling by its kind. */
export function inShort(ruling: Ruling): string {
  if (ruling.kind !== "refused") return ruling.kind;
  const texts = ruling.refusals.map(({ code, field, decisionId }) =>
    [code, field.join("."), ...(decisionId ? [decisionId] : [])].join(" "),
  );
  return texts.join("; ");
}

/** What becomes of a claim where these decisions are on file and these exceptions are declared. */
export function outcomeOn(
  decisions: readonly Decision[],
  inHand: ClaimSession,
  version: SealedPolicyVersion = molinaEsiVersions[0],
  declared: readonly PolicyException[] = [],
): Outcome {
  const considered = exceptionsThatHold(declared, inHand.dateOfService, inHand, exceptionSources);
  return adjudicate(inHand, onFile(decisions), version, considered);
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
