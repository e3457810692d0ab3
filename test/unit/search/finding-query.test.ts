import { describe, expect, it } from 'vitest';
import { findingQuery } from '../../../src/search/query/finding-query.ts';

const analysis = { stemsOf: (word: string) => (word === 'shirts' ? ['shirt'] : []) };
const one = (...parts: string[][]) => ({ parts, adjacent: false, isBeginning: false });

describe('findingQuery', () => {
  it('leaves a word out whose stem is looked for, since whatever has the word has its stem', () => {
    expect(findingQuery(analysis, [one(['shirts']), one(['~shirt']), one(['shirt'])])).toBe("('~shirt' | 'shirt')");
    expect(findingQuery(analysis, [one(['shirts']), one(['~shirts'])])).toBe("('shirts' | '~shirts')");
  });

  it('keeps beginnings, and what takes several words, as they are', () => {
    const code = { parts: [['#kt11']], adjacent: false, isBeginning: true };
    const apart = { parts: [['tee', '~tee'], ['shirts']], adjacent: true, isBeginning: false };
    expect(findingQuery(analysis, [code, one(['~shirt']), apart])).toBe(
      "('~shirt' | '#kt11':* | (('tee' | '~tee') <-> 'shirts'))",
    );
  });

  it('looks for neighbours by their pair where told to', () => {
    const bag = { parts: [['hand'], ['bags', '~bag', 'bag']], adjacent: true, isBeginning: false };
    expect(findingQuery(analysis, [bag], 'PAIRS')).toBe("('+hand bags' | '+hand bag')");
    expect(findingQuery(analysis, [{ ...bag, adjacent: false }], 'PAIRS')).toBe("('hand' & ('bags' | '~bag' | 'bag'))");
  });

  it('is empty for nothing', () => {
    expect(findingQuery(analysis, [])).toBe('');
  });
});
