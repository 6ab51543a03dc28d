import { faultOf, member } from "./asking";
import { history } from "./claims";
import { declared, end, reviewed } from "./correcting";
import { ServedWithClock, serveWithClock } from "./servedWithClock";
import { answersTo, decided, importDocument } from "./submitting";

const about = `{
  id isEffective supersededBy { id isEffective supersedes { id isEffective } }
  supersedes { id isEffective supersededBy { id isEffective } }
}`;
const MEMBER = `query ($id: ID!, $asKnownAt: DateTime, $first: Int = 20, $after: String) {
  member(id: $id, asKnownAt: $asKnownAt) {
    historyOnFileSince
    sessions { region dateOfService procedureCodes decisions ${about} }
    allowance(region: LUMBAR_SACRAL, on: "2025-05-12", stateOfService: "OH") {
      nextEligibleDate limits { sessions used left counted { dateOfService decisionIds } }
    }
    decisions(first: $first, after: $after) {
      nodes ${about} edges { cursor node { id isEffective } } totalCount pageInfo { hasNextPage endCursor }
    }
    readjudicationCandidates {
      wouldBe direction decision ${about} causedBy ${about} wouldBeLines { unitsAllowed findings { outcome } }
    }
  }
}`;

interface Shown {
  readonly historyOnFileSince: string | null;
  readonly sessions: { readonly decisions: { readonly id: string; readonly isEffective: boolean }[] }[];
  readonly allowance: { readonly limits: { readonly sessions: number; readonly used: number }[] };
  readonly decisions: {
    readonly nodes: {
      readonly id: string;
      readonly isEffective: boolean;
      readonly supersededBy: object | null;
    }[];
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
  readonly readjudicationCandidates: { readonly causedBy: { readonly id: string } }[];
}

let served: ServedWithClock;
/** What the member was shown to be right after each event, by the instant of the event. */
const shownThen = new Map<string, Shown>();
const ids: Record<string, string> = {};

const shown = (asKnownAt?: string, given: object = {}): Promise<Shown> =>
  member<Shown>(served, MEMBER, { id: "M", asKnownAt, ...given });

async function happen(instant: string, act: () => Promise<unknown>): Promise<void> {
  await served.setClock(instant);
  await act();
  shownThen.set(instant, await shown());
}

const claim =
  (claimNumber: string, dateOfService: string, given: object = {}) =>
  async (): Promise<void> => {
    ids[claimNumber] = await decided(served, "M", { claimNumber, dateOfService, ...given });
  };

const nothing = "2026-01-05T10:00:00.000Z";
const denied = "2026-01-06T10:00:00.000Z";
const voided = "2026-01-07T10:00:00.000Z";
const excepted = "2026-01-08T10:00:00.000Z";
const ended = "2026-01-08T10:00:00.001Z";
const overridden = "2026-01-09T10:00:00.000Z";
const replaced = "2026-01-10T10:00:00.000Z";
const loaded = "2026-01-10T11:00:00.000Z";
const unloaded = "2026-01-10T12:00:00.000Z";
const takenBack = "2026-01-10T13:00:00.000Z";
const today = "2026-01-11T10:00:00.000Z";

beforeAll(async () => {
  served = await serveWithClock();
  await happen(nothing, async () => undefined);
  const dates = ["2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07"];
  for (const [place, date] of dates.entries())
    await happen(`2026-01-05T10:00:0${place + 1}.000Z`, claim(`A${place}`, date));
  await happen(denied, claim("A5", "2025-05-12"));
  const voiding = { frequency: "VOID", originalClaimNumber: "A0", lines: [] };
  await happen(voided, claim("V0", "2025-01-06", voiding));
  await happen(excepted, async () => void (ids.exception = await declared(served)));
  const ending = { effectiveTo: "2025-01-01", citation: "Notice 9" };
  await happen(ended, async () => void (await end(served, { exceptionId: ids.exception, ...ending })));
  await happen(overridden, async () => void (ids.R5 = await reviewed(served, "M", ids.A5)));
  const replacing = {
    frequency: "REPLACEMENT",
    originalClaimNumber: "A1",
    originalDateOfService: "2025-02-03",
  };
  await happen(replaced, claim("A6", "2025-02-10", replacing));
  await happen(loaded, async () => {
    const inputs = [history({ memberId: "M", dateOfService: "2025-03-20" })];
    ids.H1 = (await answersTo(served, importDocument, inputs))[0].decision?.id ?? "";
  });
  await happen(unloaded, claim("V1", "2025-03-20", { ...voiding, originalClaimNumber: "H1" }));
  const back = { lines: [{ lineNumber: 1, unitsAllowed: 0 }] };
  await happen(takenBack, async () => void (ids.R6 = await reviewed(served, "M", ids.R5, back)));
  await served.setClock(today);
});
afterAll(() => served.stop());

describe("a member as known at an instant", () => {
  it("is shown as it was shown then, after every event", async () => {
    for (const [instant, then] of shownThen) expect([instant, await shown(instant)]).toEqual([instant, then]);
    // The end of the exception makes everything what it was before.
    expect(shownThen.get(ended)).toEqual(shownThen.get(voided));
    expect(new Set([...shownThen.values()].map((then) => JSON.stringify(then))).size).toBe(13);
  });

  it("shows a claim that was voided later as effective, wherever it is reached", async () => {
    const before = await shown(denied);
    const effective = { id: ids.A0, isEffective: true, supersededBy: null, supersedes: null };
    expect(before.decisions.nodes.at(-1)).toEqual(effective);
    expect(before.sessions[0].decisions).toEqual([effective]);
    expect((await shown(voided)).decisions.nodes.at(-1)).toEqual({
      ...effective,
      isEffective: false,
      supersededBy: { id: ids.V0, isEffective: true, supersedes: { id: ids.A0, isEffective: false } },
    });
  });

  it("shows what a decision superseded, and that as effective no more", async () => {
    const { nodes } = (await shown(replaced)).decisions;
    expect(nodes[0]).toMatchObject({
      id: ids.A6,
      supersedes: { id: ids.A1, isEffective: false, supersededBy: { id: ids.A6, isEffective: true } },
    });
  });

  it("has the allowance under the exceptions as they were declared by then", async () => {
    const limits = async (instant?: string) =>
      (await shown(instant)).allowance.limits.map(({ sessions, used }) => [sessions, used]);
    expect(await limits(voided)).toEqual([[4, 3]]);
    expect(await limits(excepted)).toEqual([[6, 3]]);
    expect(await limits(ended)).toEqual([[4, 3]]);
    expect(await limits(replaced)).toEqual([[4, 4]]);
    expect(await limits()).toEqual([[4, 3]]);
  });

  it("has the work list of then, though the list itself has gone on", async () => {
    const causes = async (instant?: string) =>
      (await shown(instant)).readjudicationCandidates.map(({ causedBy }) => causedBy.id);
    expect(await causes(denied)).toEqual([]);
    expect(await causes(voided)).toEqual([ids.V0]);
    expect(await causes(overridden)).toEqual([]);
    // The override puts none of the decisions before it in question, only the one after it.
    expect(await causes(loaded)).toEqual([ids.H1]);
  });

  it("has the pages and the count of then", async () => {
    const page = (await shown(voided, { first: 4 })).decisions;
    expect(page).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: true } });
    expect(page.nodes.map(({ id }) => id)).toEqual([ids.V0, ids.A5, ids.A3, ids.A2]);
    const rest = (await shown(voided, { first: 4, after: page.pageInfo.endCursor })).decisions;
    expect(rest).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: false } });
    expect(rest.nodes.map(({ id, isEffective }) => [id, isEffective])).toEqual([
      [ids.A1, true],
      [ids.A0, false],
    ]);
    const newest = (await shown(undefined, { first: 1 })).decisions.pageInfo.endCursor;
    expect(await faultOf(served, MEMBER, { id: "M", asKnownAt: voided, after: newest })).toMatch(
      /^after must/,
    );
  });

  it("of whom nothing was on file is answered all the same", async () => {
    expect(await shown(nothing)).toMatchObject({
      historyOnFileSince: null,
      decisions: { nodes: [], totalCount: 0 },
    });
    for (const longAgo of ["0001-01-01T00:00:00Z", "1969-07-20T20:17:40Z"])
      expect(await shown(longAgo)).toEqual(await shown(nothing));
    expect(await member(served, MEMBER, { id: "N", asKnownAt: today })).toMatchObject({ sessions: [] });
  });
});

describe("the instant of a view", () => {
  it.each([
    ["2026-01-07T10:00:00Z", 6],
    ["2026-01-07t10:00:00z", 6],
    ["2026-01-07T12:00:00+02:00", 6],
    ["2026-01-06T20:15:00-13:45", 6],
    ["2026-01-07T10:00:00-00:00", 6],
    ["2026-01-07T10:00:00.0009999999999999999999Z", 6],
    ["2026-01-07T09:59:59.9999999999999999999999Z", 5],
    ["2026-01-07T10:00:00+00:01", 5],
    ["2026-01-08T00:00:00+14:00", 6],
  ])("may be written with any offset and fraction: %s", async (instant, count) => {
    expect((await shown(instant)).decisions.totalCount).toBe(count);
  });

  it.each([
    "",
    "CANARY7731",
    "2026-01-07",
    "2026-01-07T10:00:00",
    "2026-01-07 10:00:00Z",
    "2026-01-07T10:00Z",
    "2026-01-07T10:00:60Z",
    "2016-12-31T23:59:60Z",
    "2026-01-07T24:00:00Z",
    "2026-01-07T10:00:00.Z",
    "2026-01-07T10:00:00+0200",
    "2026-01-07T10:00:00|02:00",
    "2026-01-07T10:00:00+24:00",
    "2026-02-29T10:00:00Z",
    "2025-04-31T10:00:00Z",
    "2025-00-10T10:00:00Z",
    "2025-13-10T10:00:00Z",
    "0000-06-01T00:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "٢٠٢٦-٠١-٠٧T١٠:٠٠:٠٠Z",
    " 2026-01-07T10:00:00Z",
    "2026-01-07T10:00:00Z\n",
    "infinity",
    "now",
  ])("that is none, %j, is refused by the argument's name, and not repeated", async (asKnownAt) => {
    const { data, errors, text } = await served.ask(MEMBER, { id: "M", asKnownAt });
    expect(data).toEqual({ member: null });
    expect(errors).toMatchObject([
      {
        message:
          "asKnownAt must be an RFC 3339 instant from year 1 to 9999 with its offset, such as " +
          "2026-03-02T10:15:30.123Z",
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
    expect(text).not.toContain("CANARY7731");
  });

  it("is at most now, by the clock of the database", async () => {
    expect((await shown(today)).decisions.totalCount).toBe(11);
    for (const asKnownAt of ["2026-01-11T10:00:00.001Z", "9999-12-31T23:59:59Z"])
      expect(await faultOf(served, MEMBER, { id: "M", asKnownAt })).toBe(
        "asKnownAt must not be later than now, by the clock of the database",
      );
  });

  it("is now where it is left out or null", async () => {
    expect(await shown(undefined)).toEqual(await shown(today));
    expect(await member(served, MEMBER, { id: "M", asKnownAt: null })).toEqual(await shown(today));
  });

  it("that is no text fails the document", async () => {
    const { data, errors } = await served.ask(MEMBER, { id: "M", asKnownAt: 1767780000000 });
    expect([data, errors?.[0].extensions.code]).toEqual([undefined, "BAD_USER_INPUT"]);
  });
});
