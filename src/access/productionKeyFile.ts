import { createPrivateKey, type KeyObject } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCodeOf } from "../durableFile";

/** Stands above the keys that local mode makes; programs that read PEM pass over it. */
export const localMark = "Made by local mode: for development only, and refused in production.\n";

/** What lies in a data folder of local mode: older keys of it bear no mark. */
const localNames = /^(token-key\.pem|pg\d+)$/;
const forOthers = 0o077;

export type ReadKey =
  | { readonly key: KeyObject; readonly fault?: undefined }
  | { readonly key?: undefined; readonly fault: string };

/** The Ed25519 private key of a file, or why production may not sign with it; the path is not told. */
export async function readProductionKey(path: string): Promise<ReadKey> {
  try {
    const { mode } = await stat(path);
    // Windows has rights of another kind, and tells none of them here.
    if (process.platform !== "win32" && (mode & forOthers) !== 0)
      return { fault: "others than its owner can read or change the file: chmod 600" };
    const text = await readFile(path, "utf8");
    const isLocal = text.includes(localMark.trim()) || (await isInLocalFolder(path));
    if (isLocal) return { fault: "the key is one of local mode: production needs one of its own" };
    return keyOf(text);
  } catch (error) {
    return { fault: `the file cannot be read (${systemCodeOf(error)})` };
  }
}

function keyOf(text: string): ReadKey {
  const fault = "the file holds no Ed25519 private key in PEM: openssl genpkey -algorithm ed25519 makes one";
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === "ed25519" ? { key } : { fault };
  } catch {
    return { fault };
  }
}

async function isInLocalFolder(path: string): Promise<boolean> {
  return (await readdir(dirname(await realpath(path)))).some((name) => localNames.test(name));
}
