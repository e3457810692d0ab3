import { describe, expect, it } from 'vitest';
import { understandWords } from '../../../src/words/query/understand-words.ts';
import { memoryShop, titled } from '../../support/words/memory-shop.ts';

const some = (count: number, beginning: string, title: string) =>
  Array.from({ length: count }, (_, index) => titled(`${beginning}${index}`, title));

/** Dresses by the hundred, and two products that have "back". */
const shop = await memoryShop([
  ...some(150, 'd', 'Black Dress'),
  ...some(40, 's', 'Running Shoes'),
  ...some(30, 't', 'Silk Tie'),
  ...some(3, 'h', 'Hummer Cap'),
  ...some(20, 'n', 'Nail Polish'),
  ...some(10, 'w', 'Wool Scarf'),
  titled('b1', 'Cross Back Swimsuit'),
  titled('b2', 'Leather Bag', { attributes: { color: ['Navy Blue'], lining: ['Blue'] } }),
  titled('b3', 'Blue Leather Bag', { attributes: { color: ['Brown'] } }),
]);

async function corrections(text: string): Promise<string[]> {
  const read = await understandWords(shop.deps, text);
  return read.corrections.map(({ written, meant, isApplied }) => `${written} ${isApplied ? '>' : '?'} ${meant}`);
}

describe('a word is mended', () => {
  it.each([
    ['runningshose', 'runningshose > running shoes'],
    ['RuningShoes', 'RuningShoes > running shoes'],
    ['blackdreess', 'blackdreess > black dress'],
  ])('where two were typed as one, and one of them is misspelt: %s', async (text, corrected) => {
    expect(await corrections(text)).toEqual([corrected]);
    const { found, quality } = await shop.search(text);
    expect(found[0]?.product.title.toLowerCase()).toBe(corrected.split(' > ')[1]);
    expect(quality).toBe('WEAK');
  });

  it('where a plural is misspelt', async () => {
    expect(await corrections('scarffs')).toEqual(['scarffs > scarf']);
  });

  it('where it is rare, and no product has it beside the others', async () => {
    expect(await corrections('back dress')).toEqual(['back > black']);
    const { found } = await shop.search('back dress');
    expect(found[0]?.product.title).toBe('Black Dress');
  });

  it.each(['back swimsuit', 'cross back', 'back'])('and left alone where a product has all words: %s', async (text) => {
    expect(await corrections(text)).toEqual([]);
  });

  it('less surely beside a word that nobody knows, or that no product has with it', async () => {
    const confidence = async (text: string) =>
      (await understandWords(shop.deps, text)).corrections.find(({ meant }) => meant === 'hummer')?.confidence ?? 0;
    const alone = await confidence('hammer');
    expect(alone).toBeGreaterThan(0.9);
    expect(await confidence('hammer cap')).toBeGreaterThanOrEqual(alone);
    expect(await confidence('hammer nails')).toBeLessThan(alone - 0.1);
    expect(await confidence('concrete hammer')).toBeLessThan(alone - 0.1);
    // Words of asking tell nothing of it.
    expect(await confidence('please show me the hammer')).toBe(alone);
  });
});

describe('what the model reads', () => {
  it.each([
    ['blackdress', [{ start: 0, end: 10, meant: 'black dress' }]],
    ['leather bags', [{ start: 8, end: 12, meant: 'bag' }]],
    ['black dress', []],
    // Another word of one stem.
    ['leathered bag', []],
  ])('is written as the catalogue has it: %s', async (text, respelt) => {
    expect((await understandWords(shop.deps, text)).respellings).toEqual(respelt);
  });
});

describe('the value of an attribute', () => {
  it('is known, the whole and its parts', async () => {
    const { values } = await understandWords(shop.deps, 'navy blue bag');
    expect(values).toEqual([
      { slot: 0, span: 2, lexemes: ['@navyblue=color'] },
      { slot: 1, span: 1, lexemes: ['@blue=lining'] },
    ]);
  });

  it('comes before a mention of it', async () => {
    const { found } = await shop.search('blue leather bag');
    expect(found.map(({ product }) => product.codes[0]).slice(0, 2)).toEqual(['b3', 'b2']);
    const asked = await shop.search('blue bag');
    expect(asked.found[0]?.product.codes[0]).toBe('b2');
  });
});
