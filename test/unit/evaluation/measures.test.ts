import { describe, expect, it } from 'vitest';
import { judge, MEASURES, type MetricName, sliceQueries, type Target } from '../../../src/evaluation/measures.ts';
import type { Outcome } from '../../../src/evaluation/run-queries.ts';
import { expecting, outcome, product } from './outcomes.ts';

const APPLES = ['Fruit', 'Apple'];
const PEARS = ['Fruit', 'Pear'];
const MILK = ['Dairy', 'Milk'];
const RED_APPLES = ['Fruit', 'Apple', 'Red'];

/** Looks for gala, one of four apples: a pear comes first, gala third. */
const GALA = outcome(expecting('gala', APPLES, 4), [
  product('conference', PEARS),
  product('pink lady', RED_APPLES),
  product('gala', APPLES),
  product('milk', MILK),
  product('unsorted', null),
]);

function value(of: Outcome, metric: MetricName, k: number | null, target: Target = 'NONE'): number {
  const measure = MEASURES.find((each) => each.metric === metric && each.k === k && each.target === target);
  if (measure === undefined) throw new Error(`no measure ${metric} ${target} ${k}`);
  return measure.of(judge(of));
}

describe('the measures of a query, by hand', () => {
  it('look for the product', () => {
    expect(value(GALA, 'SAME_PRODUCT', 1)).toBe(0);
    expect(value(GALA, 'SAME_PRODUCT', 3)).toBe(1);
    expect(value(GALA, 'HIT_RATE', 3, 'PRODUCT')).toBe(1);
    expect(value(GALA, 'PRECISION', 3, 'PRODUCT')).toBeCloseTo(1 / 3);
    expect(value(GALA, 'RECALL', 3, 'PRODUCT')).toBe(1);
    expect(value(GALA, 'RECIPROCAL_RANK', null, 'PRODUCT')).toBeCloseTo(1 / 3);
    expect(value(GALA, 'AVERAGE_PRECISION', 5, 'PRODUCT')).toBeCloseTo(1 / 3);
    expect(value(GALA, 'NDCG', 5, 'PRODUCT')).toBeCloseTo(1 / 2);
  });

  it('look for its category and what is below it', () => {
    expect(value(GALA, 'SAME_SUB_CATEGORY', 3)).toBeCloseTo(2 / 3);
    expect(value(GALA, 'SAME_SUB_CATEGORY', 30)).toBeCloseTo(2 / 5);
    expect(value(GALA, 'PRECISION', 30, 'CATEGORY')).toBeCloseTo(2 / 30);
    expect(value(GALA, 'RECALL', 5, 'CATEGORY')).toBeCloseTo(2 / 4);
    expect(value(GALA, 'AVERAGE_PRECISION', null, 'CATEGORY')).toBeCloseTo((1 / 2 + 2 / 3) / 4);
    expect(value(GALA, 'AVERAGE_PRECISION', 3, 'CATEGORY')).toBeCloseTo((1 / 2 + 2 / 3) / 3);
  });

  it('look for its department', () => {
    expect(value(GALA, 'SAME_CATEGORY', 1)).toBe(1);
    expect(value(GALA, 'SAME_CATEGORY', 5)).toBeCloseTo(3 / 5);
  });

  it('look at what is shown', () => {
    expect(value(GALA, 'GOT_RESULTS', 5)).toBe(1);
    expect(value(GALA, 'GOT_RESULTS', 10)).toBe(0);
    expect(value(GALA, 'CATEGORY_SPREAD', 5)).toBe(5);
    expect(value(GALA, 'REPEATED_PRODUCTS', 5)).toBe(0);
  });

  it('are not defined for what the query does not expect', () => {
    const ofCategory = outcome(expecting(null, APPLES, 4), GALA.results);
    expect(value(ofCategory, 'SAME_PRODUCT', 3)).toBeNaN();
    expect(value(ofCategory, 'RECIPROCAL_RANK', null, 'PRODUCT')).toBeNaN();
    expect(value(ofCategory, 'SAME_SUB_CATEGORY', 3)).toBeCloseTo(2 / 3);
    const ofProduct = outcome(expecting('gala'), GALA.results);
    expect(value(ofProduct, 'SAME_CATEGORY', 3)).toBeNaN();
    expect(value(ofProduct, 'SAME_PRODUCT', 3)).toBe(1);
  });

  it('do not speak of the whole ranking where only its beginning was read', () => {
    const cut = { ...GALA, complete: false };
    expect(value(cut, 'AVERAGE_PRECISION', null, 'CATEGORY')).toBeNaN();
    expect(value(cut, 'AVERAGE_PRECISION', 100, 'CATEGORY')).toBeCloseTo((1 / 2 + 2 / 3) / 4);
  });

  it('count a query without results as a failure, not as missing', () => {
    const nothing = outcome(expecting('gala', APPLES, 4), []);
    for (const metric of ['SAME_PRODUCT', 'SAME_SUB_CATEGORY', 'SAME_CATEGORY', 'GOT_RESULTS'] as const) {
      expect(value(nothing, metric, 3)).toBe(0);
    }
  });
});

describe('sliceQueries', () => {
  it('has everything first, then each value of each grouping by name', () => {
    const slices = [{ query: 'text' }, { query: 'picture', season: 'all' }, { query: 'text', __proto__x: '1' }];
    const queries = slices.map((each) => outcome(expecting('x'), [], { slices: each }).query);
    expect(sliceQueries(queries)).toEqual([
      { name: 'all', value: 'all', places: [0, 1, 2] },
      { name: '__proto__x', value: '1', places: [2] },
      { name: 'query', value: 'picture', places: [1] },
      { name: 'query', value: 'text', places: [0, 2] },
      { name: 'season', value: 'all', places: [1] },
    ]);
  });
});
