/**
 * A stream of numbers, 0 <= x < 1, that is the same for the same seed on every machine: mulberry32 by Tommy Ettinger.
 *
 * @param seed - a whole number, 0 to 2^32 - 1
 */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As `createRandom`, with a stream of its own for each text (FNV-1a). */
export function randomOfKey(key: string): () => number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return createRandom(hash);
}
