import type { Kysely } from 'kysely';
import type { Database } from '../../src/database/tables.ts';
import { all } from '../../src/search/filter/product-filter.ts';
import type { BandFilter } from '../workload/filter-bands.ts';
import type { Pictures } from './pictures.ts';

/** The pictures whose products satisfy a filter: what engines that know nothing but vectors are narrowed by, and what the answers of all are checked with. */
export interface AllowedPictures {
  /** Of each picture, 1 where it may be found. */
  readonly has: Uint8Array;
  readonly count: number;
  /** Whether a product, by its id, holds and has a picture. */
  readonly hasProduct: (id: string) => boolean;
  /** What making it took: the database's answer, and the bits set. */
  readonly milliseconds: number;
}

/** Makes such sets, each once, and keeps them: a byte for each picture and filter. */
export function createAllowedPictures(
  db: Kysely<Database>,
  { productIds, productOf, count }: Pictures,
): (filter: BandFilter) => Promise<AllowedPictures> {
  const numbers = new Map(productIds.map((id, number) => [id, number]));
  const kept = new Map<string, AllowedPictures>();

  async function make({ where }: BandFilter): Promise<AllowedPictures> {
    const started = performance.now();
    const rows = await db.selectFrom('product as p').select('p.id').where(all(where)).execute();
    const products = new Uint8Array(productIds.length);
    for (const { id } of rows) {
      const number = numbers.get(id);
      if (number !== undefined) products[number] = 1;
    }
    const has = new Uint8Array(count);
    let allowed = 0;
    for (let picture = 0; picture < count; picture++) {
      const held = products[productOf[picture] ?? 0] ?? 0;
      has[picture] = held;
      allowed += held;
    }
    const milliseconds = performance.now() - started;
    return { has, count: allowed, hasProduct: (id) => products[numbers.get(id) ?? -1] === 1, milliseconds };
  }

  return async (filter) => {
    const key = JSON.stringify(filter.filter);
    const made = kept.get(key) ?? (await make(filter));
    kept.set(key, made);
    return made;
  };
}
