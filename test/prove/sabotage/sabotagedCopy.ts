import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applied, Sabotage } from "./sabotage";

export interface SabotagedCopy {
  /** The `sources` of a service process. */
  readonly root: string;
  readonly remove: () => Promise<void>;
}

const project = join(__dirname, "..", "..", "..");
/** What a run from the sources reads. */
const copied = ["src", "migrations", "package.json", ".swcrc"];

/**
 * A copy of the sources in a temporary folder, with the mistake in it. It makes a schema of its own in an
 * empty database, and may not be let near another.
 */
export async function sabotagedCopy(sabotage: Sabotage): Promise<SabotagedCopy> {
  const root = await mkdtemp(join(tmpdir(), "esi-sabotage-"));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    for (const name of copied) await cp(join(project, name), join(root, name), { recursive: true });
    await symlink(join(project, "node_modules"), join(root, "node_modules"));
    for (const file of new Set(sabotage.replacements.map((replacement) => replacement.file))) {
      const path = join(root, file);
      await writeFile(path, applied(sabotage, file, await readFile(path, "utf8")));
    }
    return { root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
