import { interlaminarSide } from "../../../src/policy/rules/interlaminarSide";
import { provesTable } from "./ruleTable";

describe("ESI-INTERLAMINAR-SIDE", () => {
  provesTable(
    interlaminarSide,
    `
    claim  | lines                                  | on file                               | verdicts

    A line of no side is met.
           | 62323                                  |                                       | met
    A single right line is met.
           | 62323-RT                               |                                       | met
    A single left line is met.
           | 62321-LT                               |                                       | met
    Modifier 50 makes a line bilateral.
           | 62323-50                               |                                       | bilateral
    RT and LT together make a line bilateral.
           | 62321-RT-LT                            |                                       | bilateral
    A right and a left line of one code are bilateral together.
           | 62323-RT + 62323-LT                    |                                       | otherSide otherSide
    A right line of one code and a left line of the other are not.
           | 62323-RT + 62321-LT                    |                                       | met met
    Two right lines are not; their units decide.
           | 62323-RT + 62323-RT                    |                                       | met met
    All sided lines of a pair are taken, a line of no side beside them is not.
           | 62323-RT + 62323-RT + 62323-LT + 62323 |                                       | otherSide otherSide otherSide met
    A bilateral line is no counterpart of a right one.
           | 62323-RT + 62323-50                    |                                       | met bilateral
    A counterpart that an earlier rule took is none.
           | 62323-RT + 62323-LT (taken)            |                                       | met -
    A pended counterpart is none.
           | 62323-RT + 62323-LT (pended)           |                                       | met -
    A counterpart may be on file.
           | 62323-RT                               | 62323-LT                              | otherSide
    The same side on file is no counterpart.
           | 62323-RT                               | 62323-RT                              | met
    A bilateral line on file is no counterpart.
           | 62323-RT                               | 62323-50                              | met
    A line of no side has no counterpart.
           | 62323                                  | 62323-LT                              | met
    A denied line on file is no counterpart.
           | 62323-RT                               | 62323-LT (denied)                     | met
    A pended line on file is no counterpart.
           | 62323-RT                               | 62323-LT (pended)                     | met
    A colleague's line is of another stream.
           | 62323-RT                               | 62323-LT (colleague)                  | met
    The surgery center's line is of another stream.
           | 62323-RT                               | 62323-LT (center)                     | met
    A facility's own lines are a pair whomever they name.
    center | 62323-RT                               | 62323-LT (center naming practitioner) | otherSide
    A transforaminal line is not asked.
           | 64483-50 + 64484-RT                    |                                       | - -
    `,
  );

  provesTable(
    interlaminarSide,
    `
    lines                     | kept

    A bilateral line loses all its units.
    62323-50 x2               | 0
    Each line of a pair loses all its units.
    62323-RT x2 + 62323-LT x3 | 0 0
    `,
  );
});
