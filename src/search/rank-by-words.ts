import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { RestPlace } from './cursor.ts';
import type { Conditions } from './queries-neighbours.ts';
import { anyOf, productsByWords } from './queries-words.ts';
import { atLeast, type QueryWords } from './query-words.ts';
import { type RankedWindow, type RestProduct, restProduct, WINDOW_SIZE } from './ranking.ts';

export interface WordSearch {
  readonly words: QueryWords;
  readonly where: Conditions;
}

/**
 * The best products by words alone: those with all of the words, then those with all but one, and so on. Asked for step by step, because the
 * first steps match few products and are mostly enough; the order is the same as if all were ranked at once.
 */
export async function rankByWordsAlone(db: Kysely<Database>, { words, where }: WordSearch): Promise<RankedWindow> {
  let rows: { product_id: string }[] = [];
  for (let least = words.queries.length; least > 0 && rows.length < WINDOW_SIZE; least--) {
    rows = await productsByWords(db, {
      where,
      query: atLeast(least, words.queries),
      words: words.queries,
      names: words.names,
      excluded: [],
      after: undefined,
      limit: WINDOW_SIZE,
    }).execute();
  }
  return {
    entries: rows.map((row, index) => ({
      productId: row.product_id,
      imageId: null,
      similarity: null,
      vectorRank: null,
      wordRank: index + 1,
    })),
    strategy: 'NONE',
    complete: rows.length < WINDOW_SIZE,
  };
}

/** Past the window: every product with any of the words, in the same order. */
export async function restByWords(
  db: Kysely<Database>,
  { words, where }: WordSearch,
  p: { after: RestPlace | undefined; excluded: readonly string[]; limit: number },
): Promise<RestProduct[]> {
  if (words.queries.length === 0) return [];
  const rows = await productsByWords(db, {
    where,
    query: anyOf(words.queries),
    words: words.queries,
    names: words.names,
    excluded: p.excluded,
    after: p.after?.order === 'words' ? p.after : undefined,
    limit: p.limit,
  }).execute();
  return rows.map(({ product_id: productId, score }) =>
    restProduct(productId, { order: 'words', score, productId }, undefined),
  );
}
