import { describe, expect, it } from 'vitest';
import { caseProducts, demoProducts, offences, readCases, type WordCase } from '../../support/words/cases.ts';
import { type MemoryShop, memoryShop } from '../../support/words/memory-shop.ts';

/**
 * The cases of test/fixtures/cases by words alone, without a database and without vectors: whether the analyzer, the reading of a query and the scores are right in
 * themselves. Those of the fashion catalogue need it (../shared) and are asked by the tests of the whole search.
 */
const shops = new Map<string, Promise<MemoryShop>>();

function shopOf(file: string, { setting }: WordCase): Promise<MemoryShop> {
  const key = `${file} ${setting}`;
  const products = setting === 'demo' ? demoProducts() : [...demoProducts(), ...caseProducts(readCases(file))];
  const shop = shops.get(key) ?? memoryShop(products);
  shops.set(key, shop);
  return shop;
}

describe.each(['words.jsonl', 'words-own.jsonl'])('%s', (file) => {
  const cases = readCases(file).filter(({ setting }) => setting !== 'fashion');
  const classes = [...new Set(cases.map((one) => one.class))];

  it('has cases of all classes', () => {
    expect(classes).toHaveLength(20);
  });

  it.each(classes)('is right in %s', async (name) => {
    const wrong: string[] = [];
    for (const one of cases.filter((candidate) => candidate.class === name)) {
      const shop = await shopOf(file, one);
      const found = offences(one, await shop.search(one.query));
      if (found.length > 0) wrong.push(`${one.id} ${JSON.stringify(one.query)}: ${found.join('; ')}`);
    }
    expect(wrong).toEqual([]);
  });
});
