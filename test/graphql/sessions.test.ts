import { faultOf, member } from "./asking";
import { history, line } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { answersTo, importDocument, submitAll } from "./submitting";

const SESSIONS = `query ($id: ID!, $region: SpinalRegion, $from: LocalDate, $to: LocalDate) {
  member(id: $id) {
    sessions(region: $region, from: $from, to: $to) { region dateOfService procedureCodes decisions { id } }
  }
}`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

describe("the counted sessions of a member", () => {
  const ofBoth = [
    {
      dateOfService: "2025-03-03",
      lines: [
        line({ procedureCode: "64483" }),
        line({ lineNumber: 2, procedureCode: "64484" }),
        line({ lineNumber: 3, procedureCode: "62323", modifiers: ["50"] }),
      ],
    },
    { dateOfService: "2025-02-03", lines: [line({ procedureCode: "62321" })] },
    {
      dateOfService: "2025-03-03",
      claimType: "FACILITY",
      renderingProviderNpi: null,
      lines: [line({ procedureCode: "64483" })],
    },
    { dateOfService: "2025-01-06" },
    { dateOfService: "2025-04-07", lines: [line({ procedureCode: "64484" })] },
    { dateOfService: "2025-05-05" },
  ];
  const voiding = { dateOfService: "2025-05-05", frequency: "VOID", originalClaimNumber: "C5", lines: [] };

  it("come by region and date, with the codes allowed and the decisions behind them in order", async () => {
    const ids = await submitAll(served, "SESSIONS", [...ofBoth, voiding]);
    const decisions = (...places: number[]): object[] => places.map((place) => ({ id: ids[place] }));
    const all = [
      {
        region: "CERVICAL_THORACIC",
        dateOfService: "2025-02-03",
        procedureCodes: ["62321"],
        decisions: decisions(1),
      },
      {
        region: "LUMBAR_SACRAL",
        dateOfService: "2025-01-06",
        procedureCodes: ["62323"],
        decisions: decisions(3),
      },
      {
        region: "LUMBAR_SACRAL",
        dateOfService: "2025-03-03",
        procedureCodes: ["64483", "64484"],
        decisions: decisions(0, 2),
      },
    ];
    const ask = (filter: object): Promise<object> => member(served, SESSIONS, { id: "SESSIONS", ...filter });
    expect(await ask({})).toEqual({ sessions: all });
    expect(await ask({ region: null, from: null, to: null })).toEqual({ sessions: all });
    expect(await ask({ region: "LUMBAR_SACRAL" })).toEqual({ sessions: all.slice(1) });
    expect(await ask({ from: "2025-02-03", to: "2025-03-03" })).toEqual({ sessions: [all[0], all[2]] });
    expect(await ask({ from: "2025-02-04" })).toEqual({ sessions: [all[2]] });
    expect(await ask({ to: "2025-03-02" })).toEqual({ sessions: [all[0], all[1]] });
    expect(await ask({ from: "2025-03-03", to: "2025-01-06" })).toEqual({ sessions: [] });
  });

  it("are two on a day that allows units of both regions, each with its own codes", async () => {
    const lines = [line({ procedureCode: "62323" }), line({ lineNumber: 2, procedureCode: "62321" })];
    const [{ decision }] = await answersTo(served, importDocument, [history({ memberId: "TWO", lines })]);
    const at = { dateOfService: "2025-01-06", decisions: [{ id: decision?.id }] };
    expect(await member(served, SESSIONS, { id: "TWO" })).toEqual({
      sessions: [
        { ...at, region: "CERVICAL_THORACIC", procedureCodes: ["62321"] },
        { ...at, region: "LUMBAR_SACRAL", procedureCodes: ["62323"] },
      ],
    });
  });

  it.each([
    ["from", { from: "CANARY7731" }],
    ["from", { from: "2025-02-29" }],
    ["to", { to: "infinity" }],
    ["to", { to: "" }],
  ])("are refused where %s is no date, and the value is not repeated", async (name, filter) => {
    const message = await faultOf(served, SESSIONS, { id: "SESSIONS", ...filter });
    expect(message).toBe(`${name} must be a date YYYY-MM-DD from 1990-01-01 to 2199-12-31`);
  });
});

describe("a member", () => {
  it.each(["", "a b", "M\u0000", "\ud800", "М1", "m".repeat(65)])(
    "of the malformed id %j is refused",
    async (id) => {
      const { data, errors } = await served.ask("query ($id: ID!) { member(id: $id) { id } }", { id });
      expect(data ?? { member: null }).toEqual({ member: null });
      expect(errors).toMatchObject([
        { message: "id must be 1 to 64 visible ASCII characters", extensions: { code: "BAD_USER_INPUT" } },
      ]);
    },
  );

  it("of whatever right id is answered, also where nothing is on file", async () => {
    for (const id of ["__proto__", "constructor", "';drop--", "%00"])
      expect(
        await member(
          served,
          "query ($id: ID!) { member(id: $id) { id historyOnFileSince sessions { region } } }",
          {
            id,
          },
        ),
      ).toEqual({
        id,
        historyOnFileSince: null,
        sessions: [],
      });
  });
});
