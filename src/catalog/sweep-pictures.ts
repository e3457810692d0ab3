import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { contentsInUse, deleteUnusedSources } from './picture-source-statements.ts';
import type { PictureStore } from './picture-store.ts';

/** What was swept. */
export interface Swept {
  /** Files of pictures that no product has any more. */
  readonly files: number;
  readonly bytes: number;
}

/** A picture is put into the store before its row says so: within seconds, or a mutation's or batch's time. */
const UNUSED_MS = 3_600_000;
const CONTENTS_A_LOOK = 1_000;

/**
 * Removes the files of pictures that were replaced or whose products are gone, and forgets addresses that no picture comes from. Safe beside imports and searches: what
 * came within the last hour stays.
 *
 * @param options.unusedMs - how long a file must have lain there unwanted (an hour)
 */
export async function sweepPictures(
  { db, pictures }: { readonly db: Kysely<Database>; readonly pictures: PictureStore },
  { unusedMs = UNUSED_MS }: { unusedMs?: number } = {},
): Promise<Swept> {
  await deleteUnusedSources(db).execute();
  let files = 0;
  let bytes = 0;
  for await (const names of pictures.names()) {
    for (let start = 0; start < names.length; start += CONTENTS_A_LOOK) {
      const some = names.slice(start, start + CONTENTS_A_LOOK);
      const { rows } = await contentsInUse(some).execute(db);
      const used = new Set(rows.map((row) => row.content_hash));
      for (const name of some) {
        const removed = used.has(name) ? undefined : await pictures.remove(name, unusedMs);
        if (removed === undefined) continue;
        files++;
        bytes += removed;
      }
    }
  }
  return { files, bytes };
}
