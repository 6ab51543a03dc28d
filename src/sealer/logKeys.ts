import { join } from "node:path";
import { openKeyFile, openKeyFileIfPresent } from "../access/keyFile";
import { signerOf } from "../ledger/ed25519";
import { receiptKeyName } from "../ledger/receipt";
import { NoteSigner } from "../ledger/signedNote";

/** What a process signs for the log with. */
export interface LogKeys {
  /** The log's name for ever. */
  readonly origin: string;
  /** Each checkpoint gets a signature of each: two while one key takes the place of another. */
  readonly checkpointSigners: readonly NoteSigner[];
  readonly receiptSigner: NoteSigner;
}

/** The log of local mode; no other may have such a name. */
export const localOrigin = "local.invalid/esi";

const whatIfLost = "what it has signed can then only be checked with its verifier key";

/**
 * Takes the keys from the folder and makes those that are absent. A key in log-key-next.pem signs beside the
 * one in log-key.pem, until it takes its place.
 */
export async function openLogKeys(folder: string, origin: string): Promise<LogKeys> {
  const key = await openKeyFile(join(folder, "log-key.pem"), whatIfLost);
  const nextKey = await openKeyFileIfPresent(join(folder, "log-key-next.pem"), whatIfLost);
  const receiptKey = await openKeyFile(join(folder, "receipt-key.pem"), whatIfLost);
  return {
    origin,
    checkpointSigners: [key, ...(nextKey ? [nextKey] : [])].map((each) => signerOf(origin, each)),
    receiptSigner: signerOf(receiptKeyName(origin), receiptKey),
  };
}
