import { describe, expect, it } from 'vitest';
import { sentTerms, toFacets, toInput } from '../../../web/search/request.ts';
import { EVERYTHING, filterCount, MOST_TERMS, toggled, withAttribute, withTerm } from '../../../web/search/search.ts';

describe('what is asked for a search', () => {
  it('is nothing for the whole catalogue', () => {
    expect(toInput(EVERYTHING)).toEqual({});
  });

  it('is what the contract takes, without what is at its default', () => {
    const input = toInput({
      ...EVERYTHING,
      words: ' dress ',
      terms: [
        { kind: 'product', groupId: 'A', weight: -0.5 },
        { kind: 'upload', id: 'u', region: { x: 0, y: 0, width: 1, height: 0.5 }, weight: 1 },
        { kind: 'picture', id: 'p', region: null, weight: 0.2 },
      ],
      categories: ['Apparel > Dress'],
      brands: ['B'],
      availability: ['IN_STOCK'],
      attributes: { color: ['Red'] },
      price: { min: '1', max: '' },
      without: [
        { kind: 'BRAND', name: '', value: 'C' },
        { kind: 'CATEGORY', name: '', value: 'Apparel > Tie' },
        { kind: 'ATTRIBUTE', name: 'color', value: 'Gold' },
      ],
      exact: true,
      currency: 'EUR',
      collapse: 'VARIANT',
      variety: 0.4,
    });
    expect(input).toEqual({
      terms: [
        { match: { text: 'dress' } },
        { match: { product: { groupId: 'A' } }, weight: -0.5 },
        { match: { image: { source: { upload: 'u' }, region: { x: 0, y: 0, width: 1, height: 0.5 } } } },
        { match: { image: { source: { productImage: 'p' } } }, weight: 0.2 },
      ],
      filter: {
        category: { in: [{ path: ['Apparel', 'Dress'] }] },
        brand: { in: ['B'] },
        availability: ['IN_STOCK'],
        attributes: [{ name: 'color', in: ['Red'] }],
        price: { min: '1' },
        not: {
          or: [
            { brand: { in: ['C'] } },
            { category: { in: [{ path: ['Apparel', 'Tie'] }] } },
            { attributes: [{ name: 'color', in: ['Gold'] }] },
          ],
        },
      },
      currency: 'EUR',
      collapse: 'VARIANT',
      minRelevance: 0.5,
      spelling: 'AS_WRITTEN',
      diversify: { strength: 0.4 },
    });
  });

  it('leaves out terms that weigh nothing, and asks for matches only where something is looked for', () => {
    const search = { ...EVERYTHING, words: 'dress', wordsWeight: 0 };
    expect(sentTerms(search)).toEqual([]);
    expect(toInput(search)).toEqual({});
    expect(toInput({ ...search, wordsWeight: 1, weak: true })).toEqual({ terms: [{ match: { text: 'dress' } }] });
  });

  it('does not ask for variety where the order is another', () => {
    expect(toInput({ ...EVERYTHING, words: 'dress', variety: 1, sort: 'PRICE_ASC' })).not.toHaveProperty('diversify');
    expect(toInput({ ...EVERYTHING, variety: 1 })).not.toHaveProperty('diversify');
  });

  it('counts by no more than the contract takes', () => {
    expect(toFacets(Array.from({ length: 40 }, (_, i) => `a${i}`))).toHaveLength(20);
  });
});

describe('a search', () => {
  it('gets a term, or a new weight for one that it has, and no more than fit', () => {
    const once = withTerm(EVERYTHING, { kind: 'product', groupId: 'A', weight: 1 });
    expect(withTerm(once, { kind: 'product', groupId: 'A', weight: -0.5 }).terms).toEqual([
      { kind: 'product', groupId: 'A', weight: -0.5 },
    ]);
    let full = EVERYTHING;
    for (let i = 0; i < 20; i++) full = withTerm(full, { kind: 'words', text: `w${i}`, weight: 1 });
    expect(full.terms).toHaveLength(MOST_TERMS - 1);
  });

  it('chooses and forgets values', () => {
    const chosen = withAttribute(withAttribute(EVERYTHING, 'color', 'Red'), 'color', 'Blue');
    expect(chosen.attributes).toEqual({ color: ['Red', 'Blue'] });
    expect(withAttribute(withAttribute(chosen, 'color', 'Red'), 'color', 'Blue').attributes).toEqual({});
    expect(toggled(toggled(['a'], 'b'), 'a')).toEqual(['b']);
    expect(filterCount({ ...chosen, price: { min: '', max: '9' }, brands: ['x'] })).toBe(4);
  });
});
