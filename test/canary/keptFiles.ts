import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The texts of all files of a data folder but the database itself, whose log is among them. */
export async function keptFiles(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const texts = entries
    .filter(({ name }) => name !== "pg18")
    .map(async (entry) => {
      const place = join(path, entry.name);
      if (entry.isDirectory()) return keptFiles(place);
      return entry.isFile() ? [await readFile(place, "utf8")] : [];
    });
  return (await Promise.all(texts)).flat();
}
