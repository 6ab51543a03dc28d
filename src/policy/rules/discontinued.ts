import { articleA58777 } from "../documents";
import { met, pends, Rule } from "../rule";

/** Reading I-14: whether a procedure that was begun and not completed is a session is for a person to say. */
export const discontinued: Rule = {
  id: "ESI-DISCONTINUED",
  title: "A discontinued procedure is reviewed by a person",
  cites: [articleA58777],
  interpretations: ["I-14"],
  parameters: [],
  words: {
    met: "The procedure is not billed as discontinued.",
    notApplicable: "Not asked: no unit of the line was left to judge.",
    adverse: { discontinued: () => "The procedure is billed as discontinued: a person reviews the line." },
  },
  appliesTo: () => true,
  judge: (lines, { conventions }) =>
    lines.map(({ modifiers }) =>
      modifiers.some((modifier) => conventions.discontinuedModifiers.includes(modifier))
        ? pends({ cause: "discontinued" })
        : met,
    ),
};
