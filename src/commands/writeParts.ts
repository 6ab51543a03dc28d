import { FilePart } from "../cases/filePart";
import { withConnection } from "../store/connection";
import { Queryable } from "../store/queryable";
import { refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";
import { inDigits, withProgress } from "./progress";
import { count, countOf, newTally, Tally } from "./tally";
import { writeOutput } from "./writeOutput";

/**
 * Writes a file part by part out of the store, as fast as it is taken, and tells on standard error how much
 * it holds; the first of what is counted is the one whose progress is shown.
 */
export async function writeParts(
  parts: (database: Queryable) => AsyncGenerator<FilePart>,
  counted: readonly [string, ...string[]],
  output: string | undefined,
): Promise<void> {
  const write = (database: Queryable) => (onProgress: (soFar: Tally) => void) =>
    writeCounting(parts(database), output, onProgress);
  const { tally } = await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    return withConnection(url, (connection) => withProgress(counted[0], write(connection)));
  });
  process.stderr.write(`${counted.map((name) => `${inDigits(countOf(tally, name))} ${name}`).join(", ")}\n`);
}

async function writeCounting(
  parts: AsyncGenerator<FilePart>,
  output: string | undefined,
  onProgress: (soFar: Tally) => void,
): Promise<Tally> {
  const tally = newTally();
  async function* texts(): AsyncGenerator<string> {
    for await (const { text, counts } of parts) {
      yield text;
      for (const [name, number] of Object.entries(counts)) count(tally, name, number);
      onProgress(tally);
    }
  }
  await writeOutput(texts(), output);
  return tally;
}
