/**
 * What a run must be set to do beside its load: faults by their names, and imports and reviews. To hold back
 * a commit is to let an INSERT reach the database but for its end.
 */
export type Need = "killService" | "killDatabase" | "swallowReplyToInsert" | "holdBackCommit" | "history";

/** The promises of the black-box checker, by their numbers. */
export type Invariant = `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11}`;

export interface Replacement {
  /** Path in the project. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
}

/** A mistake that a developer could make, and how it is made in a copy of the sources. */
export interface Sabotage {
  readonly name: string;
  readonly meaning: string;
  /** At least one of these promises is seen to be broken. */
  readonly caughtBy: readonly Invariant[];
  readonly needs: readonly Need[];
  /** What of the load makes it show. */
  readonly showsWhen: string;
  readonly replacements: readonly Replacement[];
}

/** The text with everything replaced that is to be replaced in the file. */
export function applied({ name, replacements }: Sabotage, file: string, text: string): string {
  return replacements
    .filter((replacement) => replacement.file === file)
    .reduce((patched, { from, to }) => {
      const pieces = patched.split(from);
      if (pieces.length === 2) return pieces.join(to);
      throw new Error(`${name}: ${file} has ${pieces.length - 1} places for it, not one: ${from}`);
    }, text);
}
