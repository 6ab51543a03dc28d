/** A number from 0 up to 1. */
export type Random = () => number;

/** Marsaglia's xorshift: the same numbers for the same name. */
export function randomFrom(name: string): Random {
  let state = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 2_463_534_242);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
