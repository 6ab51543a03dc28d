import { rateOf, withProgress } from "../../src/commands/progress";
import { findingsText, numbersTable } from "../../src/commands/summary";
import { add, count, mostFindings, newTally, note, Tally } from "../../src/commands/tally";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a walk of a little more than a second shows on a terminal, or on what is none. */
async function shownOn(isTTY: boolean): Promise<string> {
  let shown = "";
  const write = (text: string | Uint8Array) => {
    shown += String(text);
    return true;
  };
  const walk = async (onProgress: (soFar: Tally) => void) => {
    const tally = newTally();
    count(tally, "decisions", 1_200);
    onProgress(tally);
    await pause(1_100);
    count(tally, "decisions", 34);
    return tally;
  };
  const { tally, seconds } = await withProgress("decisions", walk, { isTTY, write });
  expect(tally.counts.get("decisions")).toBe(1_234);
  expect(seconds).toBeGreaterThan(1);
  return shown;
}

test("a terminal shows the number and the rate while they grow, and at the end", async () => {
  expect(await shownOn(true)).toMatch(
    /^\r1,200 decisions, [0-9,]+\/s {2}\r1,234 decisions, [0-9,]+\/s {2}\n$/,
  );
});

test("a rate is a whole number for each second, also where no time has passed", () => {
  expect(rateOf(2_469, 2)).toBe("1,235/s");
  expect(rateOf(5, 0)).toBe("5,000/s");
});

test("where nobody looks nothing is shown", async () => {
  expect(await shownOn(false)).toBe("");
});

test("a walk that fails fails", async () => {
  await expect(withProgress("decisions", () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
});

test("tallies add up: all findings are counted, the first are told", () => {
  const sum = newTally();
  for (let range = 0; range < 3; range++) {
    const tally = newTally();
    for (let place = 0; place < 10; place++)
      note(tally, { decisionId: `${range}.${place}`, what: "is wrong" });
    count(tally, "findings", 10);
    add(sum, tally);
  }
  const lines = findingsText(sum, 30).split("\n");
  expect(lines).toHaveLength(mostFindings + 2);
  expect(lines[0]).toBe("0.0: is wrong");
  expect(lines.slice(mostFindings - 1)).toEqual(["1.9: is wrong", "and 10 more", ""]);
  expect(findingsText(newTally(), 0)).toBe("");
});

test("numbers stand under each other", () => {
  expect(
    numbersTable([
      ["a", 1],
      ["longer", 12_345],
      ["rate", "7/s"],
    ]),
  ).toBe("a            1\nlonger  12,345\nrate       7/s\n");
});
