import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { ListPage } from './read-imports.ts';
import { imageOf, type ProductImage } from './read-products.ts';
import { failedPictures } from './read-statements.ts';

/** A picture of a product that could not be fetched or read. */
export interface ImageFailure {
  readonly image: ProductImage;
  /** As in product_image.source. */
  readonly source: string;
  readonly reason: string;
}

/** Pictures that FAILED, in the order of their ids. @param after - the id of a picture: only those behind it */
export async function listImageFailures(
  db: Kysely<Database>,
  { first, after }: { first: number; after?: string | undefined },
): Promise<ListPage<ImageFailure>> {
  const rows = await failedPictures(db, { after, limit: first + 1 }).execute();
  const items = rows.slice(0, first).map((row) => ({ image: imageOf(row), source: row.source, reason: row.reason }));
  return { items, hasNextPage: rows.length > first };
}
