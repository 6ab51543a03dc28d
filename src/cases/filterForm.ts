import { Format } from "../claim/format";

/** What is wrong with a filter: a part of it and what was expected there; without a part, of the whole. */
export interface FilterFault<Part> {
  readonly part?: Part;
  /** To follow the words "must be". */
  readonly expected: string;
}

/** What a caller is told of a fault: the part by its name in a request, no value. */
export function filterFaultText({ part, expected }: FilterFault<string>): string {
  return `${part === undefined ? "filter" : `filter.${part}`} must be ${expected}`;
}

export type ReadFilter<Filter> =
  | { readonly filter: Filter }
  | { readonly faults: readonly FilterFault<Extract<keyof Filter, string>>[] };

/** What is made of the value of a part; undefined where it means nothing. */
export interface PartForm<T> {
  readonly expected: string;
  readonly parse: (value: unknown) => T | undefined;
}

export type PartForms<Filter> = { readonly [Part in keyof Filter]-?: PartForm<NonNullable<Filter[Part]>> };

/** The filter that a value read from JSON describes; null is the same as absent. */
export function readFilter<Filter extends object>(
  given: unknown,
  forms: PartForms<Filter>,
  faultsOfRanges: (filter: Filter) => FilterFault<Extract<keyof Filter, string>>[],
): ReadFilter<Filter> {
  const parts = Object.keys(forms) as Extract<keyof Filter, string>[];
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return { faults: [{ expected: `an object with any of ${parts.join(", ")}` }] };
  const strangers = Object.keys(given).filter((name) => !Object.hasOwn(forms, name));
  const faults: FilterFault<Extract<keyof Filter, string>>[] =
    strangers.length > 0
      ? [{ expected: `an object with members of no other name than ${parts.join(", ")}` }]
      : [];
  const filter: Partial<Record<string, unknown>> = {};
  for (const part of parts) {
    const value: unknown = Reflect.get(given, part);
    if (value === undefined || value === null) continue;
    const { expected, parse } = forms[part];
    filter[part] = parse(value);
    if (filter[part] === undefined) faults.push({ part, expected });
  }
  if (faults.length === 0) faults.push(...faultsOfRanges(filter as Filter));
  return faults.length > 0 ? { faults } : { filter: filter as Filter };
}

export function textForm<T>(expected: string, parse: (text: string) => T | undefined): PartForm<T> {
  return { expected, parse: (value) => (typeof value === "string" ? parse(value) : undefined) };
}

export function writtenForm({ expected, accepts }: Format): PartForm<string> {
  return textForm(expected, (value) => (accepts(value) ? value : undefined));
}
