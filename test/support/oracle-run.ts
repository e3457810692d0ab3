import { sql } from 'kysely';
import { AppError } from '../../src/errors.ts';
import type { SearchPage, SearchRequest, SearchResult } from '../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../src/search/search-products.ts';
import { createRandom } from '../../src/seeded-random.ts';
import {
  differencesOfFacets,
  differencesOfPage,
  differencesOfResults,
  differencesOfVariants,
  recallAt,
} from './oracle-comparison.ts';
import { type OracleProduct, OracleRefusal, type OracleStatistics, type OracleVariant } from './oracle-shop.ts';
import { oracleWords } from './oracle-words.ts';
import { CATEGORIES, createRandomShop } from './random-shop.ts';
import { isSearched, ORACLE_CURRENCY, type OracleResult, searchOracle } from './search-oracle.ts';
import type { SearchShop } from './search-shop.ts';

/** Searches that one random shop is asked for, before the next. */
const QUERIES_OF_A_SHOP = 125;

/** What was asked, and what came of it. */
export interface OracleReport {
  queries: number;
  pages: number;
  refused: number;
  /** That single precision leaves open. */
  unclear: number;
  changes: number;
  /** Whole results read to their end while products changed. */
  changedMeanwhile: number;
  byStrategy: Record<SearchPage['strategy'], number>;
  /** Of each search that was answered by some products of many: the share of the first ten that it found. */
  recalls: number[];
}

/** Products, and what the database has of them. */
interface KeptShop {
  readonly products: Map<string, OracleProduct>;
  statistics: OracleStatistics;
  readonly halves: boolean;
}

/**
 * Asks random shops random questions, and the oracle the same, while products come, change and go.
 *
 * @throws Error at the first question that is answered otherwise: with seed, number and question
 */
export async function runOracle(
  shop: SearchShop,
  options: { seed: number; queries: number; products: number; deps?: Partial<SearchDeps> },
): Promise<OracleReport> {
  const random = createRandom(options.seed);
  // As configured: that of most products may change between two pages.
  const deps: SearchDeps = { ...shop.deps, currency: async () => ORACLE_CURRENCY, ...options.deps };
  const report: OracleReport = {
    ...{ queries: 0, pages: 0, refused: 0, unclear: 0, changes: 0, changedMeanwhile: 0, recalls: [] },
    byStrategy: { EXACT: 0, HNSW: 0, SKETCH: 0, NONE: 0 },
  };
  const kept: KeptShop = { products: new Map(), statistics: {}, halves: shop.database.kind === 'native' };
  let made = createRandomShop(random);
  let sku = 0;

  async function renew(): Promise<void> {
    made = createRandomShop(random);
    if (kept.products.size > 0) await shop.remove(...kept.products.keys());
    kept.products.clear();
    kept.statistics = made.statistics();
    await writeStatistics(shop, kept.statistics);
    const products = Array.from({ length: options.products }, (_, index) => {
      const product = made.product(`S${sku++}`);
      // Every category has a product once: a filter by one that never was is refused.
      const { furtherCategories: _others, ...withoutOthers } = product;
      return CATEGORIES[index] ? { ...withoutOthers, category: CATEGORIES[index] } : product;
    });
    await put(products);
  }

  async function put(products: readonly OracleProduct[]): Promise<void> {
    await shop.add(products);
    for (const product of products) kept.products.set(product.sku, product);
  }

  /** @returns the sku of what is no longer as it was */
  async function change(): Promise<string> {
    report.changes++;
    const known = [...kept.products.values()];
    const chosen = known[Math.floor(random() * known.length)];
    const kind = random();
    if (chosen === undefined || kind < 0.25) {
      const added = made.product(`S${sku++}`);
      await put([added]);
      return added.sku;
    }
    const other = made.product(chosen.sku);
    if (kind < 0.45) {
      kept.products.delete(chosen.sku);
      await shop.remove(chosen.sku);
    } else if (kind < 0.6) {
      const place = Math.floor(random() * chosen.variants.length);
      const variants = chosen.variants.map((variant, index) =>
        index === place ? { ...made.offer(), sku: variant.sku, ...keptOf(variant) } : variant,
      );
      kept.products.set(chosen.sku, { ...chosen, variants });
      await Promise.all(variants.slice(place, place + 1).map((variant) => writeOffer(shop, variant)));
    } else if (kind < 0.8) {
      await put([{ ...chosen, ...made.pictures(chosen.variants) }]);
    } else {
      await put([other]);
    }
    return chosen.sku;
  }

  /** Whether all products that match are compared. */
  function isExact(request: SearchRequest): boolean {
    const { terms, sort = 'RELEVANCE' } = request;
    if (terms.length === 0 || sort !== 'RELEVANCE' || deps.exactLimit === undefined) return true;
    const matching = [...kept.products.values()].filter((one) => isSearched(one, request));
    return matching.length <= deps.exactLimit;
  }

  async function ask(request: SearchRequest): Promise<string[]> {
    const words = await oracleWords(kept.products, request);
    const expected = expectedOf(() => searchOracle(kept, request, words));
    if (expected === undefined) {
      report.refused++;
      return await refusal(deps, request);
    }
    if (expected.unclear) {
      report.unclear++;
      return [];
    }
    const before = [...expected.entries];
    const touched = new Set<string>();
    const changesMeanwhile = random() < 0.2;
    // To the end, unless that is very many pages.
    const readsAll = (changesMeanwhile || random() < 0.2) && (request.first ?? 0) >= 15;
    const pagesWanted = readsAll ? Number.POSITIVE_INFINITY : 1 + Math.floor(random() * 4);
    const { first = 24 } = request;
    const results: SearchResult[] = [];
    const differences: string[] = [];
    let page = await searchProducts(deps, request);
    report.byStrategy[page.strategy]++;
    const exact = isExact(request);
    if (!exact && page.modelId !== null) report.recalls.push(recallAt(10, expected, page.results));
    const fields = made.facetFields();
    differences.push(...differencesOfPage(expected, request, page, await page.count(), exact));
    differences.push(...differencesOfFacets(expected.facets(fields), await page.facets(fields)));
    for (let number = 1; ; number++) {
      report.pages++;
      if (touched.size === 0) differences.push(...differencesOfVariants(expected, page.results, await page.variants()));
      if (touched.size > 0) differences.push(...notSearched(page.results, kept, request));
      results.push(...page.results);
      const last = page.results.at(-1);
      if (!page.hasNextPage || last === undefined || number >= pagesWanted) break;
      if (changesMeanwhile && random() < 0.5) touched.add(await change());
      page = await searchProducts(deps, { ...request, after: last.cursor });
    }
    if (touched.size === 0) {
      differences.push(...differencesOfResults(expected, results, { exact, complete: !page.hasNextPage, first }));
      return differences;
    }
    report.changedMeanwhile++;
    const ids = results.map(({ productId }) => productId);
    if (new Set(ids).size < ids.length) differences.push('a product comes twice while others change');
    const gaps = before.filter(({ product }) => !touched.has(product.sku) && !ids.includes(product.id));
    // By the index, what relevance cuts short has nothing behind it.
    if (!page.hasNextPage && gaps.length > 0 && (exact || !request.minRelevance)) {
      differences.push(`unchanged products are on no page: ${gaps.map(({ product }) => product.sku)}`);
    }
    return differences;
  }

  for (; report.queries < options.queries; report.queries++) {
    if (report.queries % QUERIES_OF_A_SHOP === 0) await renew();
    while (random() < 0.3) await change();
    const request = made.request(kept);
    const differences = await ask(request);
    if (differences.length > 0) {
      throw new Error(
        `ORACLE_SEED=${options.seed}, query ${report.queries}: ${differences.slice(0, 5).join('\n')}\n${JSON.stringify(request)}`,
      );
    }
  }
  return report;
}

function expectedOf(search: () => OracleResult): OracleResult | undefined {
  try {
    return search();
  } catch (error) {
    if (error instanceof OracleRefusal) return undefined;
    throw error;
  }
}

async function refusal(deps: SearchDeps, request: SearchRequest): Promise<string[]> {
  try {
    const page = await searchProducts(deps, request);
    return [`expected a refusal, found ${page.results.length} products`];
  } catch (error) {
    if (error instanceof AppError && ['BAD_USER_INPUT', 'IMAGE_NOT_FOUND'].includes(error.code)) return [];
    throw error;
  }
}

function notSearched(results: readonly SearchResult[], { products }: KeptShop, request: SearchRequest): string[] {
  const byId = new Map([...products.values()].map((product) => [product.id, product]));
  return results.flatMap((result) => {
    const product = byId.get(result.productId);
    return product !== undefined && isSearched(product, request)
      ? []
      : [`${product?.sku ?? result.productId} does not satisfy the filter any more`];
  });
}

/** What a change of its price and stock leaves. */
function keptOf({ gtin, attributes, look }: OracleVariant): Pick<OracleVariant, 'gtin' | 'attributes' | 'look'> {
  return { gtin, attributes, look };
}

async function writeStatistics({ database: { db } }: SearchShop, statistics: OracleStatistics): Promise<void> {
  await db.deleteFrom('embedding_statistic').execute();
  for (const [pair, { mean, standardDeviation, nearestMean }] of Object.entries(statistics)) {
    await sql`
      insert into embedding_statistic (model_id, pair, mean, standard_deviation, sample_size, nearest_mean, nearest_standard_deviation, nearest_sample_size)
      select id, ${pair}, ${mean}, ${standardDeviation}, 1000, ${nearestMean}::real, case when ${nearestMean}::real is not null then 0.05 end, case when ${nearestMean}::real is not null then 1000 end
      from embedding_model`.execute(db);
  }
}

async function writeOffer(
  { database: { db } }: SearchShop,
  { sku, price, currency = 'USD', compareAtPrice, availability }: OracleVariant,
): Promise<void> {
  const money =
    price === undefined
      ? { price_amount: null, price_currency: null, compare_at_amount: null }
      : { price_amount: price, price_currency: currency, compare_at_amount: compareAtPrice ?? null };
  await db
    .updateTable('product_variant')
    .set({ ...money, availability })
    .where('sku', '=', sku)
    .execute();
}
