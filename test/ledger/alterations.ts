import { sha256 } from "./textbookTree";

/** A path with one thing in it changed, and what that is. */
export type AlteredPath = [change: string, path: readonly Buffer[]];

/** Every way to change a path a little: a bit, the order, the length of it and of its hashes. */
export function alterationsOf(path: readonly Buffer[], roots: readonly Buffer[]): AlteredPath[] {
  const strange = sha256(Buffer.from("strange"));
  const added = [strange, ...roots, ...path.slice(0, 1)];
  return [
    ...path.flatMap((hash, place): AlteredPath[] => [
      [`a bit of hash ${place}`, path.with(place, flipped(hash, place * 7))],
      [`hash ${place} a byte shorter`, path.with(place, hash.subarray(1))],
      [`hash ${place} a byte longer`, path.with(place, Buffer.concat([hash, Buffer.of(0)]))],
      [`hash ${place} empty`, path.with(place, Buffer.alloc(0))],
      [`hash ${place} removed`, path.toSpliced(place, 1)],
      [`hash ${place} twice`, path.toSpliced(place, 0, hash)],
      [`something inserted at ${place}`, path.toSpliced(place, 0, strange)],
    ]),
    ...path.slice(1).map((hash, place): AlteredPath => {
      return [`order at ${place}`, path.with(place, hash).with(place + 1, path[place])];
    }),
    ...added.flatMap((hash): AlteredPath[] => [
      ["something before", [hash, ...path]],
      ["something after", [...path, hash]],
    ]),
    ...(path.length > 1 ? [["order turned round", path.toReversed()] satisfies AlteredPath] : []),
    ...(path.length > 0 ? [["nothing left", []] satisfies AlteredPath] : []),
  ];
}

export function flipped(hash: Buffer, bit: number): Buffer {
  const altered = Buffer.from(hash);
  altered[Math.floor(bit / 8) % hash.length] ^= 1 << bit % 8;
  return altered;
}
