import { hashLength } from "./merkle";

/**
 * The bytes of a standard Base64 text with its padding. Every other way to write them is refused: a proof has
 * one form only.
 */
export function parseBytes(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** The 32 bytes of a hash that is written in Base64. */
export function parseHash(text: string): Buffer | undefined {
  const hash = parseBytes(text);
  return hash?.length === hashLength ? hash : undefined;
}

/** The Base64 text of a hash; throws where it has not the length of one. */
export function hashText(hash: Buffer): string {
  if (hash.length !== hashLength) throw new RangeError(`a hash cannot have ${hash.length} bytes`);
  return hash.toString("base64");
}
