import { levels } from "../../../src/policy/rules/levels";
import { provesTable } from "./ruleTable";

describe("ESI-LEVELS", () => {
  provesTable(
    levels,
    `
    lines                                  | on file                        | kept

    A first and an additional level are two.
    64483 + 64484                          |                                | 1 1
    A second additional unit is a third level.
    64483 + 64484 x2                       |                                | 1 1
    A second additional line is a third level.
    64483 + 64484 + 64484                  |                                | 1 1 0
    The line with the lower number is kept, wherever the first level stands.
    64484 + 64484 + 64483                  |                                | 1 0 1
    Two bilateral levels are two levels.
    64483-50 + 64484-50                    |                                | 1 1
    A right and a left additional line are one level.
    64483-50 + 64484-RT + 64484-LT         |                                | 1 1 1
    A right additional line beside a left first level is one level more.
    64483-LT + 64484-RT                    |                                | 1 1
    A right and a left first level are one level.
    64483-RT + 64483-LT + 64484-50         |                                | 1 1 1
    A second right additional line is a third level.
    64483-RT + 64484-RT + 64484-RT         |                                | 1 1 0
    A second bilateral additional unit is a third level.
    64483-50 + 64484-50 x2                 |                                | 1 1
    Two additional units of no side beside a bilateral first level are two levels.
    64483-50 + 64484 x2                    |                                | 1 1
    A line of no side adds a level to that of a right line.
    64483-RT + 64484-RT + 64484            |                                | 1 1 0
    A right line adds a level to that of a line of no side.
    64483 + 64484 + 64484-RT               |                                | 1 1 0
    A bilateral line adds to both sides: the right one is full.
    64483 + 64484-RT + 64484-50            |                                | 1 1 0
    After a line that is cut back a later one that fits is kept.
    64483 + 64484-RT + 64484-50 + 64484-LT |                                | 1 1 0 1
    The two regions are counted apart.
    64479 + 64480 + 64483 + 64484          |                                | 1 1 1 1
    Each region is cut back for itself.
    64479 + 64480 x2 + 64483 + 64484 x3    |                                | 1 1 1 1
    A first level that stands no longer is no level.
    64483 (taken) + 64484 x3               |                                | - 2
    A pended first level is no level.
    64483 (pended) + 64484 x3              |                                | - 2
    An additional line that stands no longer is no level.
    64483 + 64484 (taken) + 64484          |                                | 1 - 1
    A first level on file is a level.
    64484 x2                               | 64483                          | 1
    First levels on file and on the claim are one level.
    64483-LT + 64484-LT                    | 64483-RT                       | 1 1
    Additional units on file count first.
    64484                                  | 64483 + 64484                  | 0
    The other side of an additional level on file is free.
    64484-LT                               | 64483 + 64484-RT               | 1
    The same side of an additional level on file is not.
    64484-RT                               | 64483 + 64484-RT               | 0
    Both sides do not fit beside one on file.
    64484-50                               | 64483 + 64484-RT               | 0
    A bilateral additional level on file leaves neither side.
    64484-LT                               | 64483 + 64484-50               | 0
    Of a line on file the allowed units count.
    64484                                  | 64484 x3 (1 allowed)           | 1
    An additional level on file of which nothing is allowed does not count.
    64484                                  | 64483 + 64484 (denied)         | 1
    A pended additional level on file does not count.
    64484                                  | 64483 + 64484 (pended)         | 1
    A pended first level on file does not count.
    64484 x3                               | 64483 (pended)                 | 2
    A colleague's additional level is of another stream.
    64483 + 64484                          | 64484 (colleague)              | 1 1
    The surgery center's additional level is of another stream.
    64483 + 64484                          | 64484 (center)                 | 1 1
    The practitioner's additional level at another practice is of the same stream.
    64483 + 64484                          | 64484 (practitioner elsewhere) | 1 0
    The other region on file does not count.
    64483 + 64484                          | 64479 + 64480                  | 1 1
    More levels on file than are allowed leave not even the other side.
    64484-LT                               | 64483 + 64484-RT x2            | 0
    An interlaminar line is not asked and is no level.
    62323 + 64483 + 64484                  | 62323                          | - 1 1
    `,
  );
});

describe("ESI-LEVELS on a facility's claim", () => {
  provesTable(
    levels,
    `
    claim  | levels allowed | lines                       | on file                      | kept

    Two additional units of no side are one bilateral level.
    center |                | 64483 + 64484 x2            |                              | 1 2
    So they are beside a first level billed likewise.
    center |                | 64483 x2 + 64484 x2         |                              | 2 2
    They are two levels on a practitioner's claim.
           |                | 64483 + 64484 x2            |                              | 1 1
    Three units of no side are three levels.
    center |                | 64483 + 64484 x3            |                              | 1 1
    Two units of one side are two levels.
    center |                | 64483 + 64484-RT x2         |                              | 1 1
    Two bilateral units are two levels.
    center |                | 64483 + 64484-50 x2         |                              | 1 1
    A right line beside the two units is a third level.
    center |                | 64483 + 64484 x2 + 64484-RT |                              | 1 2 0
    The two units fall as one beside a right line.
    center |                | 64483 + 64484-RT + 64484 x2 |                              | 1 1 0
    The two units fall as one beside a unit of no side.
    center |                | 64483 + 64484 + 64484 x2    |                              | 1 1 0
    On file they weigh on both sides.
    center |                | 64484-LT                    | 64483 + 64484 x2             | 0
    They weigh on both sides while one of them is allowed.
    center |                | 64484-LT                    | 64483 + 64484 x2 (1 allowed) | 0
    They weigh as one level, not as two.
    center | 3              | 64484-LT                    | 64483 + 64484 x2             | 1
    On file they leave room for the same again where three levels are allowed.
    center | 3              | 64484 x2                    | 64483 + 64484 x2             | 2
    They weigh nothing where they are denied.
    center |                | 64484 x2                    | 64483 + 64484 x2 (denied)    | 2
    Another facility's levels are of another stream.
    center |                | 64483 + 64484               | 64484 (hospital)             | 1 1
    `,
  );
});

describe("ESI-LEVELS where another number is allowed", () => {
  provesTable(
    levels,
    `
    levels allowed | lines               | on file       | kept

    One level leaves no additional one.
    1              | 64483 + 64484       |               | 1 0
    Three levels leave two additional units.
    3              | 64483 + 64484 x3    |               | 1 2
    Three levels with one additional on file leave one.
    3              | 64484 x2            | 64483 + 64484 | 1
    A first level is never cut back.
    1              | 64483-RT + 64483-LT | 64483 + 64484 | 1 1
    `,
  );

  provesTable(
    levels,
    `
    lines            | verdicts

    A reduced line has one verdict, and a first level is met.
    64483 + 64484 x2 | met levels
    `,
  );
});
