import { describe, expect, it } from 'vitest';
import { wordTests } from '../../../src/search/query/word-tests.ts';
import { matchedWords } from '../../../src/search/ranking/matched-words.ts';
import { memoryShop, titled } from '../../support/words/memory-shop.ts';

describe('matchedWords', () => {
  it('says of each word that a product has what it was read as, in the text as it was typed', async () => {
    const shop = await memoryShop([titled('1', 'Runing Trainers')], { synonyms: 'sneakers => trainers' });
    const { query } = await shop.search('RÚNING sneakers 5000');
    const slots = query.slots.map((slot) => ({ ...slot, term: 1, query: '' }));
    const tests = wordTests(query, 1, 1);
    const terms = [
      { match: { kind: 'text', text: 'other' } },
      { match: { kind: 'text', text: 'RÚNING sneakers 5000' } },
    ] as const;
    const first = (slot: number) => tests.findIndex((test) => test.slot === slot) + 1;
    expect(matchedWords(terms, { slots, tests }, [first(0), first(1), 0])).toEqual([
      { term: 1, written: 'RÚNING', start: 0, end: 6, reading: 'WRITTEN', found: ['runing'] },
      { term: 1, written: 'sneakers', start: 7, end: 15, reading: 'SYNONYM', found: ['trainers'] },
    ]);
    expect(matchedWords(terms, { slots, tests }, null)).toEqual([]);
    expect(matchedWords(terms, null, [1])).toEqual([]);
  });
});
