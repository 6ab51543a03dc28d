import { Declared, declareException, endException, Entering } from "../adjudication/declareException";
import { Refused } from "../adjudication/refusal";
import {
  EndingTerms,
  ExceptionRegister,
  StandingException,
  standingExceptions,
} from "../policy/exceptionRegister";
import { ExceptionTerms } from "../policy/exceptions";
import { appendException } from "../store/exceptions";
import { answering } from "./answering";
import { currentRegister } from "./exceptions";
import { Service } from "./service";
import { Unavailable } from "./unavailable";

/** The exception as it now stands, or why nothing was entered. */
export type Declaration = { readonly exception: StandingException } | Refused;

/** The same declaration again, after a lost reply say, brings the exception that it made. */
export async function declarePolicyException(
  terms: ExceptionTerms,
  declaredBy: string,
  service: Service,
): Promise<Declaration> {
  return enter((register, entering) => declareException(terms, register, entering), declaredBy, service);
}

/** Brings the end of an exception forward by a further entry; nothing of the first is changed. */
export async function endPolicyException(
  terms: EndingTerms,
  declaredBy: string,
  service: Service,
): Promise<Declaration> {
  return enter((register, entering) => endException(terms, register, entering), declaredBy, service);
}

const mostAttempts = 10;

/** Whoever is not the first to make the next entry reads the register again and judges again. */
async function enter(
  judge: (register: ExceptionRegister, entering: Entering) => Declared,
  declaredBy: string,
  service: Service,
): Promise<Declaration> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { now, register } = await currentRegister(service);
    service.observe({ what: "attempted" });
    const declared = judge(register, { now, id: service.newId(), declaredBy });
    if (declared.kind === "refused") {
      service.observe({ what: "refused", code: declared.refusals[0].code });
      return { refusals: declared.refusals };
    }
    if (declared.kind === "known") return { exception: declared.exception };
    if (await answering(appendException(service.database, declared.entry))) {
      const { entry } = declared;
      const id = entry.kind === "ENDING" ? entry.exceptionId : entry.id;
      return { exception: exceptionIn([...register, entry], id) };
    }
    service.observe({ what: "conflicted", streams: 1 });
  }
  throw new Unavailable("others were always first");
}

function exceptionIn(register: ExceptionRegister, id: string): StandingException {
  const exception = standingExceptions(register).find((one) => one.id === id);
  if (!exception) throw new Error("an entry was made for an exception that is not in the register");
  return exception;
}
