import { describe, expect, it } from 'vitest';
import { randomDirection, randomLift } from '../../../bench/workload/rotation.ts';
import { createRandom } from '../../../src/seeded-random.ts';

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('a random lift', () => {
  const random = createRandom(5);
  const [one, other] = [randomDirection(12, random), randomDirection(12, random)].map((each) =>
    Float32Array.from(each),
  );
  if (one === undefined || other === undefined) throw new Error('expected two vectors');

  it('keeps lengths and angles', () => {
    const lift = randomLift(12, 30, 7);
    expect(lift(one)).toHaveLength(30);
    expect(cosine(lift(one), lift(one))).toBeCloseTo(1, 6);
    expect(cosine(lift(one), lift(other))).toBeCloseTo(cosine(one, other), 6);
  });

  it('is the same for a seed, and another for another', () => {
    expect(randomLift(12, 30, 7)(one)).toEqual(randomLift(12, 30, 7)(one));
    expect(randomLift(12, 30, 8)(one)).not.toEqual(randomLift(12, 30, 7)(one));
  });

  it('leaves no component empty', () => {
    expect([...randomLift(12, 30, 7)(one)].filter((value) => value === 0)).toEqual([]);
  });

  it('turns within the same dimensions, too', () => {
    const lift = randomLift(12, 12, 7);
    expect(cosine(lift(one), lift(other))).toBeCloseTo(cosine(one, other), 6);
  });

  it('refuses fewer dimensions, and vectors of another length', () => {
    expect(() => randomLift(12, 11, 7)).toThrow('expected at least 12 dimensions to lift to, found 11');
    expect(() => randomLift(12, 30, 7)(new Float32Array(11))).toThrow('expected a vector of 12 dimensions, found 11');
  });
});
