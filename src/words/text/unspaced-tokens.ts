import type { TokenList } from './token-list.ts';
import { scriptRuns, segmentRun } from './unspaced.ts';

/** Chinese, Japanese and Korean: a position for each character. Thai, Khmer, Lao, Burmese: one for each word. */
export function addUnspaced(
  tokens: TokenList,
  text: string,
  start: number,
  addSpaced: (run: { text: string; start: number; end: number }) => void,
): void {
  for (const run of scriptRuns(text)) {
    const from = start + run.start;
    if (run.kind === 'SPACED') addSpaced({ text: run.text, start: from, end: from + run.text.length });
    else if (run.kind === 'SEGMENTS') addSegments(tokens, run.text, from);
    else addCharacters(tokens, run.text, from);
  }
}

function addSegments(tokens: TokenList, run: string, start: number): void {
  const words = segmentRun(run);
  words.forEach((word, index) => {
    const before = words[index - 1];
    // The segmenter may cut between these two here, and not in other company.
    if (before !== undefined) {
      const place = {
        position: tokens.position() - 1,
        span: 2,
        start: start + before.start,
        end: start + word.start + word.text.length,
      };
      tokens.add('JOIN', before.text + word.text, place, true);
    }
    tokens.addWord(word.text, start + word.start, start + word.start + word.text.length);
  });
}

const NO_STEMS: readonly string[] = [];

/** Longer runs are sentences, which nobody types as one word. */
const LONGEST_WHOLE_RUN = 12;

function addCharacters(tokens: TokenList, run: string, start: number): void {
  const first = tokens.position();
  const characters = Array.from(run);
  const offsets = [0];
  for (const character of characters) offsets.push((offsets.at(-1) ?? 0) + character.length);
  const add = (from: number, to: number, kind: 'GRAM' | 'JOIN'): void => {
    const begin = offsets[from] ?? 0;
    const end = offsets[to] ?? 0;
    const place = { position: first + from, span: to - from, start: start + begin, end: start + end };
    tokens.add(kind, run.slice(begin, end), place, kind === 'GRAM', NO_STEMS);
  };
  for (const word of segmentRun(run)) {
    const from = offsets.indexOf(word.start);
    add(from, offsets.indexOf(word.start + word.text.length), 'JOIN');
  }
  if (characters.length <= LONGEST_WHOLE_RUN) add(0, characters.length, 'JOIN');
  for (let index = 0; index < characters.length; index += 1) {
    add(index, index + 1, 'GRAM');
    if (index + 1 < characters.length) add(index, index + 2, 'GRAM');
  }
  tokens.skip(characters.length);
}
