import { Given, line, session, submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { faultsOf, pathsOf, submit } from "./submitting";

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const lines = (...given: Given[]): Given => ({
  lines: given.map((one, place) => line({ lineNumber: place + 1, ...one })),
});
describe("a line", () => {
  it.each<[Given, string[]]>([
    [{ procedureCode: "064483" }, ["procedureCode"]],
    [{ procedureCode: "64483 " }, ["procedureCode"]],
    [{ procedureCode: "64483-50" }, ["procedureCode"]],
    [{ procedureCode: "j3301" }, ["procedureCode"]],
    [{ procedureCode: "М5416" }, ["procedureCode"]],
    [{ units: 0 }, ["units"]],
    [{ units: -1 }, ["units"]],
    [{ units: 1000 }, ["units"]],
    [{ units: 2147483647 }, ["units"]],
    [{ lineNumber: 0 }, ["lineNumber"]],
    [{ lineNumber: 1000 }, ["lineNumber"]],
    [{ modifiers: ["rt"] }, ["modifiers"]],
    [{ modifiers: ["RT", "", "LTX"] }, ["modifiers"]],
    [{ modifiers: ["RT", "59", "76", "51", "XS"] }, ["modifiers"]],
    [{ diagnosisCodes: ["M54.16", "m54.16"] }, ["diagnosisCodes"]],
    [{ diagnosisCodes: Array(13).fill("M54.16") }, ["diagnosisCodes"]],
    [{ chargeAmount: "1.5" }, ["chargeAmount"]],
    [{ chargeAmount: "0.30000000000000004" }, ["chargeAmount"]],
    [{ chargeAmount: "1e21" }, ["chargeAmount"]],
    [{ chargeAmount: "1250.000" }, ["chargeAmount"]],
    [{ chargeAmount: "-1.00" }, ["chargeAmount"]],
    [{ chargeAmount: "1234567890.00" }, ["chargeAmount"]],
    [{ procedureCode: "6232", units: 0, modifiers: ["?"] }, ["modifiers", "procedureCode", "units"]],
  ])("with %j has a fault at %j", async (given, names) => {
    expect(await faultsOf(served, lines({}, given))).toEqual(names.map((name) => `session.lines.1.${name}`));
  });

  it("may bill what no policy governs, up to every bound of its form", async () => {
    const given = {
      procedureCode: "Z9999",
      units: 999,
      lineNumber: 999,
      modifiers: ["RT", "LT", "59", "76"],
    };
    const full = { ...given, diagnosisCodes: Array(12).fill("M54.16"), chargeAmount: "123456789.00" };
    expect(await submit(served, submission({ memberId: "L1", lines: [line(full)] }))).toMatchObject({
      userErrors: [],
    });
  });
});

describe("the lines of a claim", () => {
  const many = (count: number): Given =>
    lines(...Array.from({ length: count }, () => ({ procedureCode: "99213" })));

  it("are 1 to 50", async () => {
    expect(await faultsOf(served, { lines: [] })).toEqual(["session.lines"]);
    expect(await faultsOf(served, { ...many(50), memberId: "L50" })).toEqual([]);
    expect(await faultsOf(served, many(51))).toEqual(["session.lines"]);
  });

  it("that are too many are one fault, however much is wrong beyond the fiftieth", async () => {
    const tooMany = Array.from({ length: 2_000 }, () => line({ lineNumber: 1000, procedureCode: "?" }));
    const faults = await faultsOf(served, {
      lines: [...Array.from({ length: 50 }, (_, at) => line({ lineNumber: at + 1 })), ...tooMany],
    });
    expect(faults).toEqual(["session.lines"]);
  });

  it("have different numbers, and each repetition is a fault of its own", async () => {
    const repeated = { lines: [line(), line({ lineNumber: 2 }), line(), line({ lineNumber: 2 })] };
    expect(await faultsOf(served, repeated)).toEqual([
      "session.lines.2.lineNumber",
      "session.lines.3.lineNumber",
    ]);
  });
});

describe("the members of a claim together", () => {
  it.each<[string, Given, string[]]>([
    [
      "a practitioner without rendering provider",
      { renderingProviderNpi: null },
      ["session.renderingProviderNpi"],
    ],
    ["a void with lines", { frequency: "VOID", originalClaimNumber: "A0" }, ["session.lines"]],
    [
      "a void of its own number and another date",
      { frequency: "VOID", originalClaimNumber: "A1", originalDateOfService: "2025-05-19", lines: [] },
      ["session.claimNumber", "session.originalDateOfService"],
    ],
  ])("%s is refused", async (_, given, paths) => {
    expect(await faultsOf(served, given)).toEqual(paths);
  });

  it("are judged with everything else, and each place is named once", async () => {
    const { userErrors } = await submit(served, {
      idempotencyKey: "two words",
      session: session({
        dateOfService: "2025-04-31",
        claimNumber: "A B",
        originalClaimNumber: "A B",
        frequency: "VOID",
        lines: [line({ lineNumber: 0 }), line({ lineNumber: 0 })],
      }),
    });
    expect(pathsOf(userErrors)).toEqual([
      "idempotencyKey",
      "session.claimNumber",
      "session.dateOfService",
      "session.lines",
      "session.lines.0.lineNumber",
      "session.lines.1.lineNumber",
      "session.originalClaimNumber",
    ]);
  });
});

describe("a message about a fault", () => {
  it("names the member and what was expected, never what was sent", async () => {
    const { userErrors } = await submit(
      served,
      submission({ stateOfService: "CANARY7731", lines: [line({ modifiers: ["CANARY7731"] })] }),
    );
    expect(userErrors).toMatchObject([
      {
        code: "INVALID_INPUT",
        message: "stateOfService must be the two-letter code of a US state, DC, AS, GU, MP, PR or VI",
        field: ["session", "stateOfService"],
      },
      {
        code: "INVALID_INPUT",
        message: "modifiers must be at most 4 texts, each 2 characters, digits or capital letters",
        field: ["session", "lines", "0", "modifiers"],
      },
    ]);
  });
});
