import { countedSessions, datesOf } from "../../src/member/countedSessions";
import { Decision, DecidedSession, LineDecision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { decided, line } from "./decisions";

const [{ procedures }] = molinaEsiVersions;

function counted(onFile: readonly Decision[]): string[] {
  const { CERVICAL_THORACIC, LUMBAR_SACRAL } = countedSessions(onFile, procedures);
  return [...CERVICAL_THORACIC, ...LUMBAR_SACRAL].map(
    ({ region, dateOfService, decisionIds }) => `${region} ${dateOfService} ${decisionIds.join(" ")}`,
  );
}

function withLines(place: number, date: string, ...lines: LineDecision[]): Decision {
  return decided(place, date, { lines });
}

function by(decision: Decision, performer: Partial<DecidedSession>): Decision {
  return { ...decision, session: { ...decision.session, ...performer } };
}

test.each<[string, readonly Decision[], string[]]>([
  ["nothing on file makes no session", [], []],
  ["an allowed unit makes a session", [decided(1, "2025-05-12")], ["LUMBAR_SACRAL 2025-05-12 D1"]],
  ["a denied line makes none", [withLines(1, "2025-05-12", line("62323", 0))], []],
  [
    "a pended line makes none",
    [withLines(1, "2025-05-12", line("62323", 0, { disposition: "PENDED", unitsDenied: 0 }))],
    [],
  ],
  ["a line that is not governed makes none", [withLines(1, "2025-05-12", line("J3301", 1))], []],
  [
    "levels, sides and approaches of a day make one session",
    [withLines(1, "2025-05-12", line("64483", 1), line("64484", 1), line("62323", 1))],
    ["LUMBAR_SACRAL 2025-05-12 D1"],
  ],
  [
    "an allowed add-on alone makes one",
    [withLines(1, "2025-05-12", line("64479", 0), line("64480", 1))],
    ["CERVICAL_THORACIC 2025-05-12 D1"],
  ],
  [
    "each region of a day makes its own",
    [withLines(1, "2025-05-12", line("62321", 1), line("62323", 1))],
    ["CERVICAL_THORACIC 2025-05-12 D1", "LUMBAR_SACRAL 2025-05-12 D1"],
  ],
  [
    "practitioner, colleague and facility of a day make one, and all are behind it",
    [
      decided(1, "2025-05-12"),
      by(decided(2, "2025-05-12"), { renderingProviderNpi: "1000000004" }),
      by(decided(3, "2025-05-12"), { claimType: "FACILITY", renderingProviderNpi: undefined }),
    ],
    ["LUMBAR_SACRAL 2025-05-12 D1 D2 D3"],
  ],
  [
    "a decision that allows nothing is not behind the session of its day",
    [decided(1, "2025-05-12"), withLines(2, "2025-05-12", line("64483", 0))],
    ["LUMBAR_SACRAL 2025-05-12 D1"],
  ],
  [
    "sessions are listed by date, whatever was decided first",
    [decided(1, "2025-05-12"), decided(2, "2024-02-29"), decided(3, "2025-01-31")],
    ["LUMBAR_SACRAL 2024-02-29 D2", "LUMBAR_SACRAL 2025-01-31 D3", "LUMBAR_SACRAL 2025-05-12 D1"],
  ],
  [
    "imports and reviews count like claims",
    [decided(1, "2025-05-12", { kind: "IMPORT" }), decided(2, "2025-06-16", { kind: "REVIEW" })],
    ["LUMBAR_SACRAL 2025-05-12 D1", "LUMBAR_SACRAL 2025-06-16 D2"],
  ],
])("%s", (_, onFile, sessions) => {
  expect(counted(onFile)).toEqual(sessions);
});

test("the version that judges says which codes are governed and of what region, not the record", () => {
  const onFile = [
    withLines(1, "2025-05-12", line("62320", 1), line("62321", 1, { region: "CERVICAL_THORACIC" })),
  ];
  const other = { "62320": procedures["62321"], "62321": procedures["62323"] };
  expect(countedSessions(onFile, other).CERVICAL_THORACIC).toHaveLength(1);
  expect(countedSessions(onFile, other).LUMBAR_SACRAL).toHaveLength(1);
  expect(countedSessions(onFile, {}).CERVICAL_THORACIC).toEqual([]);
});

test("dates of sessions are theirs in their order", () => {
  const sessions = countedSessions([decided(1, "2025-05-12"), decided(2, "2024-02-29")], procedures);
  expect(datesOf(sessions.LUMBAR_SACRAL)).toEqual(["2024-02-29", "2025-05-12"]);
});
