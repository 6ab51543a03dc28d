import fc from "fast-check";
import { refusalCodes } from "../../src/adjudication/refusal";
import { canonicalText } from "../../src/claim/canonicalText";
import { exceptionSources } from "../../src/policy/exceptions";
import { Answer, answerOf, knownOf } from "./answers";
import { CoreMember } from "./coreMember";
import { histories, History } from "./histories";
import { ReferenceMember } from "./referenceMember";
import { missing, reached, runsOf, tell } from "./tell";
import { versionsWith } from "./versions";

/**
 * The service's core and a model of the specification written apart from it say the same about every event of
 * a random history: refusals, outcomes, findings, prior sessions, readings, exceptions, supersession; and the
 * same about the member after every event, also as known at an earlier instant: sessions, allowance, work
 * list.
 */
test("the core answers every event of a random history as the reference model does, then and later", () => {
  fc.assert(
    fc.property(histories, (history) => {
      const core = new CoreMember(versionsWith(history.policyVersions));
      const reference = new ReferenceMember(history.policyVersions);
      letHappen(history, core, reference);
      const { now, asked } = history.happenings[history.happenings.length >> 1];
      expectSame(knownOf(core, asked, now), reference.known(asked, now));
    }),
    { numRuns: runsOf(700) },
  );
});

function letHappen({ happenings }: History, core: CoreMember, reference: ReferenceMember): void {
  for (const { event, now, asked } of happenings) {
    const input = core.inputOf(event);
    if (!input) continue;
    const reply = core.take(input, now);
    expectSame(answerOf(reply, core), reference.answer(input, now));
    if (reply.kind === "decided" || reply.kind === "entered")
      expectSame(knownOf(core, asked), reference.known(asked));
  }
}

/** As toEqual would find, which shows where they differ, and costs a lot for the many that do not. */
function expectSame(answer: Answer, expected: Answer): void {
  if (canonicalText(answer) !== canonicalText(expected)) expect(answer).toEqual(expected);
}

test("the histories of this law reach every answer that one member can be given", () => {
  const counts = reached(1_000, (history, see) => {
    tell(history, (_, reply, { kind: asked }) => {
      see(`${asked} ${reply.kind}`);
      if (reply.kind === "refused") reply.refusals.forEach(({ code }) => see(code));
      if (reply.kind !== "decided") return;
      const { kind, disposition, exceptionsConsidered } = reply.decision;
      see(`${kind} ${disposition}`);
      for (const { source, parameter, applied } of exceptionsConsidered)
        see(applied ? `${parameter} of ${source}` : "an exception that a higher one goes before");
    });
  });
  const kinds = ["claim", "import", "review"].map((kind) => `${kind} replayed`);
  const reviews = ["APPROVED", "PARTIAL", "DENIED", "PENDED"].map((disposition) => `REVIEW ${disposition}`);
  const excepted = exceptionSources.map((source) => `sessionsPerRegion of ${source}`);
  const more = ["exception known", "ending entered", "an exception that a higher one goes before"];
  expect(missing(counts, [...refusalCodes, ...kinds, ...reviews, ...excepted, ...more])).toEqual([]);
});
