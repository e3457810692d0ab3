import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { matchingProductCount } from '../filter/matching-statements.ts';
import { isNarrowed, type ProductScores, resultCount } from '../ranking/ranking-statements.ts';
import { COUNT_LIMIT } from '../request/limits.ts';
import type { ProductCount } from '../request/search-request.ts';

/** Products of a result: those in scope that are relevant enough. */
export async function countResult(db: Kysely<Database>, scores: ProductScores): Promise<ProductCount> {
  if (!isNarrowed(scores)) {
    const { count } = await matchingProductCount(db, {
      ...scores,
      limit: COUNT_LIMIT + 1,
    }).executeTakeFirstOrThrow();
    return { value: Math.min(count, COUNT_LIMIT), exact: count <= COUNT_LIMIT };
  }
  const { rows } = await resultCount({ ...scores, atMost: { products: COUNT_LIMIT, beyond: 'SO_MANY' } }).execute(db);
  const [{ matching, total } = { matching: 0, total: 0 }] = rows;
  return { value: total, exact: matching <= COUNT_LIMIT };
}
