import type { GraphQLField } from "graphql";
import { Extensions } from "type-graphql";
import { Scope } from "../access/scopes";

/** What a token must grant for a field to be selected, beside what the root field above it needs. */
export interface Need {
  readonly scopes: readonly Scope[];
  /** Names of the root fields below which it needs nothing more. */
  readonly freeIn: readonly string[];
  /**
   * Of a field that leads to what is another's: names of the root fields of which what is free in them stays
   * free below it. Absent: of all.
   */
  readonly staysFreeIn?: readonly string[];
}

/** Root fields whose answer shows what the caller has just stored. */
export const ownMutations = [
  "submitClaimSession",
  "submitClaimSessions",
  "importSessions",
  "reviewDecision",
] as const;

/** Root fields that answer about what the caller has sent itself. */
export const ownAnswers = [...ownMutations, "previewClaimSession", "decisionByIdempotencyKey"] as const;

/**
 * Declares what a field needs. Every root field declares it; a field below one where it shows more than
 * everyone needs who may ask for what is above it.
 */
export function Needs(scopes: Scope | readonly Scope[], { freeIn = [], staysFreeIn }: Partial<Need> = {}) {
  const need: Need = { scopes: [scopes].flat(), freeIn, staysFreeIn };
  return Extensions({ need });
}

/** Declares that a root field shows nothing of members: any valid token will do. */
export function NeedsAnyToken() {
  return Needs([]);
}

/** The scopes that a field needs below a root field; undefined: below what nothing is free in. */
export function scopesIn(need: Need | undefined, rootName: string | undefined): readonly Scope[] {
  return !need || (rootName !== undefined && need.freeIn.includes(rootName)) ? [] : need.scopes;
}

/** What is free below a field: what is so in this root field, or nothing. */
export function rootBelow(need: Need | undefined, rootName: string | undefined): string | undefined {
  const stays = need?.staysFreeIn;
  return stays && rootName !== undefined && !stays.includes(rootName) ? undefined : rootName;
}

/** What a field declares; undefined where it declares nothing. */
export function needOf({ extensions }: GraphQLField<unknown, unknown>): Need | undefined {
  const need: unknown = extensions.need;
  return isNeed(need) ? need : undefined;
}

function isNeed(value: unknown): value is Need {
  return typeof value === "object" && value !== null && "scopes" in value && "freeIn" in value;
}
