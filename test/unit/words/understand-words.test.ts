import { describe, expect, it } from 'vitest';
import { understandWords } from '../../../src/words/query/understand-words.ts';
import { qualityOfWords } from '../../../src/words/score/quality.ts';
import { rarityOf } from '../../../src/words/score/rarity.ts';
import { readability } from '../../../src/words/score/readability.ts';
import { memoryShop, titled } from '../../support/words/memory-shop.ts';

const shop = await memoryShop([
  titled('1', 'Green Kettle Enamel'),
  titled('2', 'Green Teapot'),
  titled('3', 'Walking Poles Carbon'),
  titled('4', 'Bird House Cedar', { category: ['Garden'] }),
  titled('5', 'Lawn Edging'),
  titled('KX-77', 'Pump Seal'),
  ...Array.from({ length: 20 }, (_, index) => titled(`f${index}`, `Filler Item ${index}`)),
]);

async function kinds(text: string): Promise<string[]> {
  const { alternatives } = await understandWords(shop.deps, text);
  return alternatives.map(({ kind, slot, span, word }) => `${kind} ${slot}+${span} ${word}`);
}

describe('a query is read', () => {
  it('by its words and their stems', async () => {
    expect(await kinds('green kettles')).toEqual(['WRITTEN 0+1 green', 'STEM 1+1 kettl', 'STEM 1+1 kettl'].slice(0, 2));
  });

  it('with neighbours joined and words split as the catalogue has them', async () => {
    expect(await kinds('tea pot')).toContain('JOINED 0+2 teapot');
    // As the pieces are written, and by any of their forms.
    expect(await kinds('birdhouse')).toEqual(['SPLIT 0+1 bird house', 'SPLIT 0+1 bird house']);
  });

  it('and is as sure of what is written so but for a blank, not of its forms', async () => {
    for (const text of ['birdhouse', 'tea pot', 'walkingpoles'])
      expect((await shop.search(text)).quality, text).toBe('STRONG');
    const surest = async (text: string) =>
      Math.max(...(await understandWords(shop.deps, text)).alternatives.map(({ factor }) => factor));
    expect(await surest('walkingpoles')).toBe(0.95);
    expect(await surest('walkingpole')).toBe(0.9);
  });

  it('as a code, whole or by its beginning', async () => {
    expect(await kinds('kx 77')).toContain('CODE 0+2 kx77');
  });

  it('with slips mended, and says so', async () => {
    const { corrections, alternatives } = await understandWords(shop.deps, 'Gren Ketlte');
    expect(
      corrections.map(({ written, meant, start, end, isApplied }) => [written, meant, start, end, isApplied]),
    ).toEqual([
      ['Gren', 'green', 0, 4, true],
      ['Ketlte', 'kettle', 5, 11, true],
    ]);
    expect(Math.max(...alternatives.map(({ factor }) => factor))).toBeLessThan(0.7);
  });

  it('as it was written where that is asked', async () => {
    const { corrections, alternatives } = await understandWords(shop.deps, 'gren ketlte', { mend: false });
    expect([corrections, alternatives]).toEqual([[], []]);
  });

  it('never by mending codes, numbers or words that are known', async () => {
    expect((await understandWords(shop.deps, 'KX-78 green 2024')).corrections).toEqual([]);
  });

  it('by 32 words, those that tell most', async () => {
    const words = Array.from({ length: 50 }, (_, index) => `the${index % 2 ? '' : ' please'}`).join(' ');
    const { slots } = await understandWords(shop.deps, `${words.slice(0, 200)} green kettle`);
    expect(slots.length).toBeLessThanOrEqual(32);
    expect(slots.map(({ word }) => word)).toEqual(expect.arrayContaining(['green', 'kettle']));
  });

  it('without any words', async () => {
    expect(await understandWords(shop.deps, ' -- ')).toMatchObject({ slots: [], alternatives: [], nameKeys: [] });
    expect((await shop.search('')).quality).toBe('NONE');
  });
});

describe('rarity', () => {
  it('is 1 for what one product has, and falls with each more', () => {
    expect(rarityOf(1000, 1)).toBe(1);
    expect(rarityOf(1000, 0)).toBe(1);
    expect(rarityOf(1000, 10)).toBeGreaterThan(rarityOf(1000, 100));
    expect(rarityOf(1000, 1000)).toBeGreaterThan(0);
  });
});

describe('the quality of a match', () => {
  const slot = { word: 'a', start: 0, end: 1, rarity: 0.1, share: 1, best: 1, dimension: undefined };
  const found = { factor: 1, field: 1 };
  const missing = { factor: 0, field: 0 };

  it('does not fall with how many products have a word', () => {
    expect(
      qualityOfWords({ slots: [{ ...slot, rarity: 0.01 }], matches: [found], isNamed: false, isMended: false }),
    ).toBe('STRONG');
  });

  it('is never STRONG by a mended word', () => {
    expect(
      qualityOfWords({ slots: [slot], matches: [{ factor: 0.6, field: 1 }], isNamed: false, isMended: true }),
    ).toBe('WEAK');
    // Nor beside a brand or a category that is right, wherever the mended word stands.
    for (const field of [1, 0.8]) {
      const matches = [found, { factor: 0.6, field }];
      expect(qualityOfWords({ slots: [slot, slot], matches, isNamed: true, isMended: true })).toBe('WEAK');
    }
  });

  it('is NONE where one common word of two was found', () => {
    const unknown = { ...slot, rarity: 1, best: 0 };
    expect(qualityOfWords({ slots: [slot, unknown], matches: [found, missing], isNamed: false, isMended: false })).toBe(
      'NONE',
    );
  });

  it('is WEAK where two telling words of many were found', () => {
    const telling = { ...slot, rarity: 0.9 };
    const unknown = { ...slot, rarity: 1, best: 0 };
    const slots = [telling, telling, unknown, unknown, unknown, unknown];
    const matches = [found, found, missing, missing, missing, missing];
    expect(qualityOfWords({ slots, matches, isNamed: false, isMended: false })).toBe('WEAK');
  });
});

describe('how well vectors can judge', () => {
  it.each([
    [4, 16, 1],
    [14, 20, 0.5],
    [20, 20, 0],
    [60, 20, 0],
    [0, 0, 0],
  ])('a text of %d tokens for %d characters', (tokens, characters, trust) => {
    expect(readability(tokens, characters)).toBeCloseTo(trust);
  });
});
