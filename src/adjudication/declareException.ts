import { canonicalText } from "../claim/canonicalText";
import { Instant } from "../claim/instant";
import {
  EndingTerms,
  ExceptionDeclaration,
  ExceptionEnding,
  ExceptionEntry,
  ExceptionRegister,
  StandingException,
  standingExceptions,
} from "../policy/exceptionRegister";
import { ExceptionTerms } from "../policy/exceptions";
import { refuse, Refused } from "./refusal";

/** When, by whom and under which id something is entered in the register of exceptions. */
export interface Entering {
  readonly now: Instant;
  readonly id: string;
  readonly declaredBy: string;
}

/** What comes of a declaration: a new entry, an exception that stands so already, or why neither. */
export type Declared =
  | { readonly kind: "entered"; readonly entry: ExceptionEntry }
  | { readonly kind: "known"; readonly exception: StandingException }
  | ({ readonly kind: "refused" } & Refused);

/**
 * The same declaration again is the first one, whatever has become of that since. Another one of the same
 * source, key and parameter may not hold on a day on which an earlier one does.
 */
export function declareException(
  terms: ExceptionTerms,
  register: ExceptionRegister,
  entering: Entering,
): Declared {
  const standing = standingExceptions(register);
  const same = register.find((entry) => entry.kind === "DECLARATION" && areSame(termsOf(entry), terms));
  const exception = standing.find(({ id }) => id === same?.id);
  if (exception) return { kind: "known", exception };
  if (standing.some((other) => overlap(other, terms))) return { kind: "refused", refusals: [overlaps] };
  return { kind: "entered", entry: { kind: "DECLARATION", ...terms, ...entered(register, entering) } };
}

/** An end is only ever brought forward, so that it cannot make two exceptions overlap. */
export function endException(terms: EndingTerms, register: ExceptionRegister, entering: Entering): Declared {
  const exception = standingExceptions(register).find(({ id }) => id === terms.exceptionId);
  if (!exception) return { kind: "refused", refusals: [noSuchException] };
  const last = exception.endings.at(-1);
  if (last && areSame(endingTermsOf(last), terms)) return { kind: "known", exception };
  if (exception.effectiveTo !== undefined && exception.effectiveTo <= terms.effectiveTo)
    return { kind: "refused", refusals: [endedEarlier] };
  return { kind: "entered", entry: { kind: "ENDING", ...terms, ...entered(register, entering) } };
}

const overlaps = refuse(
  "EXCEPTION_OVERLAPS",
  ["effectiveFrom"],
  "an exception of the same source, key and parameter holds on some of these days: end it, or begin later",
);
const noSuchException = refuse(
  "INVALID_INPUT",
  ["exceptionId"],
  "exceptionId must be the id of a declared exception",
);
const endedEarlier = refuse(
  "INVALID_INPUT",
  ["effectiveTo"],
  "effectiveTo must be before the day on which the exception ends already",
);

function entered(register: ExceptionRegister, { now, id, declaredBy }: Entering) {
  const last = register.at(-1);
  const declaredAt = last && last.declaredAt > now ? last.declaredAt : now;
  return { sequence: (last?.sequence ?? 0) + 1, id, declaredAt, declaredBy };
}

function termsOf(declaration: ExceptionDeclaration): ExceptionTerms {
  const { kind, sequence, id, declaredAt, declaredBy, ...terms } = declaration;
  return terms;
}

function endingTermsOf({ exceptionId, effectiveTo, citation, citationUrl }: ExceptionEnding): EndingTerms {
  return { exceptionId, effectiveTo, citation, citationUrl };
}

function areSame<Terms extends ExceptionTerms | EndingTerms>(one: Terms, other: Terms): boolean {
  return canonicalText(one) === canonicalText(other);
}

/** An exception that ended before its first day holds on none. */
function overlap(standing: StandingException, terms: ExceptionTerms): boolean {
  const { source, key, parameter } = standing;
  const isOfOneKind = source === terms.source && key === terms.key && parameter === terms.parameter;
  if (!isOfOneKind || !beginsBy(standing, standing)) return false;
  return beginsBy(standing, terms) && beginsBy(terms, standing);
}

/** Whether one begins on or before the last day of the other. */
function beginsBy(
  { effectiveFrom }: Pick<ExceptionTerms, "effectiveFrom">,
  { effectiveTo }: Pick<ExceptionTerms, "effectiveTo">,
): boolean {
  return effectiveTo === undefined || effectiveFrom <= effectiveTo;
}
