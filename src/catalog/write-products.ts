import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';
import type { ProductInput } from './product-input.ts';

export interface WriteDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
}

/** What became of one product, in the order of the input. */
export type WriteOutcome =
  | {
      readonly outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED';
      readonly productId: string;
      readonly sku: string;
      /** Pictures that could not be read; the product was saved without them being searchable. */
      readonly imageProblems: readonly { readonly source: string; readonly reason: string }[];
    }
  | { readonly outcome: 'FAILED'; readonly sku: string; readonly reason: string };

/**
 * Inserts or replaces products by sku, with categories and picture rows, in one transaction per call; at most 500.
 * Pictures from files and bytes are put into the picture store at once; web addresses stay PENDING until embed-catalog.ts fetches them.
 * A product that is already so is not written (content_hash). Nothing is embedded here.
 */
export declare function upsertProducts(deps: WriteDeps, products: readonly ProductInput[]): Promise<WriteOutcome[]>;

/** Deletes by id, with pictures and vectors. Returns how many there were. */
export declare function deleteProducts(db: Kysely<Database>, productIds: readonly string[]): Promise<number>;
