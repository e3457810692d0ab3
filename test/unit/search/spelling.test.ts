import { describe, expect, it } from 'vitest';
import { editDistance, nearestWords } from '../../../src/search/spelling.ts';

const word = (text: string) => ({ word: text });

describe('editDistance', () => {
  it.each([
    ['black', 'black', 0],
    ['blakc', 'black', 1],
    ['blck', 'black', 1],
    ['blaack', 'black', 1],
    ['bleck', 'black', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
  ])('%s -> %s takes %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});

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
