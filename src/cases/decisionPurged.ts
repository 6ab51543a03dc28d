/** The decision was erased after its retention. Its leaf is still in the audit log. */
export class DecisionPurged extends Error {
  override readonly name = "DecisionPurged";

  constructor() {
    super("the decision was erased");
  }
}
