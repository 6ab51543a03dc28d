import { openReceipt, Receipt } from "../../ledger/receipt";
import { NoteVerifier } from "../../ledger/signedNote";
import { edgeOf, nameOfTile } from "../../ledger/tiles";
import { hashLength } from "../../ledger/merkle";
import { molinaEsiVersions } from "../../policy/molinaEsi";
import { notesIn } from "../../sealer/checkpointFolder";
import { readLogKeys } from "../../store/logKeys";
import { Queryable } from "../../store/queryable";
import { readClock } from "../../store/sealedEntries";
import { readTiles } from "../../store/tiles";
import { Call } from "./call";
import { LogSetting } from "./claims";
import { Findings } from "./finding";
import { emptyTree, GrowingTree, treeFrom } from "./growingTree";
import { CheckedLog, checkLog } from "./logCheck";
import { claimOf, GivenNote, verifiersOf } from "./notes";
import { Overdue } from "./overdue";
import { checkPurges } from "./purgeCheck";
import { checkExceptions, Unsealed } from "./registerCheck";
import { checkIds, checkPolicyVersions, checkReceipts } from "./storeCheck";

/** What is verified beside the members' streams, and against what. */
export type LogCall = Pick<Call, "keys" | "held" | "receipts" | "from" | "checkpointFolder">;

/** What was verified beside the members' streams. */
export interface VerifiedLog extends CheckedLog, Unsealed {
  /** The keys that were trusted, and where they came from: from the database they prove less. */
  readonly keys: readonly string[];
  readonly keysFrom: "arguments" | "database";
}

/**
 * Verifies the log, and all that is in no member's stream, as of one moment. Throws where a receipt or the
 * checkpoint to begin with cannot be used.
 */
export async function verifyLog(
  database: Queryable,
  call: LogCall,
  overdue: Overdue,
  findings: Findings,
): Promise<VerifiedLog> {
  // First of all: what is to be in the folder by then is there when that is read, however long it takes.
  const asOf = await readClock(database);
  const due = { overdue, asOf };
  // Before the moment: what is published is stored already, and what is stored is in the tree.
  const published = await readPublished(call.checkpointFolder);
  await database.query("begin transaction isolation level repeatable read read only");
  try {
    const keysFrom = call.keys.length > 0 ? "arguments" : "database";
    const stored = keysFrom === "database" ? await readLogKeys(database) : [];
    const keys = [...call.keys, ...stored.map(({ verifierKey }) => verifierKey)];
    const verifiers = verifiersOf(keys);
    const setting = { verifiers, published, held: call.held, asOf };
    const receipts = call.receipts.map((receipt) => openOrThrow(receipt, verifiers));
    const tree = call.from === undefined ? emptyTree() : await trustedTree(database, call.from, setting);
    const log = await checkLog(database, setting, tree, findings);
    const [exceptions, purges] = [
      await checkExceptions(database, due, findings),
      await checkPurges(database, due, findings),
    ];
    await checkIds(database, findings);
    await checkPolicyVersions(database, molinaEsiVersions, findings);
    await checkReceipts(database, receipts, asOf, findings);
    return { ...log, ...sumOf(exceptions, purges), keys, keysFrom };
  } finally {
    await database.query("rollback");
  }
}

async function readPublished(folder: string | undefined): Promise<GivenNote[] | undefined> {
  if (folder === undefined) return undefined;
  return (await notesIn(folder)).map(({ treeSize, note }) => {
    return { treeSize, note, name: `the published checkpoint of ${treeSize}` };
  });
}

function openOrThrow({ name, note }: Call["receipts"][number], verifiers: readonly NoteVerifier[]): Receipt {
  const receipt = openReceipt(note, verifiers);
  if ("value" in receipt) return receipt.value;
  throw new Error(`${name} proves nothing: ${receipt.fault}`);
}

function sumOf(one: Unsealed, other: Unsealed): Unsealed {
  return {
    unsealed: one.unsealed + other.unsealed,
    oldestUnsealedSeconds: Math.max(one.oldestUnsealedSeconds, other.oldestUnsealedSeconds),
  };
}

/**
 * The tree of a size, from its tiles, as far as they are there; its root is then compared with that of the
 * checkpoint like any other. Where something is missing it begins with no leaf, to find out what.
 */
async function trustedTree(
  database: Queryable,
  size: bigint,
  { published = [], held, verifiers }: LogSetting,
): Promise<GrowingTree> {
  const isTrusted = [...published, ...held].some((given) => {
    const claim = claimOf(given, verifiers);
    return "value" in claim && claim.value.treeSize === size;
  });
  if (!isTrusted)
    throw new Error(`--from: no checkpoint of ${size} leaves by a trusted key is given or published`);
  const edge = edgeOf(size);
  const tiles = await readTiles(database, edge);
  const rows: Buffer[][] = [];
  for (const tile of edge) {
    const bytes = tiles.get(nameOfTile(tile)) ?? Buffer.alloc(0);
    if (bytes.length !== tile.width * hashLength) return emptyTree();
    for (let level = rows.length; level < tile.level; level++) rows.push([]);
    rows.push(
      Array.from({ length: tile.width }, (_, at) => bytes.subarray(at * hashLength, (at + 1) * hashLength)),
    );
  }
  return treeFrom(size, rows);
}
