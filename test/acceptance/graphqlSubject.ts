import { ALLOWANCE, CANDIDATES, EXCEPTION, IMPORT, PREVIEW, REVIEW, SUBMIT } from "./graphqlDocuments";
import type {
  AnsweredCandidate,
  AnsweredDeclaration,
  AnsweredMember,
  AnsweredPreview,
  AnsweredSubmission,
  Subject,
} from "./subject";
import type { JsonObject } from "./vectorFile";

export interface ServiceAddress {
  url: string;
  /** A bearer token with every scope. */
  token: string;
}

interface WrittenError {
  message: string;
  extensions?: { code?: string };
}
interface Reply<Answer> {
  data?: Answer | null;
  errors?: WrittenError[];
}

/**
 * The service answered, but with top-level errors: the document, the caller or the service itself is at
 * fault.
 */
export class TopLevelErrors extends Error {
  constructor(readonly errors: WrittenError[]) {
    super(errors.map(({ message, extensions }) => `${extensions?.code ?? "no code"}: ${message}`).join("; "));
    this.name = "TopLevelErrors";
  }
}

async function ask<Answer>(
  { url, token }: ServiceAddress,
  query: string,
  variables: JsonObject,
): Promise<Answer> {
  const reply = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await reply.text();
  const { data, errors } = parseReply<Answer>(text, reply.status);
  if (errors !== undefined && errors.length > 0) throw new TopLevelErrors(errors);
  if (data === undefined || data === null) {
    throw new Error(`HTTP ${reply.status} without data: ${text.slice(0, 500)}`);
  }
  return data;
}

function parseReply<Answer>(text: string, httpCode: number): Reply<Answer> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`HTTP ${httpCode} is not JSON: ${text.slice(0, 500)}`, { cause });
  }
}

/** A service spoken to over HTTP. Its members are new in each run, but exceptions declared in it stay. */
export function graphqlSubject(service: ServiceAddress): Subject {
  return {
    async submit(input) {
      const reply = await ask<{ submitClaimSession: AnsweredSubmission }>(service, SUBMIT, { input });
      return reply.submitClaimSession;
    },
    async preview(input) {
      const { session = null } = input;
      const reply = await ask<{ previewClaimSession: AnsweredPreview }>(service, PREVIEW, { session });
      return reply.previewClaimSession;
    },
    async importSessions(inputs) {
      const reply = await ask<{ importSessions: AnsweredSubmission[] }>(service, IMPORT, { inputs });
      return reply.importSessions;
    },
    async review(input) {
      const reply = await ask<{ reviewDecision: AnsweredSubmission }>(service, REVIEW, { input });
      return reply.reviewDecision;
    },
    async declareException(input) {
      const reply = await ask<{ declarePolicyException: AnsweredDeclaration }>(service, EXCEPTION, { input });
      return reply.declarePolicyException;
    },
    async allowance(memberId, asked) {
      const reply = await ask<{ member: AnsweredMember }>(service, ALLOWANCE, { memberId, ...asked });
      return reply.member;
    },
    async candidates(memberId) {
      const reply = await ask<{ member: { readjudicationCandidates: AnsweredCandidate[] } }>(
        service,
        CANDIDATES,
        { memberId },
      );
      return reply.member.readjudicationCandidates;
    },
  };
}
