import { addOnOfDeniedPrimary, addOnWithoutPrimary } from "../../../src/policy/rules/addOn";
import { provesTable } from "./ruleTable";

describe("ESI-ADD-ON before units are counted", () => {
  provesTable(
    addOnWithoutPrimary,
    `
    claim  | lines                                | on file                         | verdicts

    An additional lumbar level is met beside its first level.
           | 64483 + 64484                        |                                 | - met
    An additional cervical level is met beside its first level.
           | 64479 + 64480                        |                                 | - met
    The first level may have the higher line number.
           | 64484 + 64483                        |                                 | met -
    The sides of the two need not agree.
           | 64483-RT + 64484-LT                  |                                 | - met
    Without a first level an additional one is denied.
           | 64484                                |                                 | primaryAbsent
    A lumbar first level is none for a cervical additional one.
           | 64483 + 64480                        |                                 | - primaryAbsent
    A cervical first level is none for a lumbar additional one.
           | 64479 + 64484                        |                                 | - primaryAbsent
    An interlaminar injection of the region is no first level.
           | 62323 + 64484                        |                                 | - primaryAbsent
    A first level on file is as good as one on the claim.
           | 64484                                | 64483                           | met
    A first level on file that was reduced is one.
           | 64484                                | 64483 x2 (1 allowed)            | met
    A first level on file that was denied is none.
           | 64484                                | 64483 (denied)                  | primaryAbsent
    A first level on file that is pended is none, and what becomes of it pends nothing here.
           | 64484                                | 64483 (pended)                  | primaryAbsent
    Another additional level on file is no first level.
           | 64484                                | 64484                           | primaryAbsent
    A colleague's first level is of another stream.
           | 64484                                | 64483 (colleague)               | primaryAbsent
    The practitioner's first level billed by another practice is of the same stream.
           | 64484                                | 64483 (practitioner elsewhere)  | met
    The surgery center's first level is of another stream.
           | 64484                                | 64483 (center)                  | primaryAbsent
    A facility's stream is the biller's, whomever its claims name.
    center | 64484                                | 64483 (center naming colleague) | met
    Another facility's first level is of another stream.
    center | 64484                                | 64483 (hospital)                | primaryAbsent
    A first level of this claim that an earlier rule took is none.
           | 64483 (taken) + 64484                |                                 | - primaryAbsent
    A first level taken as a duplicate leaves the equal one on file.
           | 64483 (taken) + 64484                | 64483                           | - met
    Beside a pended first level the additional one is pended.
           | 64483 (pended) + 64484               |                                 | - primaryPended
    A second first level that stands is enough beside a pended one.
           | 64483-RT (pended) + 64483-LT + 64484 |                                 | - - met
    A first level on file is enough beside a pended one.
           | 64483 (pended) + 64484               | 64483                           | - met
    A pended first level of the other region pends nothing.
           | 64479 (pended) + 64484               |                                 | - primaryAbsent
    A pended interlaminar injection pends nothing.
           | 62323 (pended) + 64484               |                                 | - primaryAbsent
    A pended additional level is not asked.
           | 64484 (pended)                       |                                 | -
    Each additional level is judged by its own first level.
           | 64483 + 64484 + 64480                |                                 | - met primaryAbsent
    `,
  );

  provesTable(
    addOnWithoutPrimary,
    `
    lines                     | kept

    The whole line is taken.
    64484 x3                  | 0
    The whole line is pended.
    64483 (pended) + 64484 x3 | - pended
    `,
  );
});

describe("ESI-ADD-ON after units are counted", () => {
  provesTable(
    addOnOfDeniedPrimary,
    `
    lines                                        | on file           | verdicts          | kept

    A first level that keeps one of its units keeps its additional level.
    64483 x2 (1 left) + 64484                    |                   | - met             | - 1
    A first level that lost all units takes its additional level with it.
    64483 (taken) + 64484                        |                   | - primaryDenied   | - 0
    Of an additional level that lost units before all the rest are taken.
    64483 (taken) + 64484 x3 (2 left)            |                   | - primaryDenied   | - 0
    A denied first level of the other region takes nothing.
    64479 (taken) + 64483 + 64484                |                   | - - met           | - - 1
    A first level on file saves the additional level.
    64483 (taken) + 64484                        | 64483             | - met             | - 1
    A first level that is denied on file saves nothing.
    64483 (taken) + 64484                        | 64483 (denied)    | - primaryDenied   | - 0
    A first level of another stream saves nothing.
    64483 (taken) + 64484                        | 64483 (colleague) | - primaryDenied   | - 0
    Where one first level is denied and another pended, the additional level is pended.
    64483-RT (taken) + 64483-LT (pended) + 64484 |                   | - - primaryPended | - - pended
    `,
  );
});
