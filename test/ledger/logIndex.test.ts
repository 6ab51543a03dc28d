import { logIndexText, parseLogIndex } from "../../src/ledger/logIndex";

test.each(["0", "1", "9", "10", "2147483648", "9007199254740993", "9223372036854775807"])(
  "%s is read to the last digit and written the same",
  (text) => {
    expect(String(parseLogIndex(text))).toBe(text);
    expect(logIndexText(BigInt(text))).toBe(text);
  },
);

const wrong = ["", "00", "01", "-1", "-0", "+1", "1.0", "1e3", "0x1", " 1", "1 ", "1\n", "1_000", "1n"];

const tooLarge = ["9223372036854775808", "99999999999999999999", "1".repeat(400)];

test.each([...wrong, ...tooLarge, "１"])("%j is no size and no index", (text) => {
  expect(parseLogIndex(text)).toBeUndefined();
});

test("what no column can count is not written", () => {
  expect(() => logIndexText(-1n)).toThrow("-1 is no size");
  expect(() => logIndexText(2n ** 63n)).toThrow(RangeError);
});
