import { Given, history, line, submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { answersTo, importDocument, outcomes, pathsOf, submit, Submitted } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("an import", () => {
  const faultsOfImport = async (given: Given): Promise<string[]> => {
    const { answers } = await served.fields<{ answers: Submitted[] }>(importDocument, {
      inputs: [history(given)],
    });
    return answers.flatMap(({ userErrors }) => pathsOf(userErrors));
  };

  it.each<[string, Given, string[]]>([
    ["an empty key", { idempotencyKey: "" }, ["idempotencyKey"]],
    ["an empty member", { memberId: "" }, ["memberId"]],
    ["no date of the calendar", { dateOfService: "2025-02-29" }, ["dateOfService"]],
    ["no rendering provider", { renderingProviderNpi: undefined }, ["renderingProviderNpi"]],
    ["an empty source", { sourceSystem: "" }, ["sourceSystem"]],
    ["a zero character", { sourceSystem: "a\u0000b" }, ["sourceSystem"]],
    ["half of a surrogate pair", { sourceSystem: "a\ud800b" }, ["sourceSystem"]],
    ["501 characters", { sourceSystem: "x".repeat(501) }, ["sourceSystem"]],
    ["501 characters beyond the first plane", { sourceSystem: "😀".repeat(501) }, ["sourceSystem"]],
    ["a very long text", { sourceSystem: "x".repeat(300_000) }, ["sourceSystem"]],
    ["no line", { lines: [] }, ["lines"]],
    ["two lines of one number", { lines: [line(), line()] }, ["lines.1.lineNumber"]],
    ["no unit", { lines: [line({ units: 0 })] }, ["lines.0.units"]],
  ])("with %s has its fault at its own root", async (_, given, paths) => {
    expect(await faultsOfImport(given)).toEqual(paths);
  });

  it("keeps free text as it was sent: composed or not, up to 500 characters of any plane", async () => {
    const texts = ["\u00e9", "e\u0301", "😀".repeat(500), " Legacy\u00a02 ", "\u202e"];
    for (const [place, sourceSystem] of texts.entries())
      expect(await faultsOfImport({ sourceSystem, memberId: "F1", claimNumber: `F${place}` })).toEqual([]);
    const { member } = await served.fields<{ member: { decisions: { nodes: { explanation: string }[] } } }>(
      '{ member(id: "F1") { decisions { nodes { explanation } } } }',
    );
    const explained = member.decisions.nodes.map(({ explanation }) => explanation).reverse();
    expect(explained.map((text, place) => text.includes(`from ${texts[place]},`))).toEqual(
      texts.map(() => true),
    );
  });
});

describe("imported sessions", () => {
  it("are history that counts, and are decided once under their keys", async () => {
    const months = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"];
    const inputs = months.map((dateOfService, place) =>
      history({ memberId: "LOADED", dateOfService, claimNumber: `H${place}`, idempotencyKey: `k${place}` }),
    );
    const answers = await answersTo(served, importDocument, inputs);
    expect(outcomes(answers)).toEqual(["APPROVED 1", "APPROVED 2", "APPROVED 3", "APPROVED 4"]);
    expect(answers[0].decision?.kind).toBe("IMPORT");
    expect(outcomes(await answersTo(served, importDocument, inputs.slice(0, 1)))).toEqual([
      "replayed APPROVED 1",
    ]);
    expect(outcomes([await submit(served, submission({ memberId: "LOADED" }))])).toEqual(["DENIED 5"]);
  });

  it("are another kind of request than a claim under the same key", async () => {
    await answersTo(served, importDocument, [history({ memberId: "KIND", idempotencyKey: "k1" })]);
    expect(outcomes([await submit(served, submission({ memberId: "KIND" }, "k1"))])).toEqual([
      "IDEMPOTENCY_KEY_REUSED",
    ]);
  });
});
