import { plainDate } from "../claim/plainDate";
import { conventions } from "./conventions";
import { articleA56681, articleA58777, molinaOverview, molinaPurpose } from "./documents";
import { exceptionSources } from "./exceptions";
import { DatedPolicy, PolicyRow, versionsOf } from "./policyVersion";
import { procedures } from "./procedures";
import { Reason, Reasons, Rule } from "./rule";
import { addOnOfDeniedPrimary, addOnWithoutPrimary } from "./rules/addOn";
import { ascBilateral } from "./rules/ascBilateral";
import { discontinued } from "./rules/discontinued";
import { duplicate } from "./rules/duplicate";
import { frequency } from "./rules/frequency";
import { interlaminarSide } from "./rules/interlaminarSide";
import { levels } from "./rules/levels";
import { region } from "./rules/region";
import { units } from "./rules/units";

/** Reading I-15: the policy states no effective date. */
const firstDate = plainDate("2021-12-12");

const notTogether = everywhere("CO", "4", "N519");
const excessUnits = byBusiness(codes("CO", "151", "N362", "N115"), codes("CO", "151", "N362"));
const excessLevels = byBusiness(codes("CO", "151", "N362", "N115"), codes("CO", "273", "N362"));

/** The payer's policy "Epidural Steroid for Pain Management". */
export const molinaEsi: DatedPolicy = {
  id: "molina-esi",
  parameters: {
    sessionsPerRegion: [
      {
        effectiveFrom: firstDate,
        value: [{ months: 12, sessions: 4 }],
        cites: [molinaOverview(4), articleA58777, articleA56681],
      },
    ],
    regionsPerSession: [
      { effectiveFrom: firstDate, value: 1, cites: [molinaOverview(1), articleA58777, articleA56681] },
    ],
    transforaminalLevels: [
      { effectiveFrom: firstDate, value: 2, cites: [molinaOverview(2), articleA58777, articleA56681] },
    ],
    interlaminarLevels: [
      { effectiveFrom: firstDate, value: 1, cites: [molinaOverview(3), articleA58777, articleA56681] },
    ],
  },
  procedures,
  conventions,
  precedence: [{ effectiveFrom: firstDate, value: exceptionSources, cites: [molinaPurpose] }],
  rows: [
    {
      effectiveFrom: firstDate,
      cites: [articleA58777, articleA56681],
      value: [
        row(duplicate, { equalLineOnFile: everywhere("OA", "18") }),
        row(discontinued, {}),
        row(addOnWithoutPrimary, { primaryAbsent: everywhere("CO", "107", "N122") }),
        row(interlaminarSide, { bilateral: notTogether, otherSide: notTogether }),
        row(ascBilateral, { modifier50: notTogether }),
        row(units, { interlaminarUnits: excessUnits, levelBilledBefore: excessUnits }),
        row(addOnOfDeniedPrimary, { primaryDenied: everywhere("CO", "B15", "N674") }),
        row(levels, { levels: excessLevels }),
        row(frequency, {
          overfilled: byBusiness(codes("CO", "151", "N115", "N702"), codes("CO", "273", "N640", "N702")),
        }),
        row(region, {
          regionOnFile: byBusiness(codes("CO", "50", "N115", "M80"), codes("CO", "272", "M80")),
          regionOnClaim: byBusiness(codes("CO", "50", "N115", "N20"), codes("CO", "272", "N20")),
        }),
      ],
    },
  ],
};

/** Its versions, newest first. */
export const molinaEsiVersions = versionsOf(molinaEsi);

function row(rule: Rule, reasons: Record<string, Reasons>): PolicyRow {
  return { rule, reasons };
}

function codes(group: Reason["group"], carc: string, ...rarcs: string[]): Reason {
  return { group, carc, rarcs };
}

function byBusiness(medicare: Reason, others: Reason): Reasons {
  return { MEDICARE: medicare, MEDICAID: others, MARKETPLACE: others };
}

function everywhere(...reason: Parameters<typeof codes>): Reasons {
  return byBusiness(codes(...reason), codes(...reason));
}
