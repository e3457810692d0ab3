import { createRandom } from '../../src/seeded-random.ts';

/** Turns a vector into a space of more dimensions: lengths and angles stay as they are. */
export type Lift = (vector: Float32Array) => Float32Array;

/**
 * A random rotation, always the same for a seed: normal numbers, made orthonormal row by row (Gram-Schmidt).
 *
 * @param from - dimensions of what is lifted
 * @param to - dimensions of what comes out; at least `from`
 */
export function randomLift(from: number, to: number, seed: number): Lift {
  if (to < from) throw new RangeError(`expected at least ${from} dimensions to lift to, found ${to}`);
  const random = createRandom(seed);
  const rows: Float64Array[] = [];
  while (rows.length < from) rows.push(orthonormal(randomDirection(to, random), rows));
  return (vector) => {
    if (vector.length !== from) throw new RangeError(`expected a vector of ${from} dimensions, found ${vector.length}`);
    const lifted = new Float64Array(to);
    for (const [index, row] of rows.entries()) add(lifted, row, vector[index] ?? 0);
    return Float32Array.from(lifted);
  };
}

/** A vector of length 1, every direction equally likely. */
export function randomDirection(dimensions: number, random: () => number): Float64Array {
  const direction = Float64Array.from({ length: dimensions }, () => normal(random));
  return scaled(direction, 1 / Math.sqrt(dot(direction, direction)));
}

/** Normally distributed, mean 0, standard deviation 1 (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function orthonormal(direction: Float64Array, others: readonly Float64Array[]): Float64Array {
  for (const other of others) add(direction, other, -dot(direction, other));
  return scaled(direction, 1 / Math.sqrt(dot(direction, direction)));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** In place. */
function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + times * (what[i] ?? 0);
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map((value) => value * factor);
}
