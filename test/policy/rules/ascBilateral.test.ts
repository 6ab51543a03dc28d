import { ascBilateral } from "../../../src/policy/rules/ascBilateral";
import { provesTable } from "./ruleTable";

describe("ESI-ASC-BILATERAL", () => {
  provesTable(
    ascBilateral,
    `
    claim              | lines               | verdicts       | kept

    A surgery center's line with modifier 50 loses all its units.
    center at 24       | 64483-50 x2         | modifier50     | 0
    The modifier may stand in any place.
    center at 24       | 64483-59-50         | modifier50     | 0
    An additional level is no exception.
    center at 24       | 64483 + 64484-50    | met modifier50 | 1 0
    An interlaminar line is no exception.
    center at 24       | 62323-50            | modifier50     | 0
    A right and a left line are how a surgery center bills both sides.
    center at 24       | 64483-RT + 64483-LT | met met        | 1 1
    RT and LT on one line are not modifier 50.
    center at 24       | 64483-RT-LT         | met            | 1
    A facility at another place is not asked.
    hospital at 22     | 64483-50            | -              | -
    A practitioner at a surgery center is not asked.
    practitioner at 24 | 64483-50            | -              | -
    A line that stands no longer is not asked.
    center at 24       | 64483-50 (taken)    | -              | -
    `,
  );
});
