/**
 * The version of the rules' logic that is written into every decision; CHANGELOG.md says what each one
 * changed.
 */
export const engineVersion = "1.0.0";
