import type {
  AllowanceArguments,
  HistoricalSessionInput,
  PolicyExceptionInput,
  ReviewDecisionInput,
  SubmitClaimSessionInput,
} from "../reference/contract";
import { ReferenceModel } from "../reference/referenceModel";
import type { Subject, SubjectFactory } from "./subject";
import type { JsonObject } from "./vectorFile";

/** Any clock after 2026-06-30 will do where a vector sets none. */
const CLOCK_AFTER_ALL_VECTORS = "2026-07-01T00:00:00Z";

/**
 * An input as a server would read it off the wire; that it has the form of the contract is the vectors'
 * promise.
 */
function asReceived<Input>(input: JsonObject): Input {
  return JSON.parse(JSON.stringify(input));
}

/** The reference model as a subject of the vectors; it can do all that they need. */
export const referenceSubjects: SubjectFactory = {
  abilities: new Set(["clock", "policy-versions"]),
  async start({ policyVersions }): Promise<Subject> {
    let clock = CLOCK_AFTER_ALL_VECTORS;
    const model = new ReferenceModel({ policyVersions, now: () => clock });
    return {
      submit: async (input) => model.submit(asReceived<SubmitClaimSessionInput>(input)),
      preview: async (input) => model.preview(asReceived<SubmitClaimSessionInput>(input)),
      importSessions: async (inputs) => model.importSessions(inputs.map(asReceived<HistoricalSessionInput>)),
      review: async (input) => model.review(asReceived<ReviewDecisionInput>(input)),
      declareException: async (input) => model.declareException(asReceived<PolicyExceptionInput>(input)),
      allowance: async (memberId, asked) => ({
        allowance: model.allowance(memberId, asReceived<AllowanceArguments>(asked)),
        historyOnFileSince: model.historyOnFileSince(memberId),
      }),
      candidates: async (memberId) => model.candidates(memberId),
      setClock: (instant) => {
        clock = instant;
      },
    };
  },
};
