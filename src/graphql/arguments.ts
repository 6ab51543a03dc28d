import { Format } from "../claim/format";
import { Instant, instantExpected, parseInstant } from "../claim/instant";
import { parsePlainDate, PlainDate, plainDateExpected } from "../claim/plainDate";
import { parseLogIndex } from "../ledger/logIndex";
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

/** A count that an argument gives, from 1 on. */
export function countArgument(name: string, count: number, most: number): number {
  if (count < 1 || count > most) throw badInput(`${name} must be a whole number from 1 to ${most}`);
  return count;
}

/** A tree size or an index that an argument gives. */
export function logIndexArgument(name: string, text: string): bigint {
  const index = parseLogIndex(text);
  if (index === undefined) throw badInput(`${name} must be a whole number in decimal digits, as text`);
  return index;
}

/** What is made of an argument that a client gives; undefined where it is left out or null. */
export function ifGiven<Given, Parsed>(
  argument: Given | null | undefined,
  parse: (argument: Given) => Parsed,
): Parsed | undefined {
  return argument === null || argument === undefined ? undefined : parse(argument);
}
