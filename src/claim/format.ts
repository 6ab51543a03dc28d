/** How one kind of text must be written: the only place where that is said; GraphQL's inputs judge by it. */
export interface Format {
  /** What was expected, to follow the words "must be". */
  readonly expected: string;
  readonly accepts: (text: string) => boolean;
}

/** A format that a whole text either matches or not. The pattern must be anchored at both ends. */
export function pattern(expected: string, expression: RegExp): Format {
  return { expected, accepts: (text) => expression.test(text) };
}
