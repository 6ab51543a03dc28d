import { duplicate } from "../../../src/policy/rules/duplicate";
import { provesTable } from "./ruleTable";

describe("ESI-DUPLICATE", () => {
  provesTable(
    duplicate,
    `
    lines         | on file               | verdicts                        | related

    With nothing on file nothing is a duplicate.
    64483         |                       | met                             |
    A line that equals one on file is a duplicate.
    64483         | 64483                 | equalLineOnFile                 | D1
    A wholly denied line may be billed anew.
    64483         | 64483 (denied)        | met                             |
    A pended line on file is in the way.
    64483         | 64483 (pended)        | equalLineOnFile                 | D1
    A reduced line on file is in the way of the line as it was billed.
    64484 x2      | 64484 x2 (1 allowed)  | equalLineOnFile                 | D1
    It is not in the way of a line that bills what was left of it.
    64484         | 64484 x2 (1 allowed)  | met                             |
    Another code is another service.
    64483         | 64479                 | met                             |
    Other units are another service.
    64483 x2      | 64483                 | met                             |
    Other modifiers are another service.
    64483-RT      | 64483-LT              | met                             |
    A modifier that changes no other outcome makes another service too.
    64483-59      | 64483                 | met                             |
    Modifiers are compared as a set: their order does not matter.
    64483-RT-59   | 64483-59-RT           | equalLineOnFile                 | D1
    Modifiers are compared as a set: a repeated one does not matter.
    64483-RT-RT   | 64483-RT              | equalLineOnFile                 | D1
    Both sides written in two ways are two sets of modifiers.
    64483-50      | 64483-RT-LT           | met                             |
    Two equal lines of one claim are no duplicates of each other.
    64483 + 64483 |                       | met met                         |
    Two lines that equal one on file are both duplicates of it.
    64483 + 64483 | 64483                 | equalLineOnFile equalLineOnFile | D1
    Every decision with an equal line is named.
    64483         | 64483 + 64484 + 64483 | equalLineOnFile                 | D1 D3
    An interlaminar line is judged like any other.
    62323         | 62323                 | equalLineOnFile                 | D1
    `,
  );

  provesTable(
    duplicate,
    `
    claim                      | lines | on file                            | verdicts

    The same practitioner's service billed by another practice is another one.
                               | 64483 | 64483 (practitioner elsewhere)     | met
    A colleague's service is another one.
                               | 64483 | 64483 (colleague)                  | met
    The same numbers on a facility's claim make another service.
                               | 64483 | 64483 (practice as facility)       | met
    The surgery center's claim is none of the practitioner's.
                               | 64483 | 64483 (center)                     | met
    Where neither claim names a practitioner they are equal.
    center at 24               | 64483 | 64483 (center)                     | equalLineOnFile
    A practitioner that is absent differs from one that is named.
    center at 24               | 64483 | 64483 (center naming practitioner) | met
    A practitioner that is named differs from one that is absent.
    center naming practitioner | 64483 | 64483 (center)                     | met
    Two facility claims that name the same practitioner are equal.
    center naming practitioner | 64483 | 64483 (center naming practitioner) | equalLineOnFile
    Two facility claims that name different practitioners are not.
    center naming practitioner | 64483 | 64483 (center naming colleague)    | met
    `,
  );

  provesTable(
    duplicate,
    `
    lines    | on file  | kept

    The whole line is taken.
    64484 x3 | 64484 x3 | 0
    `,
  );
});
