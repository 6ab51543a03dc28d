import { reassess } from "../../src/adjudication/reassess";
import { readjudicate, readjudicationCandidates } from "../../src/adjudication/readjudication";
import { workListView } from "../../src/adjudication/workListView";
import { Decision } from "../../src/member/decision";
import { CoreMember } from "./coreMember";
import { expectSame, law, missing, reached, tell } from "./tell";

/** The work list as it is kept: by the place of a candidate, the place of the decision that caused it. */
type Kept = Map<number, number>;

/** What a decision changes in the kept list; what became of each that it touches. */
function keepUp(kept: Kept, before: readonly Decision[], next: Decision, { versions }: CoreMember): string[] {
  return reassess(before, next, versions).map(({ decision: { memberSequence }, isCandidate }) => {
    const was = kept.has(memberSequence);
    if (!isCandidate) kept.delete(memberSequence);
    else if (!was) kept.set(memberSequence, next.memberSequence);
    return was === isCandidate ? "stays" : isCandidate ? "opens" : "closes";
  });
}

/** The list by its definition: every effective adjudication is asked after every decision. */
function askAll(kept: Kept, { stream, versions }: CoreMember): void {
  const view = workListView(stream);
  const asked = view.effective.filter(({ kind }) => kind === "ADJUDICATION");
  const candidates = asked.filter((decision) => readjudicate(decision, view, versions));
  const places = candidates.map(({ memberSequence }) => memberSequence);
  for (const place of kept.keys()) if (!places.includes(place)) kept.delete(place);
  for (const place of places) if (!kept.has(place)) kept.set(place, stream.length);
}

function textOf(kept: Kept): string {
  const inOrder = [...kept].sort(([one], [other]) => one - other);
  return inOrder.map(([decision, cause]) => `${decision} because of ${cause}`).join(", ");
}

function recomputed({ stream, versions }: CoreMember): string {
  const found = readjudicationCandidates(stream, versions);
  return textOf(
    new Map(found.map(({ decision, causedBy }) => [decision.memberSequence, causedBy.memberSequence])),
  );
}

test("the work list kept up with each decision is the one found from the stream, by its definition", () => {
  law(5_000, (history) => {
    const kept: Kept = new Map();
    const defined: Kept = new Map();
    tell(history, (member, reply) => {
      if (reply.kind !== "decided") return;
      keepUp(kept, member.stream.slice(0, -1), reply.decision, member);
      askAll(defined, member);
      const expected = textOf(defined);
      expectSame(textOf(kept), expected);
      expectSame(recomputed(member), expected);
    });
  });
});

test("the histories of this law open, close and reopen candidates, and spare overrides", () => {
  const counts = reached(600, (history, see) => {
    const kept: Kept = new Map();
    const closed = new Set<number>();
    tell(history, (member, reply) => {
      if (reply.kind !== "decided") return;
      const before = new Set(kept.keys());
      keepUp(kept, member.stream.slice(0, -1), reply.decision, member).forEach(see);
      for (const place of before) if (!kept.has(place)) closed.add(place);
      if ([...kept.keys()].some((place) => !before.has(place) && closed.has(place))) see("reopens");
      for (const { direction } of readjudicationCandidates(member.stream, member.versions)) see(direction);
      if (sparesOverride(member)) see("spares an override");
    });
  });
  const frequent = ["CHANGED", "LESS_PAYABLE", "MORE_PAYABLE", "opens", "closes", "reopens"];
  expect(missing(counts, [...frequent, "spares an override"], 5)).toEqual([]);
});

/** Whether some decision would now differ, and is no candidate because of what a reviewer allowed. */
function sparesOverride({ stream, versions }: CoreMember): boolean {
  const view = workListView(stream);
  const withOverrides = { ...view, withoutOverridesAfter: () => view.onFile };
  return view.effective.some(
    (decision) =>
      decision.kind === "ADJUDICATION" &&
      readjudicate(decision, withOverrides, versions) !== undefined &&
      readjudicate(decision, view, versions) === undefined,
  );
}
