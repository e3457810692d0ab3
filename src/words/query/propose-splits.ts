import { groupBy } from '../group-by.ts';
import type { Analysis } from '../language/open-analysis.ts';
import type { Draft } from './draft.ts';
import { formsOf } from './forms.ts';
import { counted, type Proposal, propose } from './proposal.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Alternative } from './word-query.ts';

const SHORTEST_SPLIT = 4;
const SHORTEST_PIECE = 2;
const LONGEST_SPLIT = 30;
/** By any forms of its pieces: "man" may stand as "men". */
const SPLIT_FACTOR = 0.9;
/** As the pieces are written: the same word, but for the blank, and as sure (src/words/score/quality.ts). */
const WRITTEN_FACTOR = 0.95;

/** Each word of the query cut in two at every place: "flipflops" as "flip flops". Most are no words; what is left is checked by `checkSplits`. */
export function proposeSplits(analysis: Analysis, draft: Draft): Proposal[] {
  return draft.slots.flatMap(({ kind, word }, slot) => {
    if (
      kind !== 'WORD' ||
      word.length < SHORTEST_SPLIT ||
      word.length > LONGEST_SPLIT ||
      !/^[\p{L}\p{M}]+$/u.test(word)
    )
      return [];
    return Array.from({ length: word.length - 2 * SHORTEST_PIECE + 1 }, (_, index) => {
      const pieces = [word.slice(0, index + SHORTEST_PIECE), word.slice(index + SHORTEST_PIECE)];
      const parts = pieces.map((piece) => formsOf(analysis, piece).map(({ lexeme }) => lexeme));
      return propose({ slot, kind: 'SPLIT', factor: SPLIT_FACTOR, word: pieces.join(' '), parts, adjacent: true });
    });
  });
}

/** Those of the splits whose pieces stand side by side somewhere in the catalogue; of several of one word the one most products have. */
export async function checkSplits(
  vocabulary: Vocabulary,
  splits: readonly Proposal[],
  counts: ReadonlyMap<string, number>,
): Promise<Alternative[]> {
  const alive = counted(splits, counts);
  const pairsOf = ({ parts: [first = [], second = []] }: Proposal) =>
    first.flatMap((one) => second.map((other) => [one.replace('~', ''), other.replace('~', '')] as const));
  const pairs = alive.flatMap(pairsOf);
  if (pairs.length === 0) return [];
  const known = await vocabulary.pairCounts(pairs);
  const standing = alive.flatMap((split) => {
    const count = Math.max(...pairsOf(split).map((pair) => known.get(pair.join(' ')) ?? 0));
    return count === 0 ? [] : [{ ...split, count }];
  });
  return [...groupBy(standing, ({ slot }) => slot).values()].flatMap((ofSlot) =>
    ofSlot
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 1)
      .flatMap((split) => [...asWritten(split), split]),
  );
}

/** The same split by its pieces as they are written, where products have both so. */
function asWritten(split: Alternative): Alternative[] {
  const pieces = split.word.split(' ');
  if (!pieces.every((piece, part) => split.parts[part]?.includes(piece))) return [];
  return [{ ...split, factor: WRITTEN_FACTOR, parts: pieces.map((piece) => [piece]) }];
}
