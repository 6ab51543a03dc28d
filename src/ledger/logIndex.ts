/** The largest that a column of the log can count. */
export const largestLogIndex = 2n ** 63n - 1n;

/** The tree size or the index that a decimal text names: both pass what a number of JSON can hold. */
export function parseLogIndex(text: string): bigint | undefined {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) return undefined;
  const index = BigInt(text);
  return index <= largestLogIndex ? index : undefined;
}

/** The decimal text of a tree size or an index; throws where it can be none. */
export function logIndexText(index: bigint): string {
  if (index < 0n || index > largestLogIndex)
    throw new RangeError(`${index} is no size of a tree and no index in it`);
  return String(index);
}
