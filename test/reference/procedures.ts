import type { Approach, ClaimType, SpinalRegion } from "./contract";

export interface Procedure {
  region: SpinalRegion;
  approach: Approach;
  /** The primary that an add-on needs; null on a procedure that is no add-on. */
  primary: string | null;
}
export type Side = "RIGHT" | "LEFT" | "BILATERAL" | "UNSPECIFIED";

const GOVERNED = new Map<string, Procedure>([
  ["62321", { region: "CERVICAL_THORACIC", approach: "INTERLAMINAR", primary: null }],
  ["62323", { region: "LUMBAR_SACRAL", approach: "INTERLAMINAR", primary: null }],
  ["64479", { region: "CERVICAL_THORACIC", approach: "TRANSFORAMINAL", primary: null }],
  ["64480", { region: "CERVICAL_THORACIC", approach: "TRANSFORAMINAL", primary: "64479" }],
  ["64483", { region: "LUMBAR_SACRAL", approach: "TRANSFORAMINAL", primary: null }],
  ["64484", { region: "LUMBAR_SACRAL", approach: "TRANSFORAMINAL", primary: "64483" }],
]);

/** What the policy says of a procedure code; null where the code is not governed. */
export function governedProcedure(code: string): Procedure | null {
  return GOVERNED.get(code) ?? null;
}

export function sideOf(modifiers: string[]): Side {
  const right = modifiers.includes("RT");
  const left = modifiers.includes("LT");
  if (modifiers.includes("50") || (right && left)) return "BILATERAL";
  if (right) return "RIGHT";
  return left ? "LEFT" : "UNSPECIFIED";
}

/** A facility's line of no side billed with exactly two units: one bilateral level. */
export function isFacilityPair(claimType: ClaimType, line: { modifiers: string[]; units: number }): boolean {
  return claimType === "FACILITY" && line.units === 2 && sideOf(line.modifiers) === "UNSPECIFIED";
}

export interface Providers {
  claimType: ClaimType;
  billingProviderNpi: string;
  renderingProviderNpi?: string | null;
}

export function performerOf(claim: Providers): string {
  return claim.claimType === "FACILITY" ? claim.billingProviderNpi : (claim.renderingProviderNpi ?? "");
}

export function isSameStream(one: Providers, other: Providers): boolean {
  return one.claimType === other.claimType && performerOf(one) === performerOf(other);
}
