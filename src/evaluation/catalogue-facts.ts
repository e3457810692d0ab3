import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { categoryId } from '../identifiers.ts';
import type { ProductLabel } from './evaluation-query.ts';
import { categorySizes, productLabels } from './evaluation-statements.ts';
import type { Hit } from './own-product.ts';

/** A product as far as an evaluation cares. */
export interface ProductFacts extends ProductLabel {
  /** Names from the top down; null where it has none. */
  readonly category: readonly string[] | null;
}

/** A product that a search found. */
export interface FoundProduct extends ProductFacts {
  /** The picture that matched best; null where none did. */
  readonly imageId: string | null;
}

/** Looks products up, each once however often it is asked for. */
export interface ProductLookup {
  /** @returns those that exist, by id */
  facts(ids: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>>;
  /** @returns what was found, in the order of the hits, without products that are gone; the same object for the same product and picture */
  found(hits: readonly Pick<Hit, 'productId' | 'imageId'>[]): Promise<FoundProduct[]>;
}

/** A lookup that remembers what it found: for one evaluation, whose queries find the same products again and again, thousands of times. */
export function createProductLookup(db: Kysely<Database>): ProductLookup {
  const known = new Map<string, ProductFacts>();
  const shown = new Map<string, FoundProduct>();
  async function facts(ids: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>> {
    const unknown = [...new Set(ids)].filter((id) => !known.has(id));
    const rows = unknown.length === 0 ? [] : await productLabels(db, unknown).execute();
    for (const row of rows) known.set(row.id, row);
    return known;
  }
  function remember(product: ProductFacts, imageId: string | null): FoundProduct {
    const key = `${product.id} ${imageId}`;
    const found = shown.get(key) ?? { ...product, imageId };
    shown.set(key, found);
    return found;
  }
  return {
    facts,
    async found(hits) {
      const products = await facts(hits.map(({ productId }) => productId));
      return hits.flatMap(({ productId, imageId }) => {
        const product = products.get(productId);
        // Deleted by somebody else since the search.
        return product === undefined ? [] : [remember(product, imageId)];
      });
    },
  };
}

/**
 * How many products the categories have, with everything below them.
 *
 * @param paths - names from the top down; null is left out
 * @returns the number for each of the paths; 0 for a category that does not exist
 */
export async function readCategorySizes(
  db: Kysely<Database>,
  paths: readonly (readonly string[] | null)[],
): Promise<(path: readonly string[]) => number> {
  const ids = new Set(paths.flatMap((path) => (path === null ? [] : [categoryId(path)])));
  const rows = await categorySizes(db, [...ids]).execute();
  const sizes = new Map(rows.map(({ id, products }) => [id, products ?? 0]));
  return (path) => sizes.get(categoryId(path)) ?? 0;
}
