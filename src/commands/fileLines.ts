import { isUtf8 } from "node:buffer";

/** A line of a file, counted from 1; without its text where that cannot be had, and why. */
export type FileLine =
  | { readonly number: number; readonly text: string; readonly fault?: undefined }
  | { readonly number: number; readonly text?: undefined; readonly fault: string };

/** As long as a whole body of the mutation may be. */
export const longestLineBytes = 1_048_576;
const lineFeed = 0x0a;
const tooLong = `must not be longer than ${longestLineBytes} bytes`;

/** The lines of UTF-8 text that are not empty. Of a line that is too long no more than that is held. */
export async function* fileLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileLine> {
  let number = 1;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const add = (part: Buffer): void => {
    begunBytes += part.length;
    if (begunBytes <= longestLineBytes) begun.push(part);
    else begun = [];
  };
  const end = (): FileLine | undefined => {
    const line =
      begunBytes > longestLineBytes ? { number, fault: tooLong } : lineOf(Buffer.concat(begun), number);
    number += 1;
    begun = [];
    begunBytes = 0;
    return line;
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to !== -1; to = chunk.indexOf(lineFeed, from)) {
      add(chunk.subarray(from, to));
      const line = end();
      if (line) yield line;
      from = to + 1;
    }
    if (from < chunk.length) add(chunk.subarray(from));
  }
  const last = end();
  if (last) yield last;
}

function lineOf(bytes: Buffer, number: number): FileLine | undefined {
  if (!isUtf8(bytes)) return { number, fault: "must be UTF-8" };
  const text = bytes
    .toString("utf8")
    .replace(number === 1 ? /^\uFEFF/ : "", "")
    .trim();
  return text === "" ? undefined : { number, text };
}
