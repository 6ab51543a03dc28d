import { discontinued } from "../../../src/policy/rules/discontinued";
import { provesTable } from "./ruleTable";

describe("ESI-DISCONTINUED", () => {
  provesTable(
    discontinued,
    `
    claim        | lines             | verdicts         | kept

    Modifier 53 pends the line.
                 | 64483-53          | discontinued     | pended
    Modifier 73 pends the line.
    center at 24 | 62323-73          | discontinued     | pended
    Modifier 74 changes nothing.
    center at 24 | 62323-74          | met              | 1
    Modifier 52 changes nothing.
                 | 64483-52          | met              | 1
    A line without modifiers is met.
                 | 64483             | met              | 1
    The modifier may stand in any place, and pends all units.
                 | 64483-RT-59-53 x3 | discontinued     | pended
    Both modifiers on one line pend it once.
                 | 64483-53-73       | discontinued     | pended
    An additional level is judged for itself.
                 | 64483 + 64484-53  | met discontinued | 1 pended
    A line that stands no longer is not asked.
                 | 64483-53 (taken)  | -                | -
    `,
  );
});
