import { validateSync } from "class-validator";
import { Fault } from "../../claim/claimForm";
import { mostLines } from "../../claim/claimSession";
import { ClaimLineInput } from "./claimLineInput";

/** What became of an input: the domain's own value, or every fault of its form. */
export type Read<T> = { readonly value: T } | { readonly faults: readonly Fault[] };

/** The value, unless there are faults; of several at one path the first is told. */
export function readUnless<T>(faults: readonly Fault[], value: () => T): Read<T> {
  const byPath = new Map<string, Fault>();
  for (const fault of faults) {
    const path = fault.field.join(".");
    if (!byPath.has(path)) byPath.set(path, fault);
  }
  return byPath.size > 0 ? { faults: [...byPath.values()] } : { value: value() };
}

/** Faults of an input's own members; those of inputs inside it are asked for by themselves. */
export function faultsOfMembers(input: object): Fault[] {
  const errors = validateSync(input, {
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return errors.flatMap(({ property, constraints = {} }) =>
    Object.values(constraints).map((message) => ({ field: [property], message })),
  );
}

/** Lines beyond the most that a claim can have are not looked at: the list itself is at fault. */
export function faultsOfLines(lines: readonly ClaimLineInput[]): Fault[] {
  const message = `lines must hold at most ${mostLines} lines`;
  return [
    ...(lines.length > mostLines ? [{ field: ["lines"], message }] : []),
    ...firstLines(lines).flatMap((line, place) => inside(["lines", String(place)], faultsOfMembers(line))),
  ];
}

export function firstLines(lines: readonly ClaimLineInput[]): readonly ClaimLineInput[] {
  return lines.slice(0, mostLines);
}

export function inside(path: readonly string[], faults: readonly Fault[]): Fault[] {
  return faults.map(({ field, message }) => ({ field: [...path, ...field], message }));
}
