import { declareException, Declared, endException, Entering } from "../../src/adjudication/declareException";
import { plainDate } from "../../src/claim/plainDate";
import { ExceptionEntry, standingExceptions } from "../../src/policy/exceptionRegister";
import { ExceptionTerms } from "../../src/policy/exceptions";

const now = "2026-03-01T00:00:00.000Z";

/** What is declared if nothing else is said: three levels in Texas in the first half of 2025. */
export const terms: ExceptionTerms = {
  source: "STATE",
  key: "TX",
  parameter: "transforaminalLevels",
  value: 3,
  effectiveFrom: plainDate("2025-01-01"),
  effectiveTo: plainDate("2025-06-30"),
  citation: "Notice 7",
};

/** A register of exceptions, E1, E2 …, that grows by what is entered. */
export class DeclaredExceptions {
  readonly register: ExceptionEntry[] = [];

  /** What comes of a declaration, as `entered E1`, `known E1` or `CODE field`. */
  declare(about: Partial<ExceptionTerms> = {}, at = now): string {
    return this.enter(at, (entering) => declareException({ ...terms, ...about }, this.register, entering));
  }

  end(exceptionId: string, effectiveTo: string, citation = "Notice 9"): string {
    const ending = { exceptionId, effectiveTo: plainDate(effectiveTo), citation };
    return this.enter(now, (entering) => endException(ending, this.register, entering));
  }

  /** Each exception with the last day on which it holds. */
  lastDays(): string[] {
    return standingExceptions(this.register).map(({ id, effectiveTo }) => `${id} ${effectiveTo}`);
  }

  private enter(at: string, declare: (entering: Entering) => Declared): string {
    const id = `E${this.register.length + 1}`;
    const declared = declare({ now: at, id, declaredBy: "policy office" });
    if (declared.kind === "entered") this.register.push(declared.entry);
    if (declared.kind === "entered") return `entered ${id}`;
    if (declared.kind === "known") return `known ${declared.exception.id}`;
    return declared.refusals.map(({ code, field }) => `${code} ${field.join(".")}`).join("; ");
  }
}
