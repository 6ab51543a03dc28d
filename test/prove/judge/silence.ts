import type { Evidence } from "../history";
import { marks } from "../workload";

/** I11: neither a member's id nor a claim number nor a key is in anything that was written or refused. */
export function isSilent({ output }: Evidence): string[] {
  return [...output].flatMap(([where, text]) =>
    Object.entries(marks).flatMap(([what, mark]) =>
      text.includes(mark) ? [`the ${what} is in the ${where}`] : [],
    ),
  );
}
