import { Decision } from "../member/decision";
import { GraphqlContext } from "./context";

/** What the first of a chain of reviews was about: what was said by rules is said there. */
export async function startOfReviews(
  decision: Decision,
  decisions: GraphqlContext["decisions"],
): Promise<Decision> {
  let start = decision;
  while (start.kind === "REVIEW") {
    const reviewed: Decision | null = start.supersedes ? await decisions.load(start.supersedes.id) : null;
    if (!reviewed) throw new Error("a review names a decision that is not on file");
    start = reviewed;
  }
  return start;
}
