import { Decision } from "../../src/member/decision";
import { effectiveDecisions, effectiveSuccessor } from "../../src/member/stream";
import { expectSame, law, reached, tell } from "./tell";

const placesOf = (decisions: readonly Decision[]) => decisions.map(({ memberSequence }) => memberSequence);

test("one decision supersedes another, both or neither: no chain has a fork, no end of one is hidden", () => {
  law(4_000, (history) => {
    let before: readonly number[] = [];
    tell(history, ({ stream }, reply) => {
      if (reply.kind !== "decided") return;
      const { decision } = reply;
      const { memberSequence, supersedes } = decision;
      const original = supersedes && stream[supersedes.memberSequence - 1];
      const effective = placesOf(effectiveDecisions(stream));
      const ends = stream.map((one) => effectiveSuccessor(stream, one).memberSequence);
      const others = before.filter((place) => place !== original?.memberSequence);
      expectSame(effective.join(), [...others, memberSequence].join());
      expectSame([...new Set(ends)].sort(ascending).join(), effective.join());
      expectSame(`${before.length - others.length}`, mustSupersede(decision) ? "1" : "0");
      expectSame(`${original?.id} ${original?.kind === "VOID"}`, `${supersedes?.id} false`);
      before = effective;
    });
  });
});

function mustSupersede({ kind, session }: Decision): boolean {
  return kind === "REVIEW" || session.frequency !== "ORIGINAL";
}

test("the histories of these laws correct and review every kind of decision that can be", () => {
  const counts = reached(600, (history, see) => {
    const { stream } = tell(history);
    for (const { kind, supersedes } of stream)
      if (supersedes) see(`${kind} of ${stream[supersedes.memberSequence - 1].kind}`);
  });
  const kinds = ["ADJUDICATION", "VOID", "REVIEW"].flatMap((kind) =>
    ["ADJUDICATION", "IMPORT", "REVIEW"].map((original) => `${kind} of ${original}`),
  );
  expect([...counts.keys()].sort()).toEqual(kinds.sort());
});

function ascending(one: number, other: number): number {
  return one - other;
}
