import { Random, randomFrom } from "../../bench/random";
import { dateOf, dayNumber } from "../../reference/calendar";
import type { ClaimLineInput, ClaimSessionInput } from "../../reference/contract";

/*
 * Claims as a payer gets them over three years, about a quarter of them for sessions beyond the limit. They
 * come in no order of their dates. What the judge does not know is not among them: see judge.ts.
 */

export interface Claims {
  /** In the order in which they come. */
  readonly originals: readonly ClaimSessionInput[];
  /** Voids and replacements of some of them; they come when all the others have. */
  readonly corrections: readonly ClaimSessionInput[];
}

const shareOfCorrections = 0.04;
const shareOfPairs = 0.15;
const firstDay = dayNumber("2022-06-01");
const days = 900;
const spreadDays = 400;
const mostSessionsOfARegion = 9;

const cervical = { interlaminar: "62321", primary: "64479", addOn: "64480" };
const lumbar = { interlaminar: "62323", primary: "64483", addOn: "64484" };
const practice = {
  claimType: "PROFESSIONAL",
  placeOfService: "11",
  billingProviderNpi: "1500000009",
} as const;
const centre = {
  claimType: "FACILITY",
  placeOfService: "24",
  billingProviderNpi: "1900000005",
} as const;
const practitioners = ["1234567893", "1234567893", "1234567893", "1000000004"];

/** The same for the same seed. */
export function claimsOf(seed: string, sessions: number): Claims {
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
  const corrected = Math.floor(sessions * shareOfCorrections);
  const originals: ClaimSessionInput[] = [];
  for (let member = 0; originals.length < sessions - corrected; member++) {
    const memberId = `AUDIT-${String(member).padStart(7, "0")}`;
    const codes = random() < 0.75 ? lumbar : cervical;
    const from = firstDay + Math.floor(random() * days);
    const count = 1 + Math.floor(random() * mostSessionsOfARegion);
    for (let session = 0; session < count; session++) {
      const date = dateOf(from + Math.floor(random() * spreadDays));
      originals.push(...claimsOfSession(memberId, date, codes));
    }
  }
  originals.length = sessions - corrected;
  originals.forEach((claim, place) => (claim.claimNumber = `AUDITCLAIM-${place}`));
  const inOrder = shuffled(originals, random);
  const originalsToCorrect = inOrder.slice(0, corrected);
  return {
    originals: shuffled(originals, random),
    corrections: originalsToCorrect.map((original, place) => correctionOf(original, place)),
  };

  function claimsOfSession(
    memberId: string,
    dateOfService: string,
    codes: typeof lumbar,
  ): ClaimSessionInput[] {
    const about = { memberId, claimNumber: "", dateOfService, stateOfService: "TX" };
    const lineOfBusiness = pick(["MEDICARE", "MEDICAID", "MARKETPLACE"] as const);
    const lines = linesOf(codes);
    const claim = { ...about, lineOfBusiness, lines };
    const professional = { ...claim, ...practice, renderingProviderNpi: pick(practitioners) };
    const facility = { ...claim, ...centre };
    const roll = random();
    if (roll < shareOfPairs)
      return [professional, { ...facility, lines: random() < 0.9 ? lines : linesOf(codes) }];
    // Now and then the same day is billed once more.
    if (roll < shareOfPairs + 0.03) return [professional, { ...professional, lines: linesOf(codes) }];
    return [random() < 0.8 ? professional : facility];
  }

  /** At most one line of a code: what the judge is told. */
  function linesOf({ interlaminar, primary, addOn }: typeof lumbar): ClaimLineInput[] {
    const other = primary === lumbar.primary ? cervical : lumbar;
    const roll = random();
    if (roll < 0.5) return lines([interlaminar]);
    if (roll < 0.66) return lines([primary, pick(["", "RT", "LT", "50"])]);
    if (roll < 0.8) return lines([primary], [addOn, pick(["", "", "RT", "50"])]);
    if (roll < 0.86) return lines([primary], [addOn, "", 2]);
    if (roll < 0.88) return lines([addOn]);
    if (roll < 0.9) return lines([interlaminar, "", 2]);
    if (roll < 0.92) return lines([other.interlaminar], [primary]);
    if (roll < 0.93) return lines([interlaminar, "50"]);
    if (roll < 0.94) return lines([primary, "53"], [addOn]);
    if (roll < 0.95) return lines([primary, pick(["", "RT"]), 2]);
    if (roll < 0.97) return lines(["99213"]);
    return lines([interlaminar], ["77003"]);
  }

  function correctionOf(original: ClaimSessionInput, place: number): ClaimSessionInput {
    const frequency = random() < 0.5 ? "VOID" : "REPLACEMENT";
    const { claimNumber: originalClaimNumber } = original;
    const claimNumber = `AUDITCORRECTION-${place}`;
    const lines = frequency === "VOID" ? [] : linesOf(random() < 0.8 ? lumbar : cervical);
    return { ...original, claimNumber, frequency, originalClaimNumber, lines };
  }
}

function lines(
  ...billed: readonly (readonly [code: string, modifier?: string, units?: number])[]
): ClaimLineInput[] {
  return billed.map(([procedureCode, modifier = "", units = 1], place) => ({
    ...{ lineNumber: place + 1, procedureCode, units },
    modifiers: modifier === "" ? [] : [modifier],
  }));
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const left = [...values];
  for (let last = left.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [left[last], left[other]] = [left[other], left[last]];
  }
  return left;
}
