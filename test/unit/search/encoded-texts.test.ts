import { describe, expect, it } from 'vitest';
import { encodedTexts } from '../../../src/search/query/encoded-texts.ts';
import type { TermCorrection } from '../../../src/search/request/search-request.ts';

/** Reads ASCII letters in threes, and spells all else. */
const embedder = {
  countTokens: (text: string) =>
    Math.ceil(text.replaceAll(/[^ -~]/g, '').length / 3) + 3 * text.replaceAll(/[ -~]/g, '').length,
};
const text = (value: string, weight = 1) => ({ match: { kind: 'text' as const, text: value }, weight });
const correction = (written: string, start: number, meant: string): TermCorrection => ({
  ...{ term: 0, written, start, end: start + written.length, meant, confidence: 0.9, isApplied: true },
});

describe('encodedTexts', () => {
  it('has what a misspelt word was taken for, where it was', () => {
    const corrections = [correction('Blakc', 0, 'black'), correction('walet', 7, 'wallet')];
    expect(encodedTexts(embedder, [text('Blakc, walet', 0.8)], { corrections, respellings: [] })).toMatchObject([
      { match: { kind: 'text', text: 'black, wallet' }, weight: 0.8, term: 0 },
    ]);
    const offered = corrections.map((one) => ({ ...one, isApplied: false }));
    expect(encodedTexts(embedder, [text('Blakc, walet')], { corrections: offered, respellings: [] })).toMatchObject([
      { match: { text: 'Blakc, walet' } },
    ]);
  });

  it('leaves unwanted texts, other terms and the texts of other terms alone', () => {
    const terms = [
      text('blakc', -1),
      { match: { kind: 'product' as const, product: { kind: 'sku' as const, sku: 'blakc' } }, weight: 1 },
    ];
    expect(
      encodedTexts(embedder, terms, { corrections: [correction('blakc', 0, 'black')], respellings: [] }),
    ).toMatchObject([
      { match: { text: 'blakc' }, weight: -1, term: 0, readability: expect.closeTo(1, 5) },
      { ...terms[1], term: 1 },
    ]);
  });

  it('folds what the model reads better so, and says how well it reads the rest', () => {
    const [folded, letters, foreign] = encodedTexts(
      embedder,
      [text('crème brûlée'), text('Red Dress'), text('φούστα')],
      { corrections: [], respellings: [] },
    );
    expect(folded).toMatchObject({ match: { text: 'creme brulee' }, readability: 1 });
    expect(letters).toMatchObject({ match: { text: 'Red Dress' }, readability: 1 });
    expect(foreign?.readability).toBe(0);
  });
});
