import { addOnsWithoutPrimary } from "./addOnsWithoutPrimary";
import { claimsThatDisagree } from "./claimsThatDisagree";
import { denialsNowPayable } from "./denialsNowPayable";
import { exceptionsAndReviews } from "./exceptionsAndReviews";
import { excessLevels } from "./excessLevels";
import { fiveInTwelveMonths } from "./fiveInTwelveMonths";
import { outOfOrder } from "./outOfOrder";
import { Question } from "./question";
import { reading } from "./reading";
import { twoRegions } from "./twoRegions";

/** Every question that an auditor can ask of all members, each answered from one stream after the other. */
export const questions: readonly Question[] = [
  fiveInTwelveMonths,
  twoRegions,
  excessLevels,
  addOnsWithoutPrimary,
  claimsThatDisagree,
  exceptionsAndReviews,
  reading,
  denialsNowPayable,
  outOfOrder,
];
