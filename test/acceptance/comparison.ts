import { isObject } from "./filledIn";
import type { Json } from "./vectorFile";

export interface Difference {
  path: string;
  expected: Json;
  got: Json | undefined;
}

const LISTS_FOUND_BY_LINE_NUMBER = new Set(["lines", "wouldBeLines"]);

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function byLineNumber(path: string, expected: Json[], got: Json[]): Difference[] {
  const numberOf = (line: Json): Json => (isObject(line) ? (line.lineNumber ?? null) : null);
  const count =
    expected.length === got.length
      ? []
      : [{ path: join(path, "length"), expected: expected.length, got: got.length }];
  return [
    ...count,
    ...expected.flatMap((line) => {
      const found = got.find((other) => numberOf(other) === numberOf(line));
      return differences(line, found, `${path}[lineNumber ${numberOf(line)}]`);
    }),
  ];
}

function inOrder(path: string, expected: Json[], got: Json[]): Difference[] {
  if (expected.length !== got.length) return [{ path, expected, got }];
  return expected.flatMap((member, place) => differences(member, got[place], `${path}[${place}]`));
}

/**
 * Where an answer is not what is expected. Members of an object that are not named may be anything, but an
 * empty
 * object names that there are none; lists are complete and in order, lines are found by their number.
 */
export function differences(expected: Json, got: Json | undefined, path = ""): Difference[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got)) return [{ path, expected, got }];
    const name = path.split(".").at(-1) ?? "";
    return (LISTS_FOUND_BY_LINE_NUMBER.has(name) ? byLineNumber : inOrder)(path, expected, got);
  }
  if (isObject(expected)) {
    const isEmpty = Object.keys(expected).length === 0;
    if (!isObject(got) || (isEmpty && Object.keys(got).length > 0)) return [{ path, expected, got }];
    return Object.entries(expected).flatMap(([name, member]) =>
      differences(member, got[name], join(path, name)),
    );
  }
  return expected === got ? [] : [{ path, expected, got }];
}
