import { describe, expect, it } from 'vitest';
import {
  completionDistance,
  nearestWords,
  similarBeginnings,
  slippedCompletions,
} from '../../../src/search/query/spelling.ts';

const word = (text: string) => ({ word: text });

describe('nearestWords', () => {
  it('gives all words that are fewest slips away', () => {
    expect(nearestWords('blakc', ['block', 'blake', 'black'].map(word))).toEqual([word('blake'), word('black')]);
  });

  it('allows one slip in short words and two in long ones', () => {
    expect(nearestWords('blazer', [word('black')])).toEqual([]);
    expect(nearestWords('wetter', [word('better')])).toEqual([word('better')]);
    expect(nearestWords('lethr', [word('leather')])).toEqual([]);
    expect(nearestWords('leathre', [word('leather')])).toEqual([word('leather')]);
    expect(nearestWords('sunglases', [word('sunglasses')])).toEqual([word('sunglasses')]);
  });

  it('gives none of no candidates', () => {
    expect(nearestWords('black', [])).toEqual([]);
  });
});

describe('completionDistance', () => {
  it.each([
    ['adid', 'adidas', 0],
    ['addi', 'adidas', 1],
    ['adidsa', 'adidas', 1],
    ['kurat', 'kurta', 1],
    ['luma', 'puma', 1],
    ['shirts', 'shirt', 1],
    ['abc', '', 3],
    ['', 'abc', 0],
  ])('%s -> %s... takes %i', (typed, word, edits) => {
    expect(completionDistance(typed, word)).toBe(edits);
  });
});

describe('slippedCompletions', () => {
  it('gives all words that are fewest slips away, but not those that are none away', () => {
    expect(slippedCompletions('addi', ['addict', 'adidas', 'adio', 'puma'])).toEqual(['adidas', 'adio']);
    expect(slippedCompletions('addi', ['addict'])).toEqual([]);
    expect(slippedCompletions('addi', [])).toEqual([]);
  });

  it('allows one slip up to six letters and two in more', () => {
    expect(slippedCompletions('snugal', ['sunglasses'])).toEqual([]);
    expect(slippedCompletions('snglsses', ['sunglasses'])).toEqual(['sunglasses']);
  });
});

describe('similarBeginnings', () => {
  /** As beginnings_of_word in SQL. */
  const beginningsOf = (text: string) => {
    const four = text.slice(0, 4);
    return [four, ...Array.from(four, (_, place) => four.slice(0, place) + four.slice(place + 1))];
  };

  it('has one in common with every word whose beginning is one slip away', () => {
    const meant = 'planet';
    const letters = 'aplxz';
    const places = Array.from({ length: 5 }, (_, place) => place);
    const slips = places.flatMap((place) => [
      meant.slice(0, place) + meant.slice(place + 1),
      meant.slice(0, place) + meant[place + 1] + meant[place] + meant.slice(place + 2),
      ...Array.from(letters, (letter) => meant.slice(0, place) + letter + meant.slice(place)),
      ...Array.from(letters, (letter) => meant.slice(0, place) + letter + meant.slice(place + 1)),
    ]);
    for (const typed of slips) {
      expect(
        similarBeginnings(typed).filter((part) => beginningsOf(meant).includes(part)),
        typed,
      ).not.toEqual([]);
    }
  });

  it('gives few, none twice', () => {
    const parts = similarBeginnings('aaaaaa');
    expect(parts.toSorted()).toEqual(['aaa', 'aaaa']);
    expect(similarBeginnings('planet').length).toBeLessThanOrEqual(11);
  });
});
