import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Suggestion, suggest } from '../../src/search/suggest/suggest.ts';
import { createRandom } from '../../src/seeded-random.ts';
import type { Analysis } from '../../src/words/language/open-analysis.ts';
import { type FashionProduct, type FashionShop, fashionIsHere, fashionShop } from '../support/fashion.ts';
import { testWords } from '../support/test-words.ts';

const SEED = 2024;
const TITLES = 200;
const LONGEST_PREFIX = 20;

describe.skipIf(!fashionIsHere)('suggestions on the fashion catalogue', () => {
  let shop: FashionShop;
  let all: readonly FashionProduct[];
  let analysis: Analysis;
  beforeAll(async () => {
    shop = await fashionShop();
    ({ analysis } = await testWords());
    all = [...shop.products.values()];
  });
  afterAll(() => shop?.close());

  it('complete the beginnings of 200 titles, of 1 to 20 letters', async () => {
    const { missed } = await askForTitles((title, length) => title.slice(0, length), 1);
    expect(missed).toEqual([]);
  });

  it('complete the beginnings of 200 titles with two letters swapped, of 6 to 20 letters, nearly always', async () => {
    const { missed } = await askForTitles(withSwap, 6);
    // A swap at the end of a word may make the beginning of another ("Black Wh" of "Black Hw"), and a name may be another's slip.
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(TITLES * 0.05);
  });

  it('complete each letter of the alphabet with what has a word that begins with it', async () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const { found } = await timed(letter);
      expect(found.length, letter).toBeGreaterThan(0);
      for (const { text } of found)
        expect(
          wordsOf(text).some((word) => piecesOf(word).some((piece) => piece.startsWith(letter))),
          `${letter}: ${text}`,
        ).toBe(true);
    }
  });

  it.each([
    ['adidsa', 'ADIDAS'],
    ['levsi', 'Levis'],
    ['kurat', 'Apparel > Topwear > Kurtas'],
    ['shirt', 'Apparel > Topwear > Shirts'],
    ['nik', 'Nike'],
    ['handbga', 'Accessories > Bags > Handbags'],
  ])('complete %s with %s first', async (prefix, text) => {
    expect((await timed(prefix)).found[0]?.text).toBe(text);
  });

  it('complete addi with Adidas, too', async () => {
    expect((await timed('addi')).found.map(({ text }) => text)).toContain('ADIDAS');
  });

  /** Missed is what was answered with nothing that shares a word with the title, of those that its typed part touches. */
  async function askForTitles(type: (title: string, length: number, random: () => number) => string, shortest: number) {
    const random = createRandom(SEED);
    const times: number[] = [];
    const missed: string[] = [];
    for (let round = 0; round < TITLES; round++) {
      const { title } = all[Math.floor(random() * all.length)] as FashionProduct;
      const length = shortest + Math.floor(random() * (LONGEST_PREFIX + 1 - shortest));
      const prefix = type(title, Math.min(length, title.length), random);
      const { found, milliseconds } = await timed(prefix);
      times.push(milliseconds);
      const typed = wordsOf(title).slice(0, wordsOf(title.slice(0, length)).length);
      const shares = found.some(({ text }) => wordsOf(text).some((word) => typed.includes(word)));
      // "S" may be completed with any word that begins so.
      const begins = found.some(({ text }) =>
        wordsOf(prefix).every((part) => wordsOf(text).some((word) => word.startsWith(part))),
      );
      if (!shares && !begins) missed.push(`${prefix} (${title}): ${found.map(({ text }) => text).join(', ')}`);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))]?.toFixed(1);
    console.log(
      `from ${shortest} letters: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${missed.length} of ${TITLES} missed (${shop.database.kind})`,
    );
    return { missed };
  }

  async function timed(prefix: string): Promise<{ found: Suggestion[]; milliseconds: number }> {
    const started = performance.now();
    const found = await suggest({ db: shop.deps.db, analysis }, { prefix });
    return { found, milliseconds: performance.now() - started };
  }
});

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/\b(\w)-(?=\w)/g, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The word, and what stands between letters and digits in it: "xt" of "2xt". */
function piecesOf(word: string): string[] {
  return [word, ...word.split(/(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/u)];
}

/** Two neighbouring letters of the longest word swapped, behind its first. */
function withSwap(title: string, length: number, random: () => number): string {
  const prefix = title.slice(0, length);
  const longest = wordsIn(prefix).reduce((a, b) => (b.text.length > a.text.length ? b : a));
  if (longest.text.length < 4) return prefix;
  const place = longest.start + 1 + Math.floor(random() * (longest.text.length - 2));
  return prefix.slice(0, place) + prefix[place + 1] + prefix[place] + prefix.slice(place + 2);
}

function wordsIn(text: string): { text: string; start: number }[] {
  return [...text.matchAll(/\p{L}+/gu)].map((match) => ({ text: match[0], start: match.index }));
}
