import { describe, expect, it } from 'vitest';
import { filterChips, offersOf, type Part } from '../../../web/search/chips.ts';
import { EVERYTHING, type Search } from '../../../web/search/search.ts';

const WORDS = 'red dress under 50 not gold without sleeves';

function part(text: string, more: Partial<Part>): Part {
  const start = WORDS.indexOf(text);
  return { text, start, end: start + text.length, isNegative: false, readings: [], filter: null, ...more };
}

const reading = (kind: Part['readings'][number]['kind'], label: string, attribute: string | null = null) => ({
  kind,
  label,
  attribute,
});

const RED = part('red', { readings: [reading('ATTRIBUTE', 'Red', 'color'), reading('BRAND', 'Red')] });
const DRESS = part('dress', { readings: [reading('CATEGORY', 'Apparel > Dress')] });
const PRICE = part('under 50', {
  readings: [reading('PRICE', '- 50')],
  filter: { price: { min: null, max: '50' } },
});
const GOLD = part('not gold', { isNegative: true, readings: [reading('ATTRIBUTE', 'Gold', 'color')] });
const SLEEVES = part('without sleeves', { isNegative: true, readings: [reading('WORDS', 'sleeves')] });
const SEARCH: Search = { ...EVERYTHING, words: WORDS };

describe('what the words could be instead', () => {
  it('is offered one by one, each with the words that are left', () => {
    const offers = offersOf(SEARCH, WORDS, [RED, DRESS, PRICE, GOLD, SLEEVES]);
    expect(offers.map(({ label, from }) => [label, from])).toEqual([
      ['color: Red', 'red'],
      ['brand: Red', 'red'],
      ['Apparel > Dress', 'dress'],
      ['up to 50', 'under 50'],
      ['not color: Gold', 'not gold'],
      ['not sleeves', 'without sleeves'],
    ]);
    const [color, brand, category, price, gold, sleeves] = offers.map(({ next }) => next);
    expect(color).toMatchObject({ words: 'dress under 50 not gold without sleeves', attributes: { color: ['Red'] } });
    expect(brand?.brands).toEqual(['Red']);
    expect(category).toMatchObject({ words: 'red under 50 not gold without sleeves', categories: ['Apparel > Dress'] });
    expect(price).toMatchObject({ words: 'red dress not gold without sleeves', price: { min: '', max: '50' } });
    expect(gold?.without).toEqual([{ kind: 'ATTRIBUTE', name: 'color', value: 'Gold' }]);
    expect(sleeves?.terms).toEqual([{ kind: 'words', text: 'sleeves', weight: -0.5 }]);
  });

  it('is not offered for words that are no longer in the box', () => {
    expect(offersOf({ ...SEARCH, words: 'red' }, WORDS, [RED])).toEqual([]);
  });
});

describe('what narrows a search', () => {
  it('can be taken away again, each by itself', () => {
    const [price, gold] = offersOf(SEARCH, WORDS, [PRICE, GOLD]);
    const both = { ...EVERYTHING, price: price?.next.price ?? EVERYTHING.price, without: gold?.next.without ?? [] };
    expect(filterChips(both).map(({ label }) => label)).toEqual(['up to 50', 'not color: Gold']);
    for (const { next } of filterChips(both)) expect(filterChips(next)).toHaveLength(1);
    const narrowed = { ...EVERYTHING, categories: ['A > B'], brands: ['C'], attributes: { color: ['Red', 'Blue'] } };
    expect(filterChips(narrowed).map(({ label }) => label)).toEqual(['A > B', 'C', 'color: Red', 'color: Blue']);
    expect(filterChips(EVERYTHING)).toEqual([]);
  });
});
