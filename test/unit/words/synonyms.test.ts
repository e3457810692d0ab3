import { describe, expect, it } from 'vitest';
import { readSynonyms, synonymKey, synonymProblem, writeSynonym } from '../../../src/words/query/synonym-file.ts';
import { otherWordings } from '../../../src/words/query/synonyms.ts';
import { memoryShop, skuOf, titled } from '../../support/words/memory-shop.ts';

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
    expect(synonymProblem({ left: [''], right: ['a'], isTwoWay: false })?.found).toBe('nothing');
    expect(synonymProblem({ left: ['a\0'], right: ['b'], isTwoWay: false })?.expected).toContain('NUL');
    expect(synonymProblem({ left: ['a'], right: ['b'], isTwoWay: false })).toBeUndefined();
  });

  it('is written as it is read', () => {
    const text = 'a\\,b, c\\=>d, \\#5 => x y\nback\\\\slash, two = 2';
    const { rules } = readSynonyms(text);
    expect(rules).toHaveLength(2);
    expect(readSynonyms(rules.map(writeSynonym).join('\n'))).toEqual({ rules, errors: [] });
  });

  it('says the same in any order and case, and something else one way', () => {
    const [key, ...others] = readSynonyms('Sofa, couch\ncouch,  SOFA, couch\nsofa => couch\ncouch => sofa').rules.map(
      synonymKey,
    );
    expect(others[0]).toBe(key);
    expect(new Set([key, ...others]).size).toBe(3);
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
    (await (await memoryShop(products, { synonyms })).search(query)).found.map(skuOf);

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

  it('are known to spelling, with the words beside them', async () => {
    const shop = await memoryShop(products, { synonyms: `${synonyms}\nsneakers => sofa bed` });
    const { query, found, quality } = await shop.search('snekers');
    expect(query.corrections).toMatchObject([{ written: 'snekers', meant: 'sneakers', isApplied: true }]);
    expect(found.map(skuOf)).toEqual(['4']);
    expect(quality).toBe('WEAK');
    expect((await shop.search('loo rolll')).found.map(skuOf)).toContain('2');
    expect((await shop.search('snekers', { mend: false })).found).toEqual([]);
  });

  it('add up where several rules have the same words, and never lead to themselves', async () => {
    const shop = await memoryShop(products, { synonyms: 'divan => settee\ndivan => sofa\nsofa, sofas, settee' });
    const { query } = await shop.search('divan');
    expect(query.alternatives.map(({ kind, word }) => [kind, word])).toEqual([
      ['SYNONYM', 'settee'],
      ['SYNONYM', 'sofa'],
    ]);
    const own = (await shop.search('sofa')).query.alternatives.filter(({ kind }) => kind === 'SYNONYM');
    expect(own.map(({ word }) => word)).toEqual(['settee']);
  });
});

describe('other wordings of what is typed', () => {
  const wordings = async (...words: string[]) => {
    const synonyms = 'sofa, couch, settee\nloo roll => toilet paper\nsneakers => trainers';
    const { analysis, synonyms: prepared } = (await memoryShop([], { synonyms })).deps;
    return otherWordings(analysis, prepared, words);
  };

  it.each([
    ['of a word', ['settee'], ['sofa', 'couch']],
    ['of its other number', ['red', 'couches'], ['red sofa', 'red settee']],
    ['of several words', ['loo', 'roll', 'six'], ['toilet paper six']],
    ['of what the last word begins', ['white', 'sneak'], ['white trainers']],
  ])('are those %s', async (_, typed, expected) => {
    expect(await wordings(...typed)).toEqual(expected);
  });

  it('are none where no rule says so, or too little is typed', async () => {
    for (const typed of [['lamp'], ['sn'], ['toilet', 'paper'], []]) expect(await wordings(...typed)).toEqual([]);
  });
});
