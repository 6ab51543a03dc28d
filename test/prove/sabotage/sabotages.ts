import { countingSabotages } from "./counting";
import { repeatingSabotages } from "./repeating";
import { Sabotage } from "./sabotage";
import { sealingAndShowingSabotages } from "./sealingAndShowing";
import { storingSabotages } from "./storing";

/** Every mistake that the checker must find. */
export const sabotages: readonly Sabotage[] = [
  ...storingSabotages,
  ...repeatingSabotages,
  ...countingSabotages,
  ...sealingAndShowingSabotages,
];

/** The copy in which nothing may be found. */
export const control: Sabotage = {
  name: "control",
  meaning: "Nothing is changed.",
  caughtBy: [],
  needs: [],
  showsWhen: "never",
  replacements: [],
};
