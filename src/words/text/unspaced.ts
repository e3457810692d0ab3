/** Scripts that write without blanks, or (Hangul) put words together freely, so that a part of what stands together must be found. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆\u3099\u309a]+|[\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]+/gu;
const BY_CHARACTER = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]/u;

/** The segmenter of Node 20 takes time with the square of the length: 2 MB/s up to some 200 characters, 0.1 at 50,000. */
const LONGEST_SEGMENTED = 200;

/** The locale changes nothing: ICU chooses its dictionary by script. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

export interface Run {
  readonly text: string;
  readonly start: number;
  /** `CHARACTERS`: also found by each two neighbouring characters, since segmenters cut the same word differently in other company. */
  readonly kind: 'SPACED' | 'CHARACTERS' | 'SEGMENTS';
}

/** Cuts what stands together where its way of writing changes: "第2世代", "usbケーブル". */
export function scriptRuns(text: string): Run[] {
  return Array.from(text.matchAll(RUNS), ({ 0: run, index }) => ({
    text: run,
    start: index,
    kind: BY_CHARACTER.test(run) ? 'CHARACTERS' : UNSPACED.test(run) ? 'SEGMENTS' : 'SPACED',
  }));
}

/** @returns the words of a run, with where each starts in it */
export function segmentRun(run: string): { text: string; start: number }[] {
  const words: { text: string; start: number }[] = [];
  for (let from = 0; from < run.length; from += LONGEST_SEGMENTED) {
    for (const { segment, index } of segmenter.segment(run.slice(from, from + LONGEST_SEGMENTED))) {
      words.push({ text: segment, start: from + index });
    }
  }
  return words;
}
