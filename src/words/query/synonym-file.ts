import { show } from '../../errors.ts';
import { foldText } from '../text/fold.ts';

/** One rule, as the shop wrote it. */
export interface SynonymRule {
  /** Any of these, in a query, */
  readonly left: readonly string[];
  /** is also found as any of these. Of a two-way rule the same as `left`. */
  readonly right: readonly string[];
  readonly isTwoWay: boolean;
}

/** What is wrong with a line. */
export interface SynonymError {
  /** From 1. */
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

export interface SynonymFile {
  readonly rules: readonly SynonymRule[];
  readonly errors: readonly SynonymError[];
}

const MOST_WORDS = 6;
const MOST_ALTERNATIVES = 100;
const LONGEST_LINE = 10_000;
/** What PostgreSQL refuses. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * Reads synonyms in the form of Apache Solr: `a, b c => d` one way, `a, b, c` in all ways, `#` in front of a comment, `\` in front of a comma, an arrow or a backslash
 * that is meant as such. A bad line costs that line.
 *
 * @see https://solr.apache.org/guide/solr/latest/indexing-guide/filters.html#synonym-graph-filter
 */
export function readSynonyms(text: string): SynonymFile {
  const rules: SynonymRule[] = [];
  const errors: SynonymError[] = [];
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return;
    const result = readRule(line);
    if ('expected' in result) errors.push({ line: index + 1, ...result });
    else rules.push(result);
  });
  return { rules, errors };
}

/** Synonyms in the form that `readSynonyms` reads, a line each. */
export function writeSynonym({ left, right, isTwoWay }: SynonymRule): string {
  const side = (words: readonly string[]): string => words.map(escapeWord).join(', ');
  return isTwoWay ? side(left) : `${side(left)} => ${side(right)}`;
}

/** What a rule says, the same however its words are ordered, capitalised or spaced. */
export function synonymKey({ left, right, isTwoWay }: SynonymRule): string {
  const side = (words: readonly string[]): string[] =>
    [...new Set(words.map((word) => foldText(word).trim().replaceAll(/\s+/g, ' ')))].toSorted();
  return JSON.stringify(isTwoWay ? [side(left)] : [side(left), side(right)]);
}

function readRule(line: string): SynonymRule | Omit<SynonymError, 'line'> {
  if (line.length > LONGEST_LINE) return { expected: `at most ${LONGEST_LINE} characters`, found: `${line.length}` };
  const sides = splitAt(line, '=>');
  if (sides.length > 2) return { expected: 'one arrow', found: `${sides.length - 1}` };
  const [left = [], right] = sides.map((side) => splitAt(side, ',').map(unescapeWord));
  const rule = { left, right: right ?? left, isTwoWay: right === undefined };
  return synonymProblem(rule) ?? rule;
}

/** What is wrong with a rule; undefined: nothing. */
export function synonymProblem({ left, right, isTwoWay }: SynonymRule): Omit<SynonymError, 'line'> | undefined {
  const all = [...left, ...(isTwoWay ? [] : right)];
  const unstorable = all.find((side) => UNSTORABLE.test(side));
  if (unstorable !== undefined)
    return { expected: 'text without NUL characters and halves of surrogate pairs', found: show(unstorable) };
  const empty = all.findIndex((side) => !/[\p{L}\p{N}]/u.test(side));
  if (empty !== -1 || left.length === 0 || right.length === 0)
    return { expected: 'words between the commas and on both sides of an arrow', found: 'nothing' };
  if (isTwoWay && left.length < 2)
    return { expected: 'two or more words with commas between them', found: `only ${show(left[0])}` };
  const long = all.find((side) => side.split(/\s+/).length > MOST_WORDS);
  if (long !== undefined) return { expected: `at most ${MOST_WORDS} words a side`, found: show(long) };
  if (all.length > MOST_ALTERNATIVES)
    return { expected: `at most ${MOST_ALTERNATIVES} synonyms a rule`, found: `${all.length}` };
  const length = all.reduce((sum, side) => sum + side.length, 0);
  if (length > LONGEST_LINE) return { expected: `at most ${LONGEST_LINE} characters`, found: `${length}` };
  return undefined;
}

/** Splits where the mark stands without a backslash in front. */
function splitAt(text: string, mark: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') {
      piece += text.slice(index, index + 2);
      index += 1;
    } else if (text.startsWith(mark, index)) {
      pieces.push(piece);
      piece = '';
      index += mark.length - 1;
    } else {
      piece += text[index] ?? '';
    }
  }
  return [...pieces, piece];
}

function unescapeWord(word: string): string {
  return word
    .replaceAll(/\\([\s\S])/g, '$1')
    .trim()
    .replaceAll(/\s+/g, ' ');
}

/** A sign in front of the first word would make a comment of the line. */
function escapeWord(word: string): string {
  return word.replaceAll(/[\\,]|=(?=>)|^#/g, '\\$&');
}
