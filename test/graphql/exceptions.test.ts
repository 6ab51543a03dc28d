import { Given } from "./claims";
import { declare, declared, end, exceptionsDocument, sixInOhio } from "./correcting";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { decided, pathsOf } from "./submitting";

let served: ServedService;
beforeEach(async () => void (served = await serveOverHttp()));
afterEach(() => served.stop());

interface Listed {
  readonly id: string;
  readonly effectiveTo: string | null;
  readonly endings: object[];
}
const listed = async (): Promise<Listed[]> =>
  (await served.fields<{ policyExceptions: Listed[] }>(exceptionsDocument, {}, { scopes: [] }))
    .policyExceptions;

const CONSIDERED = `query ($id: ID!) { decision(id: $id) { disposition exceptionsConsidered {
  applied exception { id source parameter value effectiveTo endings { effectiveTo declaredBy } }
} } }`;
interface Considered {
  readonly disposition: string;
  readonly exceptionsConsidered: { readonly exception: Listed; readonly applied: boolean }[];
}
const considered = async (id: string): Promise<Considered> =>
  (await served.fields<{ decision: Considered }>(CONSIDERED, { id })).decision;

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe("an exception", () => {
  it("is declared by the subject of the token, and shown to every token in the order of declaration", async () => {
    const input = sixInOhio({ effectiveTo: "2025-12-31", citationUrl: "https://example.org/notice-7" });
    const asking = { subject: "policy.office", scopes: ["policy:write"] } as const;
    const { exception, userErrors } = await declare(served, input, asking);
    expect(userErrors).toEqual([]);
    expect(exception).toEqual({
      ...input,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      declaredAt: instant,
      declaredBy: "policy.office",
      endings: [],
    });
    const earlier = await declared(served, { source: "FEDERAL", key: null, effectiveFrom: "2023-01-01" });
    const another = await declared(served, { source: "BENEFIT_PLAN", key: "PLAN-1" });
    const all = await listed();
    expect(all[0]).toEqual(exception);
    expect(all.map(({ id }) => id)).toEqual([exception?.id, earlier, another]);
  });

  it("that is declared again is the first one; with another field it overlaps", async () => {
    const first = await declare(served, sixInOhio());
    const again = sixInOhio({
      value: '[ {"sessions": 6.0, "months": 12} ]',
      effectiveTo: null,
      citationUrl: null,
    });
    expect(await declare(served, again, { subject: "another" })).toEqual(first);
    for (const other of [{ citation: "Notice 8" }, { effectiveTo: "2025-01-01" }])
      expect(await declare(served, sixInOhio(other))).toMatchObject({
        exception: null,
        userErrors: [{ code: "EXCEPTION_OVERLAPS", field: ["effectiveFrom"], decisionId: null }],
      });
    const federal = { source: "FEDERAL", parameter: "regionsPerSession", value: "2" };
    const nullKey = await declared(served, { ...federal, key: null });
    expect(await declared(served, { ...federal, key: undefined })).toBe(nullKey);
    expect(await listed()).toHaveLength(2);
  });

  it("is listed by the decisions that it held for, and by none made before", async () => {
    const inOhio = { stateOfService: "OH", benefitPlanId: "PLAN-1" };
    const before = await decided(served, "M", { ...inOhio, claimNumber: "A1", dateOfService: "2025-01-06" });
    const state = await declared(served, { value: '[{"months":12,"sessions":1}]' });
    await declared(served, { key: "TX" });
    const plan = await declared(served, { source: "BENEFIT_PLAN", key: "PLAN-1" });
    const after = await decided(served, "M", { ...inOhio, claimNumber: "A2", dateOfService: "2025-02-03" });
    const elsewhere = await decided(served, "N", { stateOfService: "AK", claimNumber: "A3" });
    expect(await considered(after)).toMatchObject({
      disposition: "DENIED",
      exceptionsConsidered: [
        { applied: true, exception: { id: state, source: "STATE", value: '[{"months":12,"sessions":1}]' } },
        { applied: false, exception: { id: plan, source: "BENEFIT_PLAN", parameter: "sessionsPerRegion" } },
      ],
    });
    expect(await considered(before)).toEqual({ disposition: "APPROVED", exceptionsConsidered: [] });
    expect(await considered(elsewhere)).toEqual({ disposition: "APPROVED", exceptionsConsidered: [] });
  });
});

describe("the end of an exception", () => {
  const ending = (exceptionId: string, effectiveTo: unknown, given: Given = {}): object => ({
    ...{ exceptionId, effectiveTo, citation: "Notice 9", ...given },
  });

  it("is brought forward by further entries, and what was declared is still shown", async () => {
    const id = await declared(served);
    const asking = { subject: "policy.office", scopes: ["policy:write"] } as const;
    const link = { citationUrl: "https://example.org/notice-9" };
    const ended = await end(served, ending(id, "2025-12-31", link), asking);
    const first = {
      effectiveTo: "2025-12-31",
      citation: "Notice 9",
      ...link,
      declaredAt: instant,
      declaredBy: "policy.office",
    };
    expect(ended).toMatchObject({
      exception: { id, citation: "Notice 7, section 2", effectiveTo: "2025-12-31", endings: [first] },
      userErrors: [],
    });
    expect(await end(served, ending(id, "2025-12-31", link))).toEqual(ended);
    const second = { ...first, effectiveTo: "2023-12-31", citationUrl: null, declaredBy: "tester" };
    const never = await end(served, ending(id, "2023-12-31"));
    expect(never.exception).toMatchObject({ effectiveTo: "2023-12-31", endings: [first, second] });
    expect(await listed()).toEqual([never.exception]);
  });

  it("leaves the exception as it stood in the decisions made before, and holds for those after", async () => {
    const id = await declared(served);
    const inOhio = { stateOfService: "OH", dateOfService: "2025-05-12" };
    const before = await decided(served, "M", { ...inOhio, claimNumber: "A1" });
    await end(served, ending(id, "2025-05-12"));
    const onLastDay = await decided(served, "M", { ...inOhio, claimNumber: "A2" });
    const later = { ...inOhio, claimNumber: "A3", dateOfService: "2025-05-13" };
    const afterwards = await decided(served, "M", later);
    const stood = async (decision: string) =>
      (await considered(decision)).exceptionsConsidered.map(({ exception }) => exception);
    expect(await stood(before)).toMatchObject([{ id, effectiveTo: null, endings: [] }]);
    expect(await stood(onLastDay)).toMatchObject([
      { id, effectiveTo: "2025-05-12", endings: [{ effectiveTo: "2025-05-12", declaredBy: "tester" }] },
    ]);
    expect(await stood(afterwards)).toEqual([]);
  });

  it("makes room for another exception", async () => {
    const id = await declared(served);
    await end(served, ending(id, "2025-06-30"));
    await expect(declared(served, { effectiveFrom: "2025-07-01" })).resolves.toEqual(expect.any(String));
    expect((await declare(served, sixInOhio())).exception).toMatchObject({ id, effectiveTo: "2025-06-30" });
  });

  it.each<[string, object]>([
    ["exceptionId", { exceptionId: "x" }],
    ["exceptionId", { exceptionId: "\u0000" }],
    ["effectiveTo", { effectiveTo: "2026-01-01" }],
    ["effectiveTo", { effectiveTo: "2025-02-30" }],
    ["citation", { citation: "" }],
    ["citation", { citation: "x".repeat(501) }],
    ["citationUrl", { citationUrl: "a\u0000" }],
  ])("is refused with its fault at %s: %j", async (path, given) => {
    const id = await declared(served, { effectiveTo: "2025-12-31" });
    const { exception, userErrors } = await end(served, { ...ending(id, "2025-06-30"), ...given });
    expect([exception, pathsOf(userErrors)]).toEqual([null, [path]]);
    expect(await listed()).toMatchObject([{ effectiveTo: "2025-12-31", endings: [] }]);
  });

  it("has all faults of its form told at once", async () => {
    const { userErrors } = await end(served, ending("x", "x", { citation: "", citationUrl: "" }));
    expect(pathsOf(userErrors)).toEqual(["citation", "citationUrl", "effectiveTo"]);
  });
});
