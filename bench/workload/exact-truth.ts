import { type Kysely, sql } from 'kysely';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import type { ResolvedFilter } from '../../src/search/filter/product-filter.ts';
import { nearestPicturesExactly } from '../../src/search/nearest/neighbour-statements.ts';
import type { ProductFilter } from '../../src/search/request/search-request.ts';
import type { QueryKind, WorkloadQuery } from './queries.ts';
import { SCRATCH } from './recipe.ts';

/** Products that are kept of each answer. */
export const TRUTH_PRODUCTS = 50;
/** Pictures of a product at most (recipe.ts): so many pictures show enough products. */
const PICTURES_OF_A_PRODUCT = 4;

/**
 * The nearest products that satisfy a filter, each by its nearest picture, nearest first: all pictures compared. It takes up to a second, so what was found is kept in
 * the scratch schema: rows of products never change after they were made.
 *
 * @returns ids of up to 50 products; fewer if fewer hold and have a picture
 */
export async function exactTruth(
  db: Kysely<Database>,
  model: ActiveModel,
  query: WorkloadQuery,
  { filter, resolved }: { filter: ProductFilter; resolved: ResolvedFilter },
): Promise<readonly string[]> {
  const key: TruthKey = { kind: query.kind, number: query.number, filter: JSON.stringify(filter) };
  const kept = await keptTruth(db, key);
  if (kept !== undefined) return kept;
  const limit = TRUTH_PRODUCTS * PICTURES_OF_A_PRODUCT;
  const pictures = { table: model.imageTable, query: query.vector, filter: resolved, limit };
  const rows = await nearestPicturesExactly(db, pictures).execute();
  const productIds = [...new Set(rows.map(({ product_id }) => product_id))].slice(0, TRUTH_PRODUCTS);
  await sql`
    insert into ${sql.table(`${SCRATCH}.truth`)} (kind, number, filter, product_ids)
    values (${key.kind}, ${key.number}, ${key.filter}, ${productIds}::uuid[])
    on conflict do nothing`.execute(db);
  return productIds;
}

interface TruthKey {
  readonly kind: QueryKind;
  readonly number: number;
  /** As JSON. */
  readonly filter: string;
}

async function keptTruth(db: Kysely<Database>, { kind, number, filter }: TruthKey): Promise<string[] | undefined> {
  const { rows } = await sql<{ product_ids: string[] }>`
    select product_ids::text[] as product_ids from ${sql.table(`${SCRATCH}.truth`)}
    where kind = ${kind} and number = ${number} and filter = ${filter}`.execute(db);
  return rows[0]?.product_ids;
}
