import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { staleCursor } from './cursor.ts';
import { insertWindow, sweepWindows, windowById } from './queries-window.ts';
import type { RankedProduct, RankedWindow, Ranking } from './ranking.ts';

/** A frozen result, read back. */
export interface StoredWindow {
  readonly id: string;
  readonly query: readonly number[] | null;
  readonly words: readonly string[];
  readonly ranked: RankedWindow;
}

/** Keeps a ranking, so that all pages of a search are cut from the same one. @returns the window's id */
export async function storeWindow(
  db: Kysely<Database>,
  requestHash: string,
  { modelId, query, words }: Pick<Ranking, 'modelId' | 'query' | 'words'>,
  { entries, strategy }: RankedWindow,
): Promise<string> {
  const id = randomUUID();
  await insertWindow(db, {
    id,
    requestHash,
    modelId,
    query,
    words,
    strategy,
    entries: entries.map((entry) => [
      entry.productId,
      entry.imageId,
      entry.similarity,
      entry.vectorRank,
      entry.wordRank,
    ]),
  }).execute();
  // One in sixteen sweeps, so that no timer has to.
  if (id.startsWith('0')) await sweepWindows(db).execute();
  return id;
}

/** @throws AppError CURSOR_STALE if it is an hour old, or was swept */
export async function readWindow(db: Kysely<Database>, id: string): Promise<StoredWindow> {
  const row = await windowById(db, id).executeTakeFirst();
  if (row === undefined) throw staleCursor('its result is no longer kept');
  const entries = row.entries.map(
    ([productId, imageId, similarity, vectorRank, wordRank]): RankedProduct => ({
      productId,
      imageId,
      similarity,
      vectorRank,
      wordRank,
    }),
  );
  return {
    id,
    query: row.query,
    words: row.words,
    ranked: { entries, strategy: row.strategy, complete: false },
  };
}
