import { chmod, mkdir, realpath } from "node:fs/promises";
import { errorCode } from "./errorCode";

/** The real path of a data folder. A new one is for us alone; root lets the server's user pass through it. */
export async function makeLocalFolder(folder: string): Promise<string> {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  const made = await mkdir(folder, { recursive: true, mode });
  if (made !== undefined) await chmod(folder, mode);
  return realpath(folder);
}

/** For `.catch`: a file in the way, or rights that lack, are told by the variable that names the folder. */
export function explainLocalFolder(error: unknown): never {
  const code = errorCode(error);
  if (!/^E[A-Z]+$/.test(code)) throw error;
  throw new Error(`ESI_DATA_DIR: the folder cannot be used (${code})`, { cause: error });
}
