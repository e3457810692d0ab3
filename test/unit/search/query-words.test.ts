import { describe, expect, it } from 'vitest';
import { atLeast, withMendedTexts } from '../../../src/search/query-words.ts';

describe('atLeast', () => {
  it('asks for any combination of so many words', () => {
    expect(atLeast(3, ['a', 'b', 'c'])).toBe('((a) & (b) & (c))');
    expect(atLeast(2, ['a', 'b', 'c'])).toBe('((a) & (b)) | ((a) & (c)) | ((b) & (c))');
    expect(atLeast(1, ['a', 'b'])).toBe('((a)) | ((b))');
  });
});

describe('withMendedTexts', () => {
  const mended = new Map([['blakc', 'black']]);

  it('puts the mended text beside the text as written, at half the weight each', () => {
    expect(withMendedTexts([{ match: { kind: 'text', text: 'Blakc,  wallet' }, weight: 0.8 }], mended)).toEqual([
      { match: { kind: 'text', text: 'Blakc,  wallet' }, weight: 0.4, term: 0 },
      { match: { kind: 'text', text: 'black  wallet' }, weight: 0.4, term: 0 },
    ]);
  });

  it('leaves texts without slips, unwanted texts and other terms alone', () => {
    const terms = [
      { match: { kind: 'text' as const, text: 'red wallet' }, weight: 1 },
      { match: { kind: 'text' as const, text: 'blakc' }, weight: -1 },
      { match: { kind: 'product' as const, product: { kind: 'sku' as const, sku: 'blakc' } }, weight: 1 },
    ];
    expect(withMendedTexts(terms, mended)).toEqual(terms.map((term, index) => ({ ...term, term: index })));
  });
});
