import type { Kysely } from 'kysely';
import type { SearchStrategy } from '../../src/database/closed-sets.ts';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import { cosineDistance, imageEmbeddings, vectorParameter } from '../../src/database/vector-sql.ts';
import { all } from '../../src/search/filter/product-filter.ts';
import { nearestPicturesExactly } from '../../src/search/nearest/neighbour-statements.ts';
import { composeQuery } from '../../src/search/query/compose-query.ts';
import { vectorScoring } from '../../src/search/query/scoring.ts';
import type { SearchQuery } from '../../src/search/query/search-query.ts';
import { rankProducts } from '../../src/search/ranking/rank-products.ts';
import { EXACT_LIMIT } from '../../src/search/request/limits.ts';
import type { FilteredSearch } from './filtered-searches.ts';
import type { WorkloadQuery } from './queries.ts';

/** What one way of searching gave. */
export interface Answer {
  /** Products by picture, nearest first, each once; at most as many as asked for. */
  readonly productIds: readonly string[];
  /** Products without a picture that stand among them on the page: so many fewer have to be right. */
  readonly beside: number;
  /** Whether there were as many products as there should be. */
  readonly full: boolean;
  /** How they were found; only of ours. */
  readonly strategy: SearchStrategy | undefined;
  /** Of the database part. */
  readonly milliseconds: number;
}

/** One way to answer a search: so many products. */
export type Contender = (search: FilteredSearch, first: number) => Promise<Answer>;

/**
 * The search of this program, by vectors alone: no words, nothing said of what is out of stock. Products without a picture are compared by their text and may stand
 * among the others; what is compared with exact search are those that have one.
 */
export function ourSearch(db: Kysely<Database>, model: ActiveModel): Contender {
  return async ({ query, filter }, first) => {
    const ranking = rankProducts(db, {
      filter: filter.resolved,
      query: searchQueryOf(query, model),
      model,
      boosts: [],
      minRelevance: 0,
      duplicateDistance: undefined,
      sort: 'RELEVANCE',
      unavailable: 'SHOW',
      collapse: 'PRODUCT',
      pinned: [],
      wanted: first,
      exactLimit: EXACT_LIMIT,
    });
    const started = performance.now();
    const window = await ranking.first();
    const milliseconds = performance.now() - started;
    const page = window.products.slice(0, first);
    const pictured = page.filter(({ imageId }) => imageId !== null);
    return {
      productIds: pictured.map(({ productId }) => productId),
      beside: page.length - pictured.length,
      full: window.products.length >= Math.min(first, filter.matching),
      strategy: window.plan.strategy,
      milliseconds,
    };
  };
}

function searchQueryOf(query: WorkloadQuery, model: ActiveModel): SearchQuery {
  const part = { vector: query.vector, weight: 1, kind: query.kind, term: 0 };
  return {
    vectors: {
      modelId: model.id,
      pictures: composeQuery([part], model.statistics, 'picture'),
      texts: composeQuery([part], model.statistics, 'text'),
      shares: undefined,
    },
    words: null,
    scoring: vectorScoring([part], model.statistics, null),
  };
}

/**
 * What people write by hand: pictures joined with products, filtered, in the order of distance, so many of them.
 *
 * @param db - with the server's own settings: hnsw.ef_search 40, no iterative scan
 */
export function handWritten(db: Kysely<Database>, model: ActiveModel): Contender {
  return (search, first) =>
    picturesWith(search, first, () =>
      db
        .selectFrom(imageEmbeddings(model.imageTable, 'e'))
        .innerJoin('product as p', 'p.id', 'e.product_id')
        .where(all(search.filter.where))
        .select('e.product_id')
        .orderBy((eb) => cosineDistance(eb.ref('e.embedding'), vectorParameter(search.query.vector)))
        .limit(first)
        .execute(),
    );
}

/** The same without the index: every picture that holds is compared. */
export function exactSearch(db: Kysely<Database>, model: ActiveModel): Contender {
  return (search, first) =>
    picturesWith(search, first, () =>
      nearestPicturesExactly(db, {
        table: model.imageTable,
        query: search.query.vector,
        filter: search.filter.resolved,
        limit: first,
      }).execute(),
    );
}

/** A page of pictures, however many products they are of, is full with as many pictures as were asked for, or one of each product that has one. */
async function picturesWith(
  { truth }: FilteredSearch,
  first: number,
  run: () => Promise<{ product_id: string }[]>,
): Promise<Answer> {
  const started = performance.now();
  const rows = await run();
  const milliseconds = performance.now() - started;
  return {
    productIds: [...new Set(rows.map(({ product_id }) => product_id))],
    beside: 0,
    full: rows.length >= Math.min(first, truth.length),
    strategy: undefined,
    milliseconds,
  };
}

/** Share of the first products that exact search finds which the answer has, as many as there is room for on the page; 1 where there is none to find. */
export function recallOf({ productIds, beside }: Answer, { truth }: FilteredSearch, first: number): number {
  const right = truth.slice(0, first - beside);
  const found = new Set(productIds);
  return right.length === 0 ? 1 : right.filter((id) => found.has(id)).length / right.length;
}
