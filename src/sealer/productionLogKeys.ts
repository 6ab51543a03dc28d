import { createPublicKey, type KeyObject } from "node:crypto";
import { readProductionKey } from "../access/productionKeyFile";
import { signerOf } from "../ledger/ed25519";
import { receiptKeyName } from "../ledger/receipt";
import { LogKeys } from "./logKeys";

/** A file as the configuration names it: by the variable that gives its path. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
}

export interface LogKeyFiles {
  readonly logKey: NamedFile;
  /** Signs beside it, until it takes its place. */
  readonly nextLogKey?: NamedFile;
  readonly receiptKey: NamedFile;
}

export type ReadLogKeys =
  | { readonly keys: LogKeys; readonly faults?: undefined }
  | { readonly keys?: undefined; readonly faults: readonly string[] };

/** The keys that the operator made; every fault of theirs at once, each with the variable it is about. */
export async function readLogKeyFiles(files: LogKeyFiles, origin: string): Promise<ReadLogKeys> {
  const { logKey, nextLogKey, receiptKey } = files;
  const { keys, faults } = await readKeyFiles([receiptKey, logKey, ...(nextLogKey ? [nextLogKey] : [])]);
  if (faults.length > 0) return { faults };
  const [receipt, ...checkpoints] = keys;
  return {
    keys: {
      origin,
      checkpointSigners: checkpoints.map((key) => signerOf(origin, key)),
      receiptSigner: signerOf(receiptKeyName(origin), receipt),
    },
  };
}

/** The keys of some files, which must be different ones, and every fault of theirs. */
export async function readKeyFiles(
  named: readonly NamedFile[],
): Promise<{ readonly keys: readonly KeyObject[]; readonly faults: readonly string[] }> {
  const keys: KeyObject[] = [];
  const faults: string[] = [];
  for (const { name, path } of named) {
    const { key, fault } = await readProductionKey(path);
    if (!key) faults.push(`${name}: ${fault}`);
    else if (keys.some((other) => isSame(other, key))) faults.push(`${name}: another variable has this key`);
    else keys.push(key);
  }
  return { keys, faults };
}

function isSame(one: KeyObject, other: KeyObject): boolean {
  return createPublicKey(one).equals(createPublicKey(other));
}
