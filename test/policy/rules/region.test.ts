import { region } from "../../../src/policy/rules/region";
import { provesTable } from "./ruleTable";

describe("ESI-REGION", () => {
  provesTable(
    region,
    `
    regions allowed | lines                         | on file              | verdicts

    One region is met.
                    | 64483 + 64484 + 62323         |                      | met met met
    Of two regions that of the lowest line number is kept.
                    | 62321 + 62323                 |                      | met regionOnClaim
    All lines of the other region are taken.
                    | 62323 + 62321 + 64483 + 64479 |                      | met regionOnClaim met regionOnClaim
    A line that stands no longer keeps no region.
                    | 62321 (taken) + 62323         |                      | - met
    A pended line keeps no region.
                    | 62321 (pended) + 62323        |                      | - met
    The order of the lines that stand decides, not that of the lines billed.
                    | 64483 (taken) + 64479 + 64484 |                      | - met regionOnClaim
    Where two regions are allowed both are met.
    2               | 62321 + 62323                 |                      | met met
    The region on file is met.
                    | 62323                         | 64483                | met
    The other region is taken.
                    | 62321                         | 62323                | regionOnFile
    The region on file is kept before those of the claim.
                    | 62321 + 62323                 | 62323                | regionOnFile met
    Where two regions are allowed the one on file leaves room for one.
    2               | 62321                         | 62323                | met
    Both regions on file stay, even if only one is allowed.
                    | 62321 + 62323                 | 62321 + 62323        | met met
    A denied line on file makes no region.
                    | 62321                         | 62323 (denied)       | met
    A pended line on file makes no region.
                    | 62321                         | 62323 (pended)       | met
    A reduced line on file makes a region.
                    | 62321                         | 62323 x2 (1 allowed) | regionOnFile
    A colleague's region counts like the practitioner's own.
                    | 62321                         | 62323 (colleague)    | regionOnFile
    `,
  );

  provesTable(
    region,
    `
    lines                             | on file | kept

    All units of the region that still stand are taken.
    62323 + 64479 x3 (2 left) + 64480 |         | 1 0 0
    So they are where the other region is on file.
    62321 x2 (1 left)                 | 62323   | 0
    `,
  );
});

describe("ESI-REGION where practitioner and facility contradict each other", () => {
  provesTable(
    region,
    `
    claim        | lines                  | on file                                    | verdicts

    A practitioner's claim is pended where only the facility's is on file.
                 | 62321                  | 62323 (center)                             | contradiction
    A facility's claim is pended where only practitioners' claims are on file.
    center at 24 | 62321                  | 62323 (practitioner) + 64483 (colleague)   | contradiction
    A claim that also bills the region on file contradicts nothing.
                 | 62321 + 62323          | 62323 (center)                             | regionOnFile met
    It does where its line in that region stands no longer.
                 | 62321 + 62323 (taken)  | 62323 (center)                             | contradiction -
    It does where its line in that region is pended.
                 | 62321 + 62323 (pended) | 62323 (center)                             | contradiction -
    A claim of the same type on file decides between the two.
                 | 62321                  | 62323 (center) + 64483 (colleague)         | regionOnFile
    It decides nothing where it is denied.
                 | 62321                  | 62323 (center) + 64483 (colleague, denied) | contradiction
    Two facilities do not contradict each other.
    center at 24 | 62321                  | 62323 (hospital)                           | regionOnFile
    A region that both name is none.
                 | 62323                  | 64483 (center)                             | met
    Both regions on file leave nothing to contradict.
                 | 62321                  | 62323 (center) + 62321 (center)            | met
    `,
  );

  provesTable(
    region,
    `
    regions allowed | lines            | on file        | kept

    Where two regions are allowed there is no contradiction.
    2               | 62321            | 62323 (center) | 1
    All lines of the region are pended.
                    | 64479 + 64480 x2 | 62323 (center) | pended pended
    `,
  );
});
