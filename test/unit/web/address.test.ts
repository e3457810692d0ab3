import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/seeded-random.ts';
import { fromAddress, toAddress } from '../../../web/search/address.ts';
import { EVERYTHING, type Search } from '../../../web/search/search.ts';

const UPLOAD = 'a'.repeat(64);

const WHOLE: Search = {
  words: 'red & "blue" dress+',
  wordsWeight: -0.3,
  exact: true,
  terms: [
    { kind: 'words', text: 'no = sign @ all\nand a line', weight: 0.5 },
    { kind: 'product', groupId: 'A B/1 > 2', weight: -1 },
    { kind: 'upload', id: UPLOAD, region: { x: 0.1, y: 0.25, width: 0.5, height: 0.125 }, weight: 0 },
    { kind: 'picture', id: 'image_1', region: null, weight: 1 },
  ],
  categories: ['Apparel > Topwear', 'Groceries'],
  brands: ['Tilda & Finch', '100 %'],
  availability: ['IN_STOCK', 'PREORDER'],
  attributes: { color: ['Red', 'Navy Blue'], 'is.odd=name': ['?#&'] },
  price: { min: '10.50', max: '40' },
  without: [
    { kind: 'CATEGORY', name: '', value: 'Apparel > Dress' },
    { kind: 'BRAND', name: '', value: 'A: B' },
    { kind: 'ATTRIBUTE', name: 'color', value: 'is.x:y' },
  ],
  currency: 'EUR',
  sort: 'PRICE_ASC',
  collapse: 'LOOK',
  variety: 0.3,
  weak: true,
};

describe('the address of a search', () => {
  it('holds all of it', () => {
    expect(fromAddress(toAddress(WHOLE))).toEqual(WHOLE);
  });

  it('is empty for the whole catalogue', () => {
    expect(toAddress(EVERYTHING)).toBe('');
    expect(fromAddress('')).toEqual(EVERYTHING);
  });

  it('can be read and written by people', () => {
    const search: Search = {
      ...EVERYTHING,
      words: 'dress',
      terms: [{ kind: 'words', text: 'sleeves', weight: -0.5 }],
      attributes: { color: ['Red'] },
      price: { min: '', max: '40' },
      sort: 'PRICE_ASC',
    };
    expect(toAddress(search)).toBe('q=dress&term=-0.5+words+sleeves&is.color=Red&price=-40&sort=cheapest');
  });

  it.each([
    'term=2+words+too+much',
    'term=x+words+y',
    'term=1+nothing+y',
    'term=1+words',
    'term=',
    'price=cheap',
    'price=1e3-',
    'currency=euros',
    'sort=random',
    'variety=7',
    'variety=',
    'weight=x',
    'availability=SOLD',
    'is.=x',
    'not=brand',
    'not=shop:x',
    'not=is.:x',
    'spelling=perhaps',
    'unknown=1',
    '%',
    '%E0%A4%A',
  ])('leaves out what somebody mistyped: %s', (address) => {
    expect(fromAddress(address)).toEqual(EVERYTHING);
  });

  it.each(['upload@0,0,0,1', 'upload@0.5,0.5', 'upload@-1,0,1,1', 'upload@a,b,c,d'])(
    'takes a part that is none for the whole picture: %s',
    (kind) => {
      expect(fromAddress(`term=1+${kind}+${UPLOAD}`).terms).toEqual([
        { kind: 'upload', id: UPLOAD, region: null, weight: 1 },
      ]);
    },
  );

  it('keeps a part within the picture, whatever the rounding', () => {
    const random = createRandom(7);
    for (let i = 0; i < 2_000; i++) {
      const [x, y] = [random() * 0.9, random() * 0.9];
      const region = { x, y, width: (1 - x) * Math.max(0.05, random()), height: 1 - y };
      const search: Search = { ...EVERYTHING, terms: [{ kind: 'upload', id: UPLOAD, region, weight: 1 }] };
      const [term] = fromAddress(toAddress(search)).terms;
      if (term?.kind !== 'upload' || term.region === null) throw new Error('the part got lost');
      expect(term.region.x + term.region.width).toBeLessThanOrEqual(1);
      expect(term.region.y + term.region.height).toBeLessThanOrEqual(1);
      expect(term.region.x).toBeCloseTo(x, 2);
      expect(term.region.width).toBeCloseTo(region.width, 2);
    }
  });

  it('holds no more terms than the contract takes', () => {
    const address = Array.from({ length: 12 }, (_, i) => `term=1+words+w${i}`).join('&');
    expect(fromAddress(address).terms).toHaveLength(7);
  });
});
