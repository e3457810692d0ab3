import { imageId, variantId } from '../../src/identifiers.ts';
import { matchQualityOf, STRONG_RELEVANCE, WEAK_RELEVANCE } from '../../src/search/query/scoring.ts';
import type {
  Facet,
  ProductCount,
  ResultVariant,
  SearchPage,
  SearchRequest,
  SearchResult,
} from '../../src/search/request/search-request.ts';
import { COSINE_NOISE } from './oracle-vectors.ts';
import type { OracleEntry, OracleResult } from './search-oracle.ts';

/** Relevance is right to so many places, or to what single precision leaves certain where terms nearly cancel each other out. */
const LEAST_NOISE = 1e-6;

/**
 * What is wrong with the pages of a search, put together.
 *
 * @param options.exact - whether they must be the best ones; otherwise only right and in order
 * @param options.complete - whether there is no next page
 * @param options.first - products to a page
 */
export function differencesOfResults(
  expected: OracleResult,
  results: readonly SearchResult[],
  { exact, complete, first }: { exact: boolean; complete: boolean; first: number },
): string[] {
  const byId = new Map(expected.entries.map((entry) => [entry.product.id, entry]));
  const seen = new Set(results.map(({ productId }) => productId));
  const differences = seen.size < results.length ? ['a product comes twice'] : [];
  let previous: OracleEntry | undefined;
  for (const [place, result] of results.entries()) {
    const entry = byId.get(result.productId);
    if (entry === undefined) {
      differences.push(
        `${result.productId} is not in the result (relevance ${result.relevance}, similarity ${result.similarity})`,
      );
      continue;
    }
    differences.push(...differencesOfProduct(entry, result, Math.max(LEAST_NOISE, expected.relevanceNoise)));
    // Behind the first page all may be compared, and what the index missed comes up.
    const inOrder = exact || place < first;
    if (inOrder && previous !== undefined && (expected.compare(previous, entry) ?? 0) > 0) {
      differences.push(`${name(entry)} comes before ${name(previous)}, found behind it`);
    }
    previous = entry;
  }
  const unseen = expected.entries.filter(({ product }) => !seen.has(product.id));
  if (complete && unseen.length > 0 && exact)
    differences.push(`there is no next page, but ${unseen.map(name)} are missing`);
  if (!complete && unseen.length === 0) differences.push('there is a next page, but nothing is left for it');
  const last = previous;
  if (exact && last !== undefined) {
    const missed = unseen.filter((entry) => (expected.compare(entry, last) ?? 0) < 0);
    if (missed.length > 0) differences.push(`${missed.map(name)} come before ${name(last)}, and were left out`);
  }
  return differences;
}

function differencesOfProduct(
  expected: OracleEntry,
  { relevance, similarity, imageId: image, why }: SearchResult,
  noise: number,
): string[] {
  const differences: string[] = [];
  const check = (what: string, found: unknown, wanted: unknown, right: boolean) => {
    if (!right) differences.push(`${what} of ${name(expected)}: expected ${wanted}, found ${found}`);
  };
  check('relevance', relevance, expected.relevance, Math.abs(relevance - expected.relevance) <= noise);
  check('similarity', similarity, expected.similarity, isNear(similarity, expected.similarity));
  const nearestImages = expected.nearestImages.map((place) => imageId(expected.product.id, String(place)));
  check('picture', image, nearestImages, image === null ? nearestImages.length === 0 : nearestImages.includes(image));
  check('boost', why.boost, expected.boost, why.boost === expected.boost);
  check('being named', why.named, expected.named, why.named === expected.named);
  check('being pinned', why.pinned, expected.pinned, why.pinned === (expected.pinned !== undefined));
  return differences;
}

/** What is wrong with the variants that a page shows. */
export function differencesOfVariants(
  expected: OracleResult,
  results: readonly SearchResult[],
  variants: readonly (ResultVariant | undefined)[],
): string[] {
  const byId = new Map(expected.entries.map((entry) => [entry.product.id, entry]));
  return results.flatMap((result, index) => {
    const entry = byId.get(result.productId);
    // Said of the products.
    if (entry === undefined) return [];
    const place = (entry.product.pictures ?? []).findIndex(
      (_, at) => imageId(entry.product.id, String(at)) === result.imageId,
    );
    const prices = expected.pricesOf(entry);
    const wanted = {
      sku: expected.shown(entry, place < 0 ? null : place)?.sku,
      count: entry.satisfying.length,
      prices,
    };
    const { variantId: id, matchingCount: count, priceRange } = variants[index] ?? {};
    const range = priceRange ? ([Number(priceRange.min), Number(priceRange.max)] as const) : undefined;
    const sku = entry.product.variants.find((variant) => variantId(variant.sku) === id)?.sku;
    const found = { sku, count, prices: range };
    return JSON.stringify(found) === JSON.stringify(wanted)
      ? []
      : [`variant of ${name(entry)}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
  });
}

function isNear(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) <= COSINE_NOISE;
}

/** What is wrong with the first page, apart from its products: their number, how many there are, how good the best is. */
export function differencesOfPage(
  expected: OracleResult,
  { first = 24 }: SearchRequest,
  page: SearchPage,
  count: ProductCount,
  exact: boolean,
): string[] {
  const { entries } = expected;
  const differences: string[] = [];
  const wanted = Math.min(first, entries.length);
  if (exact && page.results.length !== wanted) {
    differences.push(`expected ${wanted} products, found ${page.results.length}`);
  }
  if (!count.exact || count.value !== entries.length) {
    differences.push(`expected to count ${entries.length}, found ${JSON.stringify(count)}`);
  }
  const best = entries.length === 0 ? null : Math.max(...entries.map(({ relevance }) => relevance));
  const unclear =
    best !== null &&
    [STRONG_RELEVANCE, WEAK_RELEVANCE].some((bound) => Math.abs(best - bound) <= expected.relevanceNoise);
  if (exact && page.matchQuality !== matchQualityOf(best) && !(unclear && best !== 0.5)) {
    differences.push(`expected matches of quality ${matchQualityOf(best)}, found ${page.matchQuality}`);
  }
  return differences;
}

export function differencesOfFacets(
  expected: readonly (Omit<Facet, 'exact'> | undefined)[],
  found: readonly Facet[],
): string[] {
  return expected.flatMap((wanted, index) => {
    if (wanted === undefined) return [];
    const facet = found[index];
    if (facet === undefined) return [`facet ${wanted.field} is missing`];
    const descends = facet.values.every(({ count }, at) => at === 0 || count <= (facet.values[at - 1]?.count ?? 0));
    const same =
      facet.field === wanted.field &&
      facet.exact &&
      descends &&
      !facet.hasMore &&
      facet.missing === wanted.missing &&
      facet.range?.currency === wanted.range?.currency &&
      asText(facet.values) === asText(wanted.values) &&
      (Number(facet.range?.min) === Number(wanted.range?.min)) === (wanted.range !== null) &&
      (Number(facet.range?.max) === Number(wanted.range?.max)) === (wanted.range !== null);
    return same ? [] : [`facet: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(facet)}`];
  });
}

function asText(values: Facet['values']): string {
  return values
    .map(({ value, count }) => `${value}: ${count}`)
    .toSorted()
    .join();
}

/** Share of the oracle's first ones that were found; 1 where there is nothing to find. What is as good as the last of them counts as it. */
export function recallAt(length: number, expected: OracleResult, results: readonly SearchResult[]): number {
  const { entries, compare, compareKeys } = expected;
  const best = [...entries]
    .sort((a, b) => compare(a, b) ?? closer(a, b))
    .slice(0, Math.min(length, results.length || length));
  const last = best.at(-1);
  if (last === undefined) return 1;
  const byId = new Map(entries.map((entry) => [entry.product.id, entry]));
  const hits = results.slice(0, best.length).filter(({ productId }) => {
    const entry = byId.get(productId);
    return entry !== undefined && (compareKeys(entry, last) ?? 0) <= 0;
  });
  return hits.length / best.length;
}

/** Of two that single precision may not tell apart; without an answer for some of them there would be no order. */
function closer(a: OracleEntry, b: OracleEntry): number {
  return b.closeness + b.boost - (a.closeness + a.boost) || b.score - a.score;
}

function name({ product, relevance, score, boost }: OracleEntry): string {
  return `${product.sku} (relevance ${relevance.toFixed(7)}, score ${score.toFixed(6)}, boost ${boost})`;
}
