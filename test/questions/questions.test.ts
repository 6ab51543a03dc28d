import { existsSync } from "node:fs";
import { join } from "node:path";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { questions } from "../../src/questions/questions";

test("each question has a name, a sentence, columns and a test of its own", () => {
  expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
  for (const { name, sentence, columns } of questions) {
    const file = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect([name, existsSync(join(__dirname, `${file}.test.ts`))]).toEqual([name, true]);
    expect(sentence).toMatch(/^(?:Which|On which|In which) .*[.?]$/);
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns.slice(0, 1)).toEqual(["memberId"]);
    expect(columns).toContain("dateOfService");
  }
});

test("of a member of whom nothing is on file nothing is told", () => {
  const asked = { stream: [], versions: molinaEsiVersions, register: [], reading: "I-05" } as const;
  expect(questions.flatMap(({ answer }) => answer(asked))).toEqual([]);
});
