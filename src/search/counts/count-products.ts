import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { invariant } from '../../errors.ts';
import { matchingProductCount, matchingResultCount } from '../filter/matching-statements.ts';
import { isByProduct } from '../filter/result-units.ts';
import { isNarrowed, type ProductScores, resultCount } from '../ranking/ranking-statements.ts';
import { COUNT_LIMIT } from '../request/limits.ts';
import type { ProductCount } from '../request/search-request.ts';

/** Results: those in scope that are relevant enough. */
export async function countResult(db: Kysely<Database>, scores: ProductScores): Promise<ProductCount> {
  if (!isNarrowed(scores)) {
    const counted = { ...scores, limit: COUNT_LIMIT + 1 };
    const { count } = isByProduct(scores)
      ? await matchingProductCount(db, counted).executeTakeFirstOrThrow()
      : onlyRow(await matchingResultCount(counted).execute(db));
    return { value: Math.min(count, COUNT_LIMIT), exact: count <= COUNT_LIMIT };
  }
  const atMost = { products: COUNT_LIMIT, beyond: 'SO_MANY' } as const;
  const { matching, total } = onlyRow(await resultCount({ ...scores, atMost }).execute(db));
  return { value: total, exact: matching <= COUNT_LIMIT };
}

function onlyRow<Row>({ rows: [row] }: { readonly rows: readonly Row[] }): Row {
  invariant(row !== undefined, 'a count is one row, also of nothing');
  return row;
}
