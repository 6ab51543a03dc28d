import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../src/config/settings";
import { expectGolden } from "../golden";
import { environmentExample } from "./settingsParts";

const projectFolder = join(__dirname, "..", "..");
const read = (name: string): string => readFileSync(join(projectFolder, name), "utf8");
const names: readonly string[] = Object.values(settings).map(({ name }) => name);

test(".env.example is what the list of settings says; `npm run accept` writes it anew", () => {
  expectGolden(join(projectFolder, ".env.example"), environmentExample());
});

/** Variables of ours, and the two that we share with others. */
const ours = /\b(?:ESI_[A-Z_]+|DATABASE_URL|PORT)\b(?=[:=])/g;

test.each(["Dockerfile", "compose.yaml", "local.env"])("%s sets no variable but the settings", (file) => {
  const named = read(file).match(ours) ?? [];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

test("the service of compose.yaml is given all that production needs, and nothing of local mode", () => {
  const [, service = ""] = /^ {2}service:\n((?: {4}.*\n|\n)+)/m.exec(read("compose.yaml")) ?? [];
  const named: readonly string[] = service.match(ours) ?? [];
  const needed = Object.values(settings).filter(({ production }) => production === "needed");
  expect(needed.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
  expect(service).not.toContain("ESI_MODE");
});

test("what the Dockerfile copies is there, and none of it is left out by .dockerignore", () => {
  const ignored = read(".dockerignore").split("\n");
  const sources = [...read("Dockerfile").matchAll(/^COPY (?!--from)(?:--\S+ )*(.+) \S+$/gm)].flatMap(
    ([, paths]) => paths.split(" "),
  );
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) {
    expect([source, existsSync(join(projectFolder, source))]).toEqual([source, true]);
    expect(ignored).toContain(`!${source.split("/")[0]}`);
  }
});
