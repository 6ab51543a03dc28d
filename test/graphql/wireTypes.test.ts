import { Given, line, submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { payload, pathsOf, submit, submitDocument, Submitted } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("null", () => {
  it("is the same as nothing, and a default spelled out the same as none", async () => {
    const first = await submit(served, submission({ memberId: "N1" }));
    expect(first).toMatchObject({ replayed: false, userErrors: [] });
    const spelled = {
      memberId: "N1",
      frequency: "ORIGINAL",
      originalClaimNumber: null,
      originalDateOfService: null,
      benefitPlanId: null,
      providerContractId: null,
      lines: [line({ modifiers: [], diagnosisCodes: [], chargeAmount: null })],
    };
    expect(await submit(served, submission(spelled))).toEqual({ ...first, replayed: true });
  });

  it("is no list and no frequency: these have defaults, and take no null", async () => {
    const wrong: [Given, string][] = [
      [{ frequency: null }, "input.session.frequency"],
      [{ lines: [line({ modifiers: null })] }, "input.session.lines[0].modifiers"],
      [{ lines: [line({ diagnosisCodes: [null] })] }, "input.session.lines[0].diagnosisCodes[0]"],
    ];
    for (const [given, place] of wrong) {
      const { errors } = await served.ask(submitDocument, { input: submission(given) });
      expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
      expect(errors?.[0]?.message).toContain(place);
    }
  });
});

describe("a value of the wrong type", () => {
  it.each<[string, Given]>([
    ["units as text", { lines: [line({ units: "4" })] }],
    ["units with a fraction", { lines: [line({ units: 1.5 })] }],
    ["units beyond 32 bits", { lines: [line({ units: 2147483648 })] }],
    ["units as truth", { lines: [line({ units: true })] }],
    ["a date as number", { dateOfService: 20250512 }],
    ["a date as list", { dateOfService: ["2025-05-12"] }],
    ["an amount as number", { lines: [line({ chargeAmount: 12.5 })] }],
    ["a claim number as number", { claimNumber: 7 }],
    ["an enum in lower case", { claimType: "facility" }],
    ["an enum that is unknown", { lineOfBusiness: "COMMERCIAL" }],
    ["a member as object", { memberId: { id: "M1" } }],
    ["a missing member", { memberId: undefined }],
    ["an unknown name", { qualifier: "x" }],
    ["an inherited name", JSON.parse('{"__proto__":{"memberId":"M1"}}')],
  ])("%s fails the document", async (_, given) => {
    const { statusCode, data, errors } = await served.ask(submitDocument, { input: submission(given) });
    expect({ statusCode, data }).toEqual({ statusCode: 200, data: undefined });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  });

  it.each<[string, string]>([
    ["1.0", "1 unit"],
    ["1e0", "1 unit"],
    ["-0", "session.lines.0.units"],
    ["1e400", "BAD_USER_INPUT"],
  ])("written as %s is judged as the number that it is", async (written, outcome) => {
    const body = {
      query: submitDocument,
      variables: { input: submission({ memberId: "NUMBERS" }, written) },
    };
    const sent = JSON.stringify(body)
      .replace('"units":1', `"units":${written}`)
      .replace('"A1"', `"${written}"`);
    const { data, errors } = await served.send<{ answer: Submitted }>(sent);
    if (errors || !data) return expect(errors?.[0].extensions.code).toBe(outcome);
    const { decision, userErrors } = data.answer;
    return expect(decision ? "1 unit" : pathsOf(userErrors).join()).toBe(outcome);
  });

  it("fails a literal too, and a malformed text in a literal does not", async () => {
    const literal = (date: string): string => `mutation {
      answer: submitClaimSession(input: { idempotencyKey: "k", session: {
        memberId: "LIT", claimNumber: "A1", claimType: FACILITY, lineOfBusiness: MEDICARE,
        stateOfService: "TX", placeOfService: "22", billingProviderNpi: "1500000009", dateOfService: ${date},
        lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }]
      } }) ${payload}
    }`;
    const { data, errors } = await served.ask(literal("20250512"));
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ message: expect.stringContaining("ClaimSessionInput.dateOfService") }]);
    const { answer } = await served.fields<{ answer: Submitted }>(literal('"2025-02-30"'));
    expect(pathsOf(answer.userErrors)).toEqual(["session.dateOfService"]);
    expect(
      (await served.fields<{ answer: Submitted }>(literal('"2025-02-28"'))).answer.decision,
    ).not.toBeNull();
  });
});
