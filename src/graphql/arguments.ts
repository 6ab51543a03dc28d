import { Format } from "../claim/format";
import { Instant, instantExpected, parseInstant } from "../claim/instant";
import { parsePlainDate, PlainDate, plainDateExpected } from "../claim/plainDate";
import { badInput } from "./failures";

/** The date that an argument of a query names. */
export function dateArgument(name: string, text: string): PlainDate {
  const date = parsePlainDate(text);
  if (!date) throw badInput(`${name} must be ${plainDateExpected}`);
  return date;
}

/** The instant that an argument of a query names. */
export function instantArgument(name: string, text: string): Instant {
  const instant = parseInstant(text);
  if (!instant) throw badInput(`${name} must be ${instantExpected}`);
  return instant;
}

/** An argument of a query that must be written in a certain way. */
export function textArgument(name: string, text: string, { accepts, expected }: Format): string {
  if (!accepts(text)) throw badInput(`${name} must be ${expected}`);
  return text;
}

/** What is made of an argument that a client gives; undefined where it is left out or null. */
export function ifGiven<Given, Parsed>(
  argument: Given | null | undefined,
  parse: (argument: Given) => Parsed,
): Parsed | undefined {
  return argument === null || argument === undefined ? undefined : parse(argument);
}
