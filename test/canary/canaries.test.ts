import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canaries, findWords } from "./canaries";
import { keptFiles } from "./keptFiles";

const places = ["errors", "headers", "metrics", "written", "logged", "commands", "files"];
const hexOf = (character: string) => character.codePointAt(0)?.toString(16) ?? "";
const asEscapes = (text: string) =>
  text.replace(/[^ ]/g, (character) => `\\u${hexOf(character).padStart(4, "0")}`);
const asPercents = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const ascii = (text: string) =>
  text.replace(/[^\x20-\x7e]/g, (character) => `\\u${hexOf(character).padStart(4, "0")}`);

const disguises: Readonly<Record<string, (word: string) => string>> = {
  "as it is": (word) => word,
  "in lower case": (word) => word.toLowerCase(),
  "inside of JSON inside of JSON": (word) => JSON.stringify(JSON.stringify({ [`"${word}"`]: word })),
  "in JSON of ASCII alone": (word) => ascii(JSON.stringify(word)),
  "in escapes of JSON": asEscapes,
  "with an escape of JSON in it": (word) => word.slice(0, 3) + asEscapes(word[3]) + word.slice(4),
  "with an escaped escape in it": (word) =>
    `${word.slice(0, 3)}${asEscapes(word[3]).replace("\\", "\\\\")}${word.slice(4)}`,
  "in an address": encodeURIComponent,
  "in percents": asPercents,
  "in an address in an address": (word) => encodeURIComponent(asPercents(word)),
  "in base64": (word) => Buffer.from(word).toString("base64"),
  "in base64 of addresses": (word) => Buffer.from(word).toString("base64url"),
  "in base64 after one byte": (word) => Buffer.from(`{${word}}`).toString("base64"),
  "in base64 after two bytes": (word) => Buffer.from(`{"${word}"}`).toString("base64url"),
  "in bytes of PostgreSQL": (word) => `\\x${Buffer.from(`{"${word}"}`).toString("hex")}`,
};

test.each(Object.keys(disguises))("a canary is found in each of the places, %s", (name) => {
  for (const [word, canary] of Object.entries(canaries)) {
    const text = `before it ${disguises[name](canary)} after it`;
    const spoken = Object.fromEntries(places.map((place) => [place, text]));
    expect(findWords(spoken, { [word]: canary })).toEqual(places.map((place) => `${place}: ${word}`));
  }
});

test("it is found in one place alone where it stands in one alone, and not where a part of it stands", () => {
  const { member, key } = canaries;
  const spoken = { logged: `{"a":"${member.slice(0, -1)}"}`, metrics: `b{c="${member}"} 1` };
  expect(findWords(spoken, { member, key })).toEqual(["metrics: member"]);
});

test("every file of a folder is searched, however deep it lies, but for the database itself", async () => {
  const folder = await mkdtemp(join(tmpdir(), "esi-canary-"));
  try {
    await mkdir(join(folder, "checkpoints", "deep"), { recursive: true });
    await mkdir(join(folder, "pg18"));
    await writeFile(join(folder, "pg18.log"), "ERROR: one");
    await writeFile(join(folder, "checkpoints", "deep", "latest"), canaries.reason);
    await writeFile(join(folder, "pg18", "16384"), canaries.claim);
    const files = (await keptFiles(folder)).join("\n");
    expect(files).toContain("ERROR: one");
    expect(findWords({ files }, canaries)).toEqual(["files: reason"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
