import { randomOfKey } from '../src/seeded-random.ts';

/** A stream of numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number;
  /** low <= x < high */
  between(low: number, high: number): number;
  /** low <= x <= high, whole */
  integer(low: number, high: number): number;
  /** One of the items, each as likely as the other. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
}

/** A stream of its own for each seed text. */
export function createRandom(seed: string): Random {
  const next = randomOfKey(seed);
  const between = (low: number, high: number) => low + (high - low) * next();
  return {
    next,
    between,
    integer: (low, high) => Math.floor(between(low, high + 1)),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    chance: (probability) => next() < probability,
  };
}
