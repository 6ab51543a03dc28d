import { hashLength } from "../../ledger/merkle";
import { FilledTile } from "../../ledger/tiles";
import { readStoredTiles, readTilesBeyond, StoredTile } from "../../store/logClaims";
import { Queryable } from "../../store/queryable";
import { addFindings, Findings, LogFinding } from "./finding";

/** Compares tiles that were computed with those that are stored. */
export async function checkTiles(
  database: Queryable,
  computed: readonly FilledTile[],
  findings: Findings,
): Promise<void> {
  const levels = [...new Set(computed.map(({ level }) => level))];
  for (const level of levels) {
    const tiles = computed.filter((tile) => tile.level === level);
    const stored = await readStoredTiles(database, level, tiles[0].index, tiles.length);
    addFindings(
      findings,
      tiles.flatMap((tile) => tileFinding(tile, stored.get(tile.index))),
    );
  }
}

/** Stored tiles that the tree is too small for. */
export async function checkTilesBeyond(
  database: Queryable,
  treeSize: bigint,
  findings: Findings,
): Promise<void> {
  const beyond = await readTilesBeyond(database, treeSize);
  addFindings(
    findings,
    beyond.map(({ level, idx }) => ({
      kind: "TILE_MISMATCH",
      leafIndex: null,
      id: null,
      detail: `tile ${level}/${idx} is stored, and not full`,
    })),
  );
}

function tileFinding(
  { level, index, hashes, root }: FilledTile,
  stored: StoredTile | undefined,
): LogFinding[] {
  const first = index << BigInt(8 * (level + 1));
  const found = (what: string, leafIndex: bigint): LogFinding[] => {
    const detail = `tile ${level}/${index}: ${what}`;
    return [{ kind: "TILE_MISMATCH", leafIndex: String(leafIndex), id: null, detail }];
  };
  if (!stored) return found("not stored", first);
  if (!stored.hashes.equals(hashes)) {
    const place = firstDifference(stored.hashes, hashes);
    return found(`hash ${place}`, first + (BigInt(place) << BigInt(8 * level)));
  }
  return stored.root.equals(root) ? [] : found("its root", first);
}

/** Which of the hashes is the first that differs. */
function firstDifference(one: Buffer, other: Buffer): number {
  const hashOf = (bytes: Buffer, place: number) =>
    bytes.subarray(place * hashLength, (place + 1) * hashLength);
  let place = 0;
  while (hashOf(one, place).equals(hashOf(other, place))) place += 1;
  return place;
}
