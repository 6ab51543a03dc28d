import { units } from "../../../src/policy/rules/units";
import { provesTable } from "./ruleTable";

describe("ESI-UNITS of an interlaminar code", () => {
  provesTable(
    units,
    `
    claim  | interlaminar units allowed | lines                  | on file                        | kept

    One unit is kept.
           |                            | 62323                  |                                | 1
    A second unit of the line is taken.
           |                            | 62323 x3               |                                | 1
    A second line of the code is taken.
           |                            | 62323 + 62323          |                                | 1 0
    Sides do not make more of it.
           |                            | 62323-RT + 62323-RT    |                                | 1 0
    The two codes are counted apart.
           |                            | 62321 + 62323          |                                | 1 1
    A unit on file counts first.
           |                            | 62323                  | 62323                          | 0
    A unit of the other code on file does not count.
           |                            | 62323                  | 62321                          | 1
    A denied line on file does not count.
           |                            | 62323                  | 62323 (denied)                 | 1
    A pended line on file does not count.
           |                            | 62323                  | 62323 (pended)                 | 1
    A colleague's line is of another stream.
           |                            | 62323                  | 62323 (colleague)              | 1
    The practitioner's line at another practice is of the same stream.
           |                            | 62323                  | 62323 (practitioner elsewhere) | 0
    The surgery center's line is of another stream.
           |                            | 62323                  | 62323 (center)                 | 1
    A line that an earlier rule took uses nothing up.
           |                            | 62323 (taken) + 62323  |                                | - 1
    A pended line uses nothing up.
           |                            | 62323 (pended) + 62323 |                                | - 1
    Two units of no side on a facility's interlaminar line are no bilateral level.
    center |                            | 62323 x2               |                                | 1
    Where two units are allowed the third is taken.
           | 2                          | 62323 x3               |                                | 2
    Where two units are allowed they may stand on two lines.
           | 2                          | 62323 + 62323 x2       |                                | 1 1
    Where two units are allowed one on file leaves one.
           | 2                          | 62323 x2               | 62323 x2 (1 allowed)           | 1
    More units on file than are allowed leave none.
           |                            | 62323                  | 62323 x3                       | 0
    `,
  );
});

describe("ESI-UNITS of a first transforaminal level", () => {
  provesTable(
    units,
    `
    claim    | lines                          | on file                 | kept

    One side is kept.
             | 64483-RT                       |                         | 1
    Both sides on two lines are one level.
             | 64483-RT + 64483-LT            |                         | 1 1
    Both sides on one line are one level.
             | 64483-50                       |                         | 1
    RT and LT on one line are both sides.
             | 64483-RT-LT + 64483-LT         |                         | 1 0
    A second unit of one side is taken.
             | 64483-RT x2                    |                         | 1
    A second line of one side is taken.
             | 64483-RT + 64483-RT            |                         | 1 0
    A second unit of both sides is taken.
             | 64483-50 x2                    |                         | 1
    A side after both sides is taken.
             | 64483-50 + 64483-LT            |                         | 1 0
    Both sides after one of them are taken.
             | 64483-LT + 64483-50            |                         | 1 0
    A line of no side needs both sides.
             | 64483-RT + 64483               |                         | 1 0
    A line of no side takes both sides up.
             | 64483 + 64483-RT               |                         | 1 0
    After a right and a left line nothing is left for a line of no side.
             | 64483-RT + 64483-LT + 64483    |                         | 1 1 0
    After a line that was taken the other side is still free.
             | 64483-RT + 64483-50 + 64483-LT |                         | 1 0 1
    Modifiers that name no side change nothing.
             | 64483-59 + 64483-KX            |                         | 1 0
    The two codes are counted apart.
             | 64479 + 64483                  |                         | 1 1
    A practitioner's second unit of no side is taken.
             | 64483 x2                       |                         | 1
    A line that an earlier rule took uses nothing up.
             | 64483 (taken) + 64483          |                         | - 1
    A pended line uses nothing up.
             | 64483-RT (pended) + 64483      |                         | - 1
    The same side on file is taken.
             | 64483-RT                       | 64483-RT                | 0
    The other side on file is free.
             | 64483-LT                       | 64483-RT                | 1
    One side on file leaves nothing for both.
             | 64483-50                       | 64483-RT                | 0
    A line of no side on file takes both sides up.
             | 64483-LT                       | 64483                   | 0
    A line on file of which a unit is allowed takes its side up.
             | 64483-RT                       | 64483-RT x3 (1 allowed) | 0
    A denied line on file takes nothing up.
             | 64483-RT                       | 64483-RT (denied)       | 1
    A pended line on file takes nothing up.
             | 64483-RT                       | 64483-RT (pended)       | 1
    The other code on file takes nothing up.
             | 64483-RT                       | 64479-RT + 64484-RT     | 1
    A colleague's line is of another stream.
             | 64483-RT                       | 64483-RT (colleague)    | 1
    The surgery center's line is of another stream.
             | 64483-RT                       | 64483-RT (center)       | 1
    Two units of no side on a surgery center's line are one bilateral level.
    center   | 64483 x2                       |                         | 2
    So they are on a hospital's line.
    hospital | 64479 x2                       |                         | 2
    Three units of no side are not.
    center   | 64483 x3                       |                         | 1
    Two units of one side are not.
    center   | 64483-RT x2                    |                         | 1
    Two units of both sides are not.
    center   | 64483-50 x2                    |                         | 1
    After two units of no side no side is left.
    center   | 64483 x2 + 64483-RT            |                         | 2 0
    Two units of no side fall as one where one side is taken.
    center   | 64483-RT + 64483 x2            |                         | 1 0
    A second line of two units of no side is taken.
    center   | 64483 x2 + 64483 x2            |                         | 2 0
    Two units of no side on file take both sides up while one of them is allowed.
    center   | 64483-LT                       | 64483 x2 (1 allowed)    | 0
    Two units of no side that are denied on file take nothing up.
    center   | 64483 x2                       | 64483 x2 (denied)       | 2
    Two units of no side fall as one where one side is taken on file.
    center   | 64483 x2                       | 64483-LT                | 0
    An additional level is not asked.
             | 64483 + 64484 x3               |                         | 1 -
    `,
  );
});

describe("ESI-UNITS says", () => {
  provesTable(
    units,
    `
    lines               | verdicts

    that the units of an interlaminar code are too many.
    62323 x2            | interlaminarUnits
    that a first level is billed already.
    64483-RT + 64483-50 | met levelBilledBefore
    `,
  );
});
