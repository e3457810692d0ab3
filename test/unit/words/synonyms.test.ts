import { describe, expect, it } from 'vitest';
import { checkSynonym, readSynonyms } from '../../../src/words/query/synonym-file.ts';
import { memoryShop, titled } from '../../support/words/memory-shop.ts';

describe('a file of synonyms', () => {
  it('has one-way and two-way rules, comments and escapes', () => {
    const { rules, errors } = readSynonyms(
      '# sofas\nsofa, couch, settee\r\n\nloo roll, tp => toilet paper\na\\,b => c\\=>d\n',
    );
    expect(errors).toEqual([]);
    expect(rules).toEqual([
      { left: ['sofa', 'couch', 'settee'], right: ['sofa', 'couch', 'settee'], isTwoWay: true },
      { left: ['loo roll', 'tp'], right: ['toilet paper'], isTwoWay: false },
      { left: ['a,b'], right: ['c=>d'], isTwoWay: false },
    ]);
  });

  it('tells each bad line by its number and keeps the others', () => {
    const { rules, errors } = readSynonyms('one\na, b\nx =>\np => q => r\na b c d e f g, h\n,');
    expect(rules).toHaveLength(1);
    expect(errors.map(({ line, expected }) => [line, expected])).toEqual([
      [1, 'two or more words with commas between them'],
      [3, 'words between the commas and on both sides of an arrow'],
      [4, 'one arrow'],
      [5, 'at most 6 words a side'],
      [6, 'words between the commas and on both sides of an arrow'],
    ]);
  });

  it('has rules that can be checked one by one', () => {
    expect(() => checkSynonym({ left: [''], right: ['a'], isTwoWay: false })).toThrow('synonym: expected words');
  });
});

describe('synonyms in a search', () => {
  const products = [
    titled('1', 'Velvet Settee'),
    titled('2', 'Toilet Paper Six'),
    titled('3', 'Paper Lamp'),
    titled('4', 'Sofa Bed'),
  ];
  const synonyms = 'sofa, couch, settee\nloo roll => toilet paper';
  const skus = async (query: string) =>
    (await (await memoryShop(products, { synonyms })).search(query)).found.map(({ product }) => product.sku);

  it('find what is called otherwise, behind what is called so', async () => {
    expect(await skus('sofa')).toEqual(['4', '1']);
    expect(await skus('couches')).toEqual(expect.arrayContaining(['1', '4']));
  });

  it('may have several words on both sides, which stand together', async () => {
    expect(await skus('loo roll')).toEqual(['2']);
  });

  it('lead one way where they say so', async () => {
    expect(await skus('toilet')).toEqual(['2']);
  });
});
