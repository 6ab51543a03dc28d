/** What is asked for takes too long to find, and would the next time as well. */
export class TooSlow extends Error {
  override readonly name = "TooSlow";

  constructor() {
    super("the search takes too long");
  }
}
