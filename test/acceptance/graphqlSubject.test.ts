import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { buildSchema, graphql } from "graphql";
import { TopLevelErrors, graphqlSubject } from "./graphqlSubject";
import type { Subject } from "./subject";

/* A service that lacks what a later issue brings: it knows members and nothing else. */
const SCHEMA = buildSchema(`
  scalar LocalDate
  enum SpinalRegion { CERVICAL_THORACIC LUMBAR_SACRAL }
  type PriorSession { dateOfService: LocalDate! }
  type AllowanceLimit {
    months: Int! sessions: Int! used: Int! left: Int! windowOpens: LocalDate! counted: [PriorSession!]!
  }
  type PolicyVersion { id: ID! }
  type Allowance { nextEligibleDate: LocalDate policyVersion: PolicyVersion! limits: [AllowanceLimit!]! }
  type Member {
    historyOnFileSince: LocalDate
    allowance(
      region: SpinalRegion!, on: LocalDate!, stateOfService: String, benefitPlanId: ID, providerContractId: ID
    ): Allowance
  }
  type Query { member(id: ID!): Member }
`);

interface Posted {
  authorization: string | undefined;
  variables: Record<string, unknown>;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe("the service as a subject", () => {
  const posted: Posted[] = [];
  let server: Server;
  let subject: Subject;

  beforeAll(async () => {
    const rootValue = { member: () => ({ historyOnFileSince: "2025-03-10", allowance: null }) };
    server = createServer((request, reply) => {
      void read(request).then(async (text) => {
        const { query, variables } = JSON.parse(text);
        posted.push({ authorization: request.headers.authorization, variables });
        reply.setHeader("content-type", "application/json");
        const answer = await graphql({ schema: SCHEMA, source: query, variableValues: variables, rootValue });
        reply.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((listening) => {
      server.listen(0, "127.0.0.1", listening);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    subject = graphqlSubject({ url: `http://127.0.0.1:${address.port}/graphql`, token: "a-token" });
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => {
      server.close(() => closed());
    });
  });

  it("is asked with the token, and with no variable that the step leaves out", async () => {
    const asked = { region: "LUMBAR_SACRAL", on: "2021-01-01", benefitPlanId: null };
    await expect(subject.allowance("m-1", asked)).resolves.toEqual({
      historyOnFileSince: "2025-03-10",
      allowance: null,
    });
    expect(posted.at(-1)?.authorization).toBe("Bearer a-token");
    expect(posted.at(-1)?.variables).toStrictEqual({ memberId: "m-1", ...asked });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["readjudicationCandidates", () => subject.candidates("m-1")],
    ["ReviewDecisionInput", () => subject.review({})],
    ["PolicyExceptionInput", () => subject.declareException({})],
  ])("fails with top-level errors where the service lacks %s", async (missing, ask) => {
    const failure: unknown = await ask().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(TopLevelErrors);
    expect(String(failure)).toContain(missing);
  });

  it("sends an unpaired surrogate as it is", async () => {
    await subject.allowance("m\ud800", { region: "LUMBAR_SACRAL", on: "2021-01-01" });
    expect(posted.at(-1)?.variables.memberId).toBe("m\ud800");
  });
});
