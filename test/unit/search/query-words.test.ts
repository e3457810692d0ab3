import { describe, expect, it } from 'vitest';
import { atLeast, withMendedTexts } from '../../../src/search/query/query-words.ts';

describe('atLeast', () => {
  const WORDS = ['a', 'b', 'c', 'd', 'e'];

  it('asks for any combination of so many words', () => {
    expect(atLeast(3, ['a', 'b', 'c'])).toBe('(a) & (b) & (c)');
    expect(atLeast(2, ['a', 'b', 'c'])).toBe('((a) & ((b) | (c))) | ((b) & (c))');
    expect(atLeast(1, ['a', 'b'])).toBe('(a) | (b)');
    expect(atLeast(1, ['a'])).toBe('(a)');
  });

  it.each([1, 2, 3, 4, 5])(
    'holds for the subsets of five words that have at least %i of them, and for no others',
    (least) => {
      const query = atLeast(least, WORDS);
      for (let subset = 0; subset < 2 ** WORDS.length; subset++) {
        const has = (word: string) => (subset >> WORDS.indexOf(word)) % 2 === 1;
        expect(satisfies(query, has), `${query} with ${WORDS.filter(has)}`).toBe(WORDS.filter(has).length >= least);
      }
    },
  );
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

/** What PostgreSQL makes of a query of single letters, `&` before `|` as there. */
function satisfies(query: string, has: (word: string) => boolean): boolean {
  let at = 0;
  const next = () => query.slice(at).trimStart()[0];
  const take = () => {
    while (query[at] === ' ') at++;
    return query[at++] ?? '';
  };
  function one(): boolean {
    const symbol = take();
    if (symbol !== '(') return has(symbol);
    const inside = any();
    expect(take()).toBe(')');
    return inside;
  }
  function every(): boolean {
    let holds = one();
    while (next() === '&') {
      take();
      holds = one() && holds;
    }
    return holds;
  }
  function any(): boolean {
    let holds = every();
    while (next() === '|') {
      take();
      holds = every() || holds;
    }
    return holds;
  }
  const holds = any();
  expect(query.slice(at).trim()).toBe('');
  return holds;
}
