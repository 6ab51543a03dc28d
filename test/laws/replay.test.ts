import fc from "fast-check";
import { Premises, replay, Replayed } from "../../src/adjudication/replay";
import { canonicalText } from "../../src/claim/canonicalText";
import { Decision } from "../../src/member/decision";
import { CoreMember } from "./coreMember";
import { histories, History } from "./histories";
import { Leaf, leavesOf, withLeaf } from "./jsonLeaves";
import { law, runsOf, tell } from "./tell";

function premisesOf({ memberSequence }: Decision, { stream, versions, register }: CoreMember): Premises {
  return { before: stream.slice(0, memberSequence - 1), versions, register };
}

test("every decision of a history replays to the same record, whatever was declared since", () => {
  law(3_500, (history) => {
    const records: string[] = [];
    const member = tell(history, (_, reply) => {
      if (reply.kind === "decided") records.push(canonicalText(reply.decision));
    });
    for (const record of records) {
      const decision: Decision = JSON.parse(record);
      expectIdentical(replay({ decision, record }, premisesOf(decision, member)));
    }
  });
});

test("to suppose the version and the exceptions that there were changes nothing", () => {
  law(1_500, (history) => {
    tell(history, (member, reply) => {
      if (reply.kind !== "decided") return;
      const { decision } = reply;
      const version = member.versions.find(({ id }) => id === decision.policyVersionId);
      const stored = { decision, record: "not looked at" };
      expectIdentical(replay(stored, premisesOf(decision, member), { version, exceptionsOfToday: true }));
    });
  });
});

function expectIdentical(replayed: Replayed): void {
  if (!replayed.identical) expect(replayed).toEqual({ identical: true, differences: [] });
}

const anyNumber = fc.nat({ max: 9_999 });

/** A decision of a history, and one place in its record. */
function anyLeaf(history: History, number: number, isMeant: (leaf: Leaf) => boolean) {
  const member = tell(history);
  const decision = member.stream[number % member.stream.length];
  if (!decision) return undefined;
  const recorded: Decision = JSON.parse(canonicalText(decision));
  const leaves = leavesOf(recorded).filter(isMeant);
  return { decision, recorded, leaf: leaves[number % leaves.length], premises: premisesOf(decision, member) };
}

function changed(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  return typeof value === "boolean" ? !value : `${String(value)} changed`;
}

function toldByPlace({ path, value }: Leaf): Replayed {
  return { identical: false, differences: [{ path, recorded: changed(value), replayed: value }] };
}

test("a record that was changed in one place is told by that place", () => {
  fc.assert(
    fc.property(histories, anyNumber, (history, number) => {
      const found = anyLeaf(history, number, () => true);
      if (!found) return;
      const { decision, recorded, leaf, premises } = found;
      const record = canonicalText(withLeaf(recorded, leaf.steps, changed(leaf.value)));
      expect(replay({ decision, record }, premises)).toEqual(toldByPlace(leaf));
    }),
    { numRuns: runsOf(1_500) },
  );
});

/** What was decided, in difference to what was asked: that is taken from the record itself. */
const ofDecision = /^(?:disposition|memberSequence|reviewFlags|priorSessions|exceptions|policyVersionId)/;
const ofLine = /^lines\[\d+\]\.(?:disposition|units[AD]|adjustments|findings|region|approach)/;
const isOutcome = ({ path }: Leaf) => ofDecision.test(path) || ofLine.test(path);

test("a decision that says in one place what was not decided is told by that place", () => {
  fc.assert(
    fc.property(histories, anyNumber, (history, number) => {
      const found = anyLeaf(history, number, isOutcome);
      if (!found) return;
      const { recorded, leaf, premises } = found;
      const decision = withLeaf(recorded, leaf.steps, changed(leaf.value));
      const stored = { decision, record: canonicalText(decision) };
      expect(replay(stored, premises)).toEqual(toldByPlace(leaf));
    }),
    { numRuns: runsOf(1_500) },
  );
});
