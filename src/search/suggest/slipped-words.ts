import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { distancesToBeginnings } from '../../edit-distance.ts';
import { groupBy } from '../../words/group-by.ts';
import { beginningCost, SHORTEST_MENDED } from '../../words/query/edit-cost.ts';
import { type WordFor, wordsBeginningNear } from '../query/vocabulary-statements.ts';

/** Words that one mistyped word may have been: at four letters, hundreds are one slip away in a large shop. */
const MAX_MEANT = 50;
/** Slips that are believed: one in words of 4 to 6 letters, two in longer ones. */
const TWO_SLIPS_FROM = 7;
const ONLY_LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * The words of the shop that typed words may be slipped beginnings of, nearest first: one reading for each number of slips. A word that the shop has is taken for no slip, unless it is the last one,
 * which may be unfinished.
 *
 * @returns by word, those that are one slip away, then those that are two
 */
export async function slippedWords(
  db: Kysely<Database>,
  typed: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>[]> {
  const mendable = typed.filter((word) => word.length >= SHORTEST_MENDED && ONLY_LETTERS.test(word));
  if (mendable.length === 0) return [];
  const asked = mendable.map((word) => ({ word, forms: similarBeginnings(word).map((beginning) => `${beginning}*`) }));
  const { rows } = await wordsBeginningNear(asked).execute(db);
  const candidates = groupBy(rows, (row) => row.asked);
  const isKnown = (word: string) => candidates.get(word)?.some((candidate) => candidate.word === word) ?? false;
  const slipped = mendable.filter((word) => !isKnown(word) || word === typed.at(-1));
  return [1, 2].flatMap((slips) => {
    const meant = slipped.flatMap((word) => {
      const nearest =
        slips === 2 && word.length < TWO_SLIPS_FROM ? [] : wordsAway(word, candidates.get(word) ?? [], slips);
      return nearest.length === 0 ? [] : [[word, nearest] as const];
    });
    return meant.length === 0 ? [] : [new Map(meant)];
  });
}

/** Those whose nearest beginning is so many slips away, the likeliest first: by what the slips cost, then by how common the word is. */
function wordsAway(typed: string, candidates: readonly WordFor[], slips: number): string[] {
  return candidates
    .filter(({ word }) => ONLY_LETTERS.test(word) && Math.min(...distancesToBeginnings(typed, word)) === slips)
    .map(({ word, count }) => ({ word, count, cost: beginningCost(typed, word) }))
    .toSorted((a, b) => a.cost - b.cost || b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_MEANT)
    .map(({ word }) => word);
}

/**
 * What the beginnings of words that were meant have in common with what was typed (at least four letters): of these strings, one is also among the word's `slip_forms` (migrations/0014_words.sql, there
 * with `*` behind), if at most one slip is within its first four letters. So a word of seven letters may have two slips, but not both at its beginning.
 */
function similarBeginnings(typed: string): string[] {
  const [three, four, five] = [3, 4, 5].map((length) => typed.slice(0, length)) as [string, string, string];
  return [...new Set([three, four, ...withoutOneLetter(four), ...withoutOneLetter(five)])];
}

function withoutOneLetter(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}
