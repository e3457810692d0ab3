import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { invariant } from '../../src/errors.ts';
import { insertSearches } from '../../src/search/log/log-statements.ts';
import { loggedSearch, type SearchRecord } from '../../src/search/log/logged-search.ts';
import type {
  ProductFilter,
  SearchPage,
  SearchRequest,
  UnavailableProducts,
} from '../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../src/search/search-products.ts';

/** What both ways of searching tell of a product, in order. Relevance to eight digits, what `real` statistics can carry. */
export interface FoundProduct {
  readonly productId: string;
  readonly imageId: string | null;
  readonly similarity: number | null;
  readonly relevance: number;
}

/** A search of which SQL can do the same: without a filter, boosts and the like, but among some products. */
export type PlainSearch = Pick<
  SearchRequest,
  'terms' | 'words' | 'minRelevance' | 'unavailable' | 'first' | 'collapse'
> & {
  /** Ids. */
  readonly among?: readonly string[] | undefined;
  /** What says the same as `among` in GraphQL; by default the ids, of which a filter takes 1,000. */
  readonly filter?: ProductFilter | undefined;
  /** How SQL is asked. (false) */
  readonly approximate?: boolean | undefined;
};

export interface BothFound {
  readonly graphql: readonly FoundProduct[];
  readonly sql: readonly FoundProduct[];
  readonly strategy: SearchRecord['strategy'];
}

/** GraphQL's search, but comparing everything, however many products there are: then it and SQL agree to the last product. */
export function comparingEverything(deps: SearchDeps): SearchDeps {
  return {
    ...deps,
    exactLimit: 1_000_000,
    activeModel: async () => {
      const { model, ...others } = await deps.activeModel();
      return { ...others, model: { ...model, sketches: null } };
    },
  };
}

/** Searches as GraphQL does, writes the search down, and asks for it again in SQL. */
export async function searchBothWays(
  deps: SearchDeps,
  { among, filter, approximate = false, ...search }: PlainSearch,
): Promise<BothFound> {
  let recorded: SearchRecord | undefined;
  const page = await searchProducts(
    {
      ...deps,
      record: (record) => {
        recorded = record;
        return null;
      },
    },
    { ...search, ...(filter ? { filter } : filterTo(among)) },
  );
  invariant(recorded !== undefined, 'the first page of a search is recorded');
  const id = randomUUID();
  await insertSearches(deps.db, [loggedSearch(recorded, { id, createdAt: new Date() })]).execute();
  const { rows } = await sql<FoundProduct>`
    select product_id as "productId", image_id as "imageId", similarity, relevance
    from analytics.search_products(${id}, ${search.first ?? 24}, ${among ?? null}::uuid[], ${search.unavailable ?? 'LAST'}, ${search.minRelevance ?? 0},
      approximate => ${approximate}, collapse => ${search.collapse ?? 'PRODUCT'})
    order by rank`.execute(deps.db);
  return { graphql: foundBy(page), sql: rows.map(rounded), strategy: recorded.strategy };
}

export interface SimilarSearch {
  readonly sku: string;
  readonly first: number;
  readonly among?: readonly string[] | undefined;
  readonly unavailable: UnavailableProducts;
  readonly minRelevance: number;
}

/** `Product.similar` and its like in SQL. */
export async function similarBothWays(
  deps: SearchDeps,
  { sku, among, ...search }: SimilarSearch,
): Promise<Pick<BothFound, 'graphql' | 'sql'>> {
  const product = { kind: 'sku', sku } as const;
  const page = await searchProducts(deps, {
    ...search,
    ...filterTo(among),
    terms: [{ match: { kind: 'product', product } }],
    unlike: product,
  });
  const { rows } = await sql<FoundProduct>`
    select product_id as "productId", image_id as "imageId", similarity, relevance
    from analytics.similar_products(${sku}, ${search.first}, ${among ?? null}::uuid[], ${search.unavailable}, ${search.minRelevance})
    order by rank`.execute(deps.db);
  return { graphql: foundBy(page), sql: rows.map(rounded) };
}

/**
 * Of what was found by comparing everything, the share that was found approximately, too. What both found must stand in the same order.
 *
 * @returns 0 to 1; 1 where there was nothing to find
 */
export function recallOf(found: readonly FoundProduct[], truth: readonly FoundProduct[], context: string): number {
  const common = (some: readonly FoundProduct[], others: readonly FoundProduct[]) => {
    const ids = new Set(others.map(({ productId }) => productId));
    return some.filter(({ productId }) => ids.has(productId));
  };
  const shared = common(found, truth);
  expect(shared, context).toEqual(common(truth, found));
  return truth.length === 0 ? 1 : shared.length / truth.length;
}

function filterTo(among: readonly string[] | undefined): Pick<SearchRequest, 'filter'> {
  return among === undefined ? {} : { filter: { product: { in: among.map((id) => ({ kind: 'id', id })) } } };
}

function foundBy({ results }: SearchPage): FoundProduct[] {
  return results.map(rounded);
}

function rounded({ productId, imageId, similarity, relevance }: FoundProduct): FoundProduct {
  return { productId, imageId, similarity, relevance: Number(relevance.toFixed(8)) };
}

/** For searches whose records a test wants to see. */
export function recordInto(records: SearchRecord[]): NonNullable<SearchDeps['record']> {
  return (record) => {
    records.push(record);
    return null;
  };
}
