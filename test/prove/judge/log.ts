import { TextbookTree } from "../../ledger/textbookTree";
import type { Evidence } from "../history";

/**
 * I10: the log holds the leaf of each decision once and of nothing else, and every checkpoint ever shown is
 * the root of its beginning. The tree is computed anew from the leaves as a text book says it.
 */
export function isSealed({ decisions, checkpoints, leaves }: Evidence): string[] {
  const times = new Map<string, number>();
  for (const leaf of leaves) times.set(leaf, (times.get(leaf) ?? 0) + 1);
  const unsealed = [...decisions.values()].flat().filter(({ audit }) => times.get(audit?.leaf ?? "") !== 1);
  const tree = new TextbookTree(leaves.map((leaf) => Buffer.from(leaf, "utf8")));
  const forked = checkpoints.filter(
    ({ treeSize, rootHash }) =>
      Number(treeSize) > leaves.length || tree.root(Number(treeSize)).toString("base64") !== rootHash,
  );
  return [
    ...unsealed.map(({ id }) => `the leaf of decision ${id} is not once in the log`),
    ...forked.map(({ treeSize }) => `the checkpoint of ${treeSize} entries is not of this log`),
  ];
}
