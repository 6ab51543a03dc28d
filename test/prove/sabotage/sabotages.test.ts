import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "@swc/core";
import { applied } from "./sabotage";
import { control, sabotages } from "./sabotages";

const project = join(__dirname, "..", "..", "..");

const patchedFiles = sabotages.flatMap((sabotage) => {
  const files = [...new Set(sabotage.replacements.map(({ file }) => file))];
  return files.map((file) => ({ name: sabotage.name, file, sabotage }));
});

test("every sabotage has a name of its own", () => {
  expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
});

test.each(patchedFiles)(
  "$name finds its place in $file, and leaves a program",
  async ({ file, sabotage }) => {
    const text = await readFile(join(project, file), "utf8");
    const patched = applied(sabotage, file, text);
    expect(patched).not.toBe(text);
    await expect(transform(patched, { filename: join(project, file) })).resolves.toHaveProperty("code");
  },
);

test("a place that is not there, or there twice, is told with the sabotage and the file", () => {
  const replacements = [{ file: "src/main.ts", from: "one", to: "other" }];
  const sabotage = { ...control, name: "lost", replacements };
  const patch = (text: string) => applied(sabotage, "src/main.ts", text);
  expect(patch("one $& two")).toBe("other $& two");
  expect(() => patch("one, one")).toThrow("lost: src/main.ts has 2 places for it, not one: one");
  expect(() => patch("")).toThrow("lost: src/main.ts has 0 places for it, not one: one");
});
