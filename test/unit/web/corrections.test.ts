import { describe, expect, it } from 'vitest';
import { type Correction, spellingOf } from '../../../web/search/corrections.ts';
import { EVERYTHING, type Search } from '../../../web/search/search.ts';

const SHRIT = { term: 0, written: 'shrit', start: 5, end: 10, meant: 'shirt', isApplied: true };
const BLEU = { term: 0, written: 'bleu', start: 0, end: 4, meant: 'blue', isApplied: false };

function told(search: Partial<Search>, corrections: readonly Correction[]) {
  return spellingOf({ search: { ...EVERYTHING, ...search }, page: { corrections } });
}

describe('what became of the words in the box', () => {
  it('is told as a whole query, and what else may have been meant as others', () => {
    expect(told({ words: 'bleu shrit' }, [BLEU, SHRIT])).toEqual({
      searched: 'bleu shirt',
      offers: ['blue shirt'],
    });
  });

  it('is nothing where nothing was mended, or another term was', () => {
    const nothing = { searched: null, offers: [] };
    expect(told({ words: 'blue shirt' }, [])).toEqual(nothing);
    expect(told({ words: 'bleu shrit' }, [{ ...SHRIT, term: 1 }])).toEqual(nothing);
  });

  it('is nothing where the words are no term: the first one is another', () => {
    const terms = [{ kind: 'words', text: 'bleu shrit', weight: 1 }] as const;
    expect(told({ words: 'lamp', wordsWeight: 0, terms }, [SHRIT])).toEqual({ searched: null, offers: [] });
  });
});
