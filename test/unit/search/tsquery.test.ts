import { describe, expect, it } from 'vitest';
import { atLeast, tsqueryOf } from '../../../src/search/query/tsquery.ts';

describe('atLeast', () => {
  const WORDS = ['a', 'b', 'c', 'd', 'e'];

  it('asks for any combination of so many words', () => {
    expect(atLeast(3, ['a', 'b', 'c'])).toBe('(a & b & c)');
    expect(atLeast(2, ['a', 'b', 'c'])).toBe('((a & (b | c)) | (b & c))');
    expect(atLeast(1, ['a', 'b'])).toBe('(a | b)');
    expect(atLeast(1, ['a'])).toBe('a');
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

describe('tsqueryOf', () => {
  const found = { adjacent: false, isBeginning: false };

  it('asks for one lexeme of each part, beside each other where they must be neighbours', () => {
    expect(tsqueryOf({ ...found, parts: [['shoes', '~shoe']] }, '')).toBe(`('shoes' | '~shoe')`);
    expect(tsqueryOf({ ...found, parts: [['flip'], ['flops', '~flop']], adjacent: true }, 'AB')).toBe(
      `('flip':AB <-> ('flops':AB | '~flop':AB))`,
    );
    expect(tsqueryOf({ ...found, parts: [['=6x'], ['=330ml']] }, '')).toBe(`('=6x' & '=330ml')`);
  });

  it('asks for beginnings, and keeps what tsquery has signs for', () => {
    expect(tsqueryOf({ ...found, parts: [['#qf77']], isBeginning: true }, 'A')).toBe(`'#qf77':*A`);
    expect(tsqueryOf({ ...found, parts: [["m&m's"]] }, '')).toBe(`'m&m''s'`);
    expect(tsqueryOf({ ...found, parts: [['a\\b']] }, '')).toBe(`'a\\\\b'`);
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
