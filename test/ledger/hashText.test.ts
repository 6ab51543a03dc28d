import { hashText, parseBytes, parseHash } from "../../src/ledger/hashText";

test("bytes of every length are read as they were written", () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Buffer.alloc(length, 0xfb);
    expect(parseBytes(bytes.toString("base64"))).toEqual(bytes);
  }
});

test.each([
  ["URL-safe", "-_-_"],
  ["no padding", "QUI"],
  ["too much padding", "QUJD===="],
  ["bits after the end", "QUJ="],
  ["a line feed", "QUJD\n"],
  ["a line feed inside", "QU\nJD"],
  ["a space", " QUJD"],
  ["a character of no alphabet", "QU*JD"],
  ["something after the padding", "QUI=QUI="],
])("%s is refused", (_, text) => {
  expect(parseBytes(text)).toBeUndefined();
});

test("a hash has 32 bytes", () => {
  const hash = Buffer.alloc(32, 7);
  expect(parseHash(hashText(hash))).toEqual(hash);
  for (const length of [0, 31, 33, 64]) {
    expect(parseHash(Buffer.alloc(length).toString("base64"))).toBeUndefined();
    expect(() => hashText(Buffer.alloc(length))).toThrow(`${length} bytes`);
  }
});
