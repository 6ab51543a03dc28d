import { isKeyName, parseVerifierKey, verifierKey, verifierKeyText } from "../../src/ledger/verifierKey";
import { goldenVerifierKey, keyFrom, logKey } from "./logKeys";

test("the verifier key of the golden vector is read and written", () => {
  expect(verifierKeyText(logKey.signer.key)).toBe(goldenVerifierKey);
  expect(parseVerifierKey(goldenVerifierKey)).toEqual({ value: logKey.signer.key });
});

test("the id of a key is bound to its name", () => {
  const { publicKey, keyId } = logKey.signer.key;
  expect(verifierKey("other.example/esi", publicKey).keyId).not.toEqual(keyId);
  expect(keyFrom(1).signer.key.keyId).not.toEqual(keyId);
});

test.each([
  ["", "<name>"],
  ["claims.example/esi", "<name>"],
  [goldenVerifierKey.replace("claims.example/esi", ""), "<name>"],
  [goldenVerifierKey.replace("/esi", " esi"), "<name>"],
  [goldenVerifierKey.replace("/esi", "+esi"), "<name>"],
  [goldenVerifierKey.replace("4e8ada74", "4E8ADA74"), "<name>"],
  [goldenVerifierKey.replace("4e8ada74", "4e8ada7"), "<name>"],
  [`${goldenVerifierKey}\n`, "<name>"],
  [goldenVerifierKey.replace("TG4", "TG4="), "<name>"],
  [goldenVerifierKey.replaceAll("/", "_").replace("_", "/"), "<name>"],
  [goldenVerifierKey.replace("+AQ", "+Ag"), "none of Ed25519"],
  [goldenVerifierKey.slice(0, -4), "none of Ed25519"],
  [goldenVerifierKey.replace("4e8ada74", "4e8ada75"), "not that of its name and key"],
  [goldenVerifierKey.replace("claims", "claim5"), "not that of its name and key"],
  [goldenVerifierKey.replace("TG4", "TG5"), "not that of its name and key"],
])("%j is no verifier key", (text, why) => {
  expect(parseVerifierKey(text)).toEqual({ fault: expect.stringContaining(why) });
});

test.each(["", " ", "a b", "a\u00a0b", "a\u2003b", "a\u0085b", "a+b", "a\nb", "a\u0000", "\ud800"])(
  "%j is no name of a key",
  (name) => {
    expect(isKeyName(name)).toBe(false);
    expect(() => verifierKey(name, Buffer.alloc(32))).toThrow("cannot be the name");
  },
);

test("a key of another length is none", () => {
  expect(() => verifierKey("a", Buffer.alloc(33))).toThrow("32 bytes");
});
