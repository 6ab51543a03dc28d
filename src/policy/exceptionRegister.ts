import { Instant } from "../claim/instant";
import { PlainDate } from "../claim/plainDate";
import { ExceptionTerms, PolicyException } from "./exceptions";

/** When and by whom something was entered in the register, and its place there: 1, 2, 3 … without gaps. */
interface Entered {
  readonly sequence: number;
  readonly id: string;
  readonly declaredAt: Instant;
  readonly declaredBy: string;
}

export interface ExceptionDeclaration extends Entered, ExceptionTerms {
  readonly kind: "DECLARATION";
}

/** What a person says who ends an exception. */
export interface EndingTerms {
  readonly exceptionId: string;
  /** The last day on which it holds; before its first day where it was declared by mistake. */
  readonly effectiveTo: PlainDate;
  readonly citation: string;
  readonly citationUrl?: string;
}

export interface ExceptionEnding extends Entered, EndingTerms {
  readonly kind: "ENDING";
}

export type ExceptionEntry = ExceptionDeclaration | ExceptionEnding;

/** Everything ever declared about exceptions, by sequence: append-only, like a member's stream. */
export type ExceptionRegister = readonly ExceptionEntry[];

/** An exception as it stands after the endings declared for it; `effectiveTo` is that of the last of them. */
export interface StandingException extends PolicyException {
  readonly endings: readonly ExceptionEnding[];
}

/** The exceptions of the register, in the order of their declarations. */
export function standingExceptions(register: ExceptionRegister): StandingException[] {
  const endings = new Map<string, ExceptionEnding[]>();
  for (const entry of register) {
    if (entry.kind === "ENDING")
      endings.set(entry.exceptionId, [...(endings.get(entry.exceptionId) ?? []), entry]);
  }
  return register.flatMap((entry) =>
    entry.kind === "DECLARATION" ? standing(entry, endings.get(entry.id) ?? []) : [],
  );
}

/** The answer given last about each register. */
const answered = new WeakMap<ExceptionRegister, { entries: number; standing: StandingException[] }>();

/**
 * The exceptions as they stood after the first entries of the register. One claim after the other asks the
 * same of the same register: so the last answer is kept.
 */
export function standingAfter(
  register: ExceptionRegister,
  entries: number = register.length,
): readonly StandingException[] {
  const last = answered.get(register);
  if (last?.entries === entries) return last.standing;
  const standing = standingExceptions(register.slice(0, entries));
  answered.set(register, { entries, standing });
  return standing;
}

/** The register as it was known at an instant. */
export function registerKnownAt(register: ExceptionRegister, instant: Instant): ExceptionRegister {
  return register.filter(({ declaredAt }) => declaredAt <= instant);
}

function standing(declaration: ExceptionDeclaration, endings: readonly ExceptionEnding[]): StandingException {
  const { kind, sequence, effectiveTo, ...declared } = declaration;
  return { effectiveTo: endings.at(-1)?.effectiveTo ?? effectiveTo, endings, ...declared };
}
