import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../../src/embedding-vector.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { AXES, openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { greatestFall, MEAN_NOISE, similaritiesByWeight, type VectorTerm } from '../../support/term-pull.ts';

const PRODUCTS = 400;
const PAIRS = 12;
const WEIGHTS = [-1, -0.6, -0.2, 0.1, 0.3, 0.6, 0.8, 1];

const random = createRandom(2718);
const anyVector = () => [...normalise(AXES.map(() => random() - 0.5))];

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(
    Array.from({ length: PRODUCTS }, (_, index) => ({
      sku: `S${index}`,
      pictures: Array.from({ length: 1 + (index % 3) }, anyVector),
    })),
  );
});
afterAll(() => shop.close());

function picture(): VectorTerm {
  const vector = anyVector();
  const bytes = new TextEncoder().encode(JSON.stringify(vector));
  return { vector, match: { kind: 'image', source: { kind: 'bytes', bytes } } };
}

function text(): VectorTerm {
  const words = AXES.filter(() => random() < 0.4);
  const said = words.length > 0 ? words : ['red' as const];
  const vector = normalise(AXES.map((axis) => (said.includes(axis) ? 1 : 0)));
  return { vector: [...vector], match: { kind: 'text', text: said.join(' ') } };
}

describe('raising the weight of a term', () => {
  const kinds: Record<string, () => VectorTerm[]> = {
    'a text beside a picture': () => [text(), picture()],
    'a picture beside a text': () => [picture(), text()],
    'a picture beside a picture': () => [picture(), picture()],
    'a text beside a text': () => [text(), text()],
    'a text beside two others': () => [text(), picture(), text()],
  };
  it.each(Object.entries(kinds))('never lowers the mean similarity of the first page to it: %s', async (_, make) => {
    for (let pair = 0; pair < PAIRS; pair++) {
      const terms = make();
      // Equal texts would cancel each other out at opposite weights.
      const others = [pair % 3 === 0 ? -0.7 : 0.9, 0.35];
      const similarities = await similaritiesByWeight(shop.deps, terms, WEIGHTS, others);
      expect(greatestFall(similarities)).toBeLessThanOrEqual(MEAN_NOISE);
      expect(similarities.at(-1)).toBeGreaterThan(similarities[0] ?? 1);
    }
  });
});
