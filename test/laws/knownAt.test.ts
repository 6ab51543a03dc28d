import type { AllowanceArguments } from "../reference/contract";
import { knownOf } from "./answers";
import { expectSame, law, tell } from "./tell";

test("what is said later of an instant is what was said at it: history, allowance, work list", () => {
  law(1_000, (history) => {
    const said = new Map<string, { asked: AllowanceArguments; answer: string }>();
    const member = tell(history, (then, _, __, { now, asked }) => {
      said.set(now, { asked, answer: JSON.stringify(knownOf(then, asked)) });
    });
    for (const [instant, { asked, answer }] of said)
      expectSame(JSON.stringify(knownOf(member, asked, instant)), answer);
  });
});
