import { readFileSync, writeFileSync } from "node:fs";

/** Whether golden files are to be written anew: `npm run accept`. */
export const isAccepting = process.env.ESI_ACCEPT === "1";

/** Compares a text with the file that pins it. */
export function expectGolden(file: string, text: string): void {
  if (isAccepting) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
