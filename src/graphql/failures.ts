import { GraphQLError } from "graphql";
import { InsufficientScope } from "../access/insufficientScope";
import { DecisionPurged } from "../cases/decisionPurged";
import { TooSlow } from "../cases/tooSlow";
import { Unavailable } from "../cases/unavailable";

/**
 * A fault of an argument. The text is shown to the caller: it names the argument and what was expected, never
 * the value.
 */
export function badInput(safeText: string): GraphQLError {
  return new GraphQLError(safeText, { extensions: { code: "BAD_USER_INPUT", safeText } });
}

/** Apollo takes the header to the reply. */
export function forbidden({ text, challenge }: InsufficientScope): GraphQLError {
  const http = { headers: new Map([["www-authenticate", challenge]]) };
  return new GraphQLError(text, { extensions: { code: "FORBIDDEN", safeText: text, http } });
}

/** The answer of a use case. Where there is none, the caller learns just why, and our log the cause. */
export async function served<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DecisionPurged) throw purged();
    if (error instanceof TooSlow) throw tooSlow();
    throw error instanceof Unavailable ? unavailable(error) : error;
  }
}

export function purged(): GraphQLError {
  return new GraphQLError("the decision was erased", { extensions: { code: "DECISION_PURGED" } });
}

/** Not to be sent again as it is: the next time it would keep the database busy for as long. */
function tooSlow(): GraphQLError {
  const safeText =
    "The search takes too long: narrow the filter, say by memberId, decidedFrom or decidedBefore.";
  return new GraphQLError(safeText, { extensions: { code: "TOO_COMPLEX", safeText } });
}

function unavailable(originalError: Unavailable): GraphQLError {
  return new GraphQLError("the service cannot answer now", {
    originalError,
    extensions: { code: "UNAVAILABLE" },
  });
}
