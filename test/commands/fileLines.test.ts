import fc from "fast-check";
import { Readable } from "node:stream";
import { FileLine, fileLines, longestLineBytes } from "../../src/commands/fileLines";

async function linesIn(...chunks: readonly (string | Buffer)[]): Promise<FileLine[]> {
  const lines: FileLine[] = [];
  for await (const line of fileLines(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))))
    lines.push(line);
  return lines;
}

test("lines are counted from 1, empty ones too, and those are left out", async () => {
  expect(await linesIn("\ufeffa\r\n\n  \n b \n\nc")).toEqual([
    { number: 1, text: "a" },
    { number: 4, text: "b" },
    { number: 6, text: "c" },
  ]);
  expect(await linesIn()).toEqual([]);
  expect(await linesIn("\n")).toEqual([]);
});

test("wherever the bytes are cut into chunks, the lines are the same", async () => {
  const piece = fc.constantFrom("\n", "\r\n", "é", "😀", '{"a":1}', "", "x".repeat(300), "\ufeff");
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(900)), async (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(""));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, place) => bytes.subarray(places[place], end));
      expect(await linesIn(...chunks)).toEqual(await linesIn(bytes));
    }),
  );
});

test("a line that is too long or not UTF-8 is told by its number, and those after it are read", async () => {
  const longest = "x".repeat(longestLineBytes);
  expect(await linesIn(longest, "\n", longest, "x", longest, "\na\n", Buffer.of(0xc0, 0xa2), "\nb")).toEqual([
    { number: 1, text: longest },
    { number: 2, fault: `must not be longer than ${longestLineBytes} bytes` },
    { number: 3, text: "a" },
    { number: 4, fault: "must be UTF-8" },
    { number: 5, text: "b" },
  ]);
});
