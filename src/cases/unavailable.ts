/**
 * The service cannot answer now. Of a submission nothing is known to be stored or not stored: sent again with
 * the same key it is decided once, whatever became of the first attempt.
 */
export class Unavailable extends Error {
  override readonly name = "Unavailable";

  constructor(override readonly cause: unknown) {
    super("the service cannot answer now");
  }
}
