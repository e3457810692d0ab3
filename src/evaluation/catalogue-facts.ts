import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { categoryId } from '../identifiers.ts';
import type { ProductLabel } from './evaluation-query.ts';
import { categorySizes, productLabels } from './queries-evaluation.ts';

/** A product as far as an evaluation cares. */
export interface ProductFacts extends ProductLabel {
  /** Names from the top down; null where it has none. */
  readonly category: readonly string[] | null;
}

/** Looks products up, each once however often it is asked for. */
export interface ProductLookup {
  /** @returns those that exist, by id */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, ProductFacts>>;
}

/** A lookup that remembers what it found: for one evaluation, whose queries find the same products again and again. */
export function createProductLookup(db: Kysely<Database>): ProductLookup {
  const known = new Map<string, ProductFacts>();
  return {
    async find(ids) {
      const unknown = [...new Set(ids)].filter((id) => !known.has(id));
      const rows = unknown.length === 0 ? [] : await productLabels(db, unknown).execute();
      for (const row of rows) known.set(row.id, row);
      return known;
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
