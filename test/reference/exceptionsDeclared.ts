import { instantToTheMillisecond } from "./calendar";
import type { ExceptionPayload, PolicyException, PolicyExceptionInput } from "./contract";
import { exceptionFaults } from "./form";
import { isOverlapping, isSameDeclaration } from "./policy";
import { invalid, refusal } from "./refusals";
import type { Path } from "./form";

/** What ends an exception early; the specification leaves to the product how that is said. */
export interface ExceptionEndingInput {
  exceptionId: string;
  /** The last day on which it holds; before the first one if it is never to have held. */
  effectiveTo: string;
}
interface Ending extends ExceptionEndingInput {
  declaredAt: string;
}

/** Exceptions as they were declared, and endings that bring their last day forward; nothing is forgotten. */
export class ExceptionsDeclared {
  private readonly declarations: PolicyException[] = [];
  private readonly endings: Ending[] = [];

  /** The exceptions as they stand, or stood as known at an instant, in the order of their declarations. */
  standing(asKnownAt?: string): PolicyException[] {
    const until = asKnownAt === undefined ? null : instantToTheMillisecond(asKnownAt);
    const isKnown = ({ declaredAt }: { declaredAt: string }): boolean =>
      until === null || declaredAt <= until;
    const endings = this.endings.filter(isKnown);
    return this.declarations.filter(isKnown).map((exception) => {
      const last = endings.filter(({ exceptionId }) => exceptionId === exception.id).pop();
      return last === undefined ? exception : { ...exception, effectiveTo: last.effectiveTo };
    });
  }

  declare(input: PolicyExceptionInput, declaredBy: string, now: string): ExceptionPayload {
    const faults = exceptionFaults(input);
    if (faults.length > 0) return refusedWith(faults);
    const { key = null, effectiveTo = null, citationUrl = null } = input;
    const exception: PolicyException = {
      ...input,
      key,
      effectiveTo,
      citationUrl,
      id: `exception ${this.declarations.length + 1}`,
      declaredAt: instantToTheMillisecond(now),
      declaredBy,
    };
    const same = this.declarations.find((earlier) => isSameDeclaration(earlier, exception));
    if (same !== undefined) return this.answer(same.id);
    const holdsEver = ({ effectiveFrom, effectiveTo: last }: PolicyException): boolean =>
      last === null || effectiveFrom <= last;
    if (this.standing().some((earlier) => holdsEver(earlier) && isOverlapping(earlier, exception))) {
      return { exception: null, userErrors: [refusal("EXCEPTION_OVERLAPS", ["effectiveFrom"])] };
    }
    this.declarations.push(exception);
    return this.answer(exception.id);
  }

  /** An end is only brought forward; the same ending again changes nothing. */
  end(input: ExceptionEndingInput, now: string): ExceptionPayload {
    const exception = this.standing().find(({ id }) => id === input.exceptionId);
    if (exception === undefined) return refusedWith([["exceptionId"]]);
    const last = this.endings.filter(({ exceptionId }) => exceptionId === exception.id).pop();
    if (last?.effectiveTo === input.effectiveTo) return this.answer(exception.id);
    if (exception.effectiveTo !== null && exception.effectiveTo <= input.effectiveTo) {
      return refusedWith([["effectiveTo"]]);
    }
    this.endings.push({ ...input, declaredAt: instantToTheMillisecond(now) });
    return this.answer(exception.id);
  }

  private answer(id: string): ExceptionPayload {
    return { exception: this.standing().find((one) => one.id === id) ?? null, userErrors: [] };
  }
}

const refusedWith = (faults: Path[]): ExceptionPayload => ({ exception: null, userErrors: invalid(faults) });
