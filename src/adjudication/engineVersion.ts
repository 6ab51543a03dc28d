/**
 * The version of the rules' logic that is written into every decision; CHANGELOG.md says what each one
 * changed.
 */
export const engineVersion = "1.0.0";

/**
 * The versions whose decisions this program decides alike, and so can replay. A version that corrects a
 * misreading leaves the earlier ones out, unless their rules are kept beside the new ones.
 */
export const reproducedEngines: readonly string[] = [engineVersion];
