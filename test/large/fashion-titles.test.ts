import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/seeded-random.ts';
import { nameKey } from '../../src/words/name-key.ts';
import { type FashionShop, fashionIsHere, fashionShop } from '../support/fashion.ts';

const TITLES = 1_000;

describe.skipIf(!fashionIsHere)('exact titles on the fashion catalogue', () => {
  let shop: FashionShop;
  beforeAll(async () => {
    shop = await fashionShop();
  });
  afterAll(() => shop?.close());

  it('come first where no other product has them, for at least 99 %', async () => {
    const products = [...shop.products.values()];
    const counts = new Map<string, number>();
    // Titles that differ by letter case, blanks or signs alone are the same to whoever types one.
    for (const { title } of products) counts.set(nameKey(title), (counts.get(nameKey(title)) ?? 0) + 1);
    const unique = products.filter(({ title }) => counts.get(nameKey(title)) === 1);
    const random = createRandom(23);
    const wrong: string[] = [];
    for (let number = 0; number < TITLES; number += 1) {
      const product = unique[Math.floor(random() * unique.length)];
      if (product === undefined) continue;
      const request = { terms: [{ match: { kind: 'text' as const, text: product.title } }], first: 1 };
      const page = await shop.search({ ...request, unavailable: 'SHOW' });
      if (page.results[0]?.productId !== product.id) wrong.push(product.title);
    }
    console.log(`${TITLES} of ${unique.length} titles, ${wrong.length} not first: ${wrong.slice(0, 20).join('; ')}`);
    expect(wrong.length).toBeLessThanOrEqual(TITLES * 0.01);
  });
});
