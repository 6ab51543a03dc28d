import { pattern } from "./format";

export const modifier = pattern("2 characters, digits or capital letters", /^[0-9A-Z]{2}$/);
export const mostModifiers = 4;

/** Says on one line that both sides were treated. */
export const bilateralModifier = "50";

/** Which side of the spine a line bills, as its modifiers say. */
export type Side = "BILATERAL" | "RIGHT" | "LEFT" | "UNSPECIFIED";

export function sideOf(modifiers: readonly string[]): Side {
  const right = modifiers.includes("RT");
  const left = modifiers.includes("LT");
  if (modifiers.includes(bilateralModifier) || (right && left)) return "BILATERAL";
  return right ? "RIGHT" : left ? "LEFT" : "UNSPECIFIED";
}

/** The modifiers as a set in canonical order: two lines with equal sets are written alike. */
export function modifierSet(modifiers: readonly string[]): string {
  return [...new Set(modifiers)].sort().join(" ");
}
