import { decide, Ruling } from "../../src/adjudication/decide";
import { declareException, Declared, endException } from "../../src/adjudication/declareException";
import { judgePreview, Policy } from "../../src/adjudication/judge";
import { Judged } from "../../src/adjudication/judged";
import { Refused, refuse } from "../../src/adjudication/refusal";
import { Request } from "../../src/adjudication/request";
import { faultsAcrossClaim } from "../../src/claim/claimForm";
import { ClaimSession } from "../../src/claim/claimSession";
import { plainDate } from "../../src/claim/plainDate";
import { Decision } from "../../src/member/decision";
import { ExceptionEntry, standingExceptions } from "../../src/policy/exceptionRegister";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { PolicyVersions } from "../../src/policy/policyVersion";
import type { PolicyExceptionInput } from "../reference/contract";
import { Event } from "./events";
import { Input, inputOf, ReviewInput } from "./inputs";
import { claimOf, historyOf, termsOf } from "./requests";

/** What the core says to an event. */
export type Reply =
  | Ruling
  | { readonly kind: "previewed"; readonly judged: Judged }
  | Exclude<Declared, { readonly kind: "refused" }>;

/** The pure core as one member's service: stream and register grow by what is decided and declared. */
export class CoreMember {
  readonly stream: Decision[] = [];
  readonly register: ExceptionEntry[] = [];

  private readonly sent: Input[] = [];

  constructor(readonly versions: PolicyVersions = molinaEsiVersions) {}

  /** What an event asks of this member now; nothing where it repeats what has not been. */
  inputOf(event: Event): Input | undefined {
    return inputOf(event, this.stream, this.sent);
  }

  take(input: Input, now: string): Reply {
    this.sent.push(input);
    switch (input.kind) {
      case "preview":
        return this.preview(claimOf(input.session));
      case "claim":
        return this.submit(claimOf(input.session), input.idempotencyKey, now);
      case "import": {
        const { idempotencyKey } = input.input;
        return this.decide({ kind: "import", ...by(idempotencyKey), session: historyOf(input.input) }, now);
      }
      case "review":
        return this.review(input, now);
      case "exception":
        return this.declare(input.input, now);
      case "ending": {
        const terms = { exceptionId: `E${input.exception}`, effectiveTo: plainDate(input.effectiveTo) };
        const id = `ending ${this.register.length + 1}`;
        const entering = { now, id, declaredBy: "client" };
        return this.enter(endException({ ...terms, citation: "Notice 9" }, this.register, entering));
      }
    }
  }

  policy(): Policy {
    const exceptions = standingExceptions(this.register);
    return { versions: this.versions, exceptions, exceptionSequence: this.register.length };
  }

  private submit(session: ClaimSession, idempotencyKey: string, now: string): Reply {
    const refused = malformed(session);
    return refused ?? this.decide({ kind: "claim", ...by(idempotencyKey), session }, now);
  }

  private review({ idempotencyKey, memberSequence, lines }: ReviewInput, now: string): Reply {
    const review = { memberId: "M", decisionId: `#${memberSequence}`, lines, ...ground };
    return this.decide({ kind: "review", ...by(idempotencyKey), reviewer: "client", review }, now);
  }

  private declare(input: PolicyExceptionInput, now: string): Reply {
    const declared = this.register.filter(({ kind }) => kind === "DECLARATION").length;
    const entering = { now, id: `E${declared + 1}`, declaredBy: "client" };
    return this.enter(declareException(termsOf(input), this.register, entering));
  }

  private decide(request: Request, now: string): Ruling {
    const ruling = decide(request, this.stream, this.policy(), { now, id: `#${this.stream.length + 1}` });
    if (ruling.kind === "decided") this.stream.push(ruling.decision);
    return ruling;
  }

  private enter(declared: Declared): Declared {
    if (declared.kind === "entered") this.register.push(declared.entry);
    return declared;
  }

  private preview(session: ClaimSession): Reply {
    const refused = malformed(session);
    if (refused) return refused;
    const judged = judgePreview(session, this.stream, this.policy());
    return "refusals" in judged ? { kind: "refused", ...judged } : { kind: "previewed", judged };
  }
}

/** Why a reviewer decides. */
export const ground = { reason: "appeal", documentReference: "file 7" } as const;

function by(idempotencyKey: string) {
  return { clientId: "client", idempotencyKey };
}

function malformed(session: ClaimSession): ({ readonly kind: "refused" } & Refused) | undefined {
  const faults = faultsAcrossClaim(session);
  if (faults.length === 0) return undefined;
  const refusals = faults.map(({ field, message }) => refuse("INVALID_INPUT", field, message));
  return { kind: "refused", refusals };
}
