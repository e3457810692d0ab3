import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedFilter } from '../../src/search/filter/product-filter.ts';
import { resolveFilters } from '../../src/search/filter/resolve-filter.ts';
import { nearestPicturesExactly } from '../../src/search/nearest/neighbour-statements.ts';
import { encodeQuery } from '../../src/search/query/query-vector.ts';
import type { ProductFilter, SearchPage, SearchRequest } from '../../src/search/request/search-request.ts';
import { createRandom } from '../../src/seeded-random.ts';
import { type FashionProduct, type FashionShop, fashionIsHere, fashionShop } from '../support/fashion.ts';

const FILTERS = 200;
const FIRST = 24;
const SEED = 2024;
/** In percent of the catalogue, from above. */
const BANDS = [100, 50, 20, 5, 1, 0.1, 0.01, 0];

describe.skipIf(!fashionIsHere)('filters on the fashion catalogue', () => {
  let shop: FashionShop;
  beforeAll(async () => {
    shop = await fashionShop();
  });
  afterAll(() => shop?.close());

  it('fill every page, break no filter, and find what comparing everything finds, at every selectivity', async () => {
    const random = createRandom(SEED);
    const all = [...shop.products.values()];
    const bands = new Map(
      BANDS.map((band) => [band, { filters: 0, recalls: [] as number[], times: [] as number[], hnsw: 0 }]),
    );
    for (let round = 0; round < FILTERS; round++) {
      const { filter, holds, holdsForBrands } = randomFilter(all, random);
      const matching = all.filter(holds).length;
      const asked = pick(all, random);
      const request = requestFor(asked, filter, round);
      const page = await shop.search(request);
      const context = `seed ${SEED}, round ${round}, ${matching} match: ${JSON.stringify(filter)}`;

      expect(page.results.length, context).toBe(Math.min(FIRST, matching));
      for (const { productId } of page.results)
        expect(holds(shop.products.get(productId) as FashionProduct), context).toBe(true);
      expect(await page.count(), context).toEqual({ value: matching, exact: true });
      await expectBrandsCounted(page, all.filter(holdsForBrands), context);

      const exact = await exactTen(filter, request);
      const found = new Set(page.results.slice(0, 10).map((result) => result.productId));
      const recall = exact.length === 0 ? 1 : exact.filter((id) => found.has(id)).length / exact.length;
      const percent = (100 * matching) / all.length;
      const band = bands.get(BANDS.find((least) => percent >= least) ?? 0);
      band?.recalls.push(recall);
      band?.times.push(page.milliseconds);
      if (band && page.strategy === 'HNSW') band.hnsw++;
      if (page.strategy === 'EXACT') expect(recall, context).toBe(1);
    }
    for (const [least, { recalls, times, hnsw }] of bands) {
      if (recalls.length === 0) continue;
      const recall = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.floor(share * (times.length - 1))]?.toFixed(1);
      console.log(
        `from ${least} %: ${recalls.length} filters, ${hnsw} by index, recall@10 ${recall.toFixed(4)}, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${shop.database.kind})`,
      );
      expect(recall, `from ${least} %`).toBeGreaterThanOrEqual(0.97);
    }
  });

  /** The hundred commonest brands of these products, as the facet counts them. */
  async function expectBrandsCounted(page: SearchPage, matching: readonly FashionProduct[], context: string) {
    const counts = new Map<string, number>();
    for (const { brand } of matching) if (brand !== '') counts.set(brand, (counts.get(brand) ?? 0) + 1);
    const [facet] = await page.facets([{ builtIn: 'BRAND' }]);
    const expected = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 100);
    expect(
      facet?.values.map(({ count }) => count),
      context,
    ).toEqual(expected.map(([, count]) => count));
    for (const { value, count } of facet?.values ?? []) expect(count, `${context}: ${value}`).toBe(counts.get(value));
  }

  /**
   * Half of the searches by words, half by a picture of the catalogue; words do not count, so that the oracle is distance alone. In half of both what is out of
   * stock comes last, as by default.
   */
  function requestFor(asked: FashionProduct, filter: ProductFilter, round: number): SearchRequest {
    const match =
      round % 2 === 0
        ? ({ kind: 'text', text: `${asked.color} ${asked.articleType}` } as const)
        : ({ kind: 'product', product: { kind: 'sku', sku: asked.sku } } as const);
    return { terms: [{ match }], filter, words: 'OFF', first: FIRST, unavailable: round % 4 < 2 ? 'LAST' : 'SHOW' };
  }

  /** The ten nearest, all compared. */
  async function exactTen(filter: ProductFilter, { terms, unavailable }: SearchRequest): Promise<string[]> {
    const { db } = shop.database;
    const { model, embedder } = await shop.deps.activeModel();
    const asked = terms.map(({ match, weight = 1 }, term) => ({ match, weight, term }));
    const { vectors } = await encodeQuery({ ...shop.deps, model, embedder }, asked, undefined);
    const [resolved = {}] = await resolveFilters(db, [{ filter, path: 'filter' }], 'USD');
    const nearest = async (more: ResolvedFilter) => {
      const both = { and: [resolved, more] };
      const query = vectors.pictures.vector;
      const rows = await nearestPicturesExactly(db, {
        table: model.imageTable,
        query,
        filter: both,
        limit: 10,
      }).execute();
      return rows.map((row) => row.product_id);
    };
    if (unavailable === 'SHOW') return nearest({});
    const gone: ResolvedFilter = { availability: ['OUT_OF_STOCK'] };
    return [...(await nearest({ not: gone })), ...(await nearest(gone))].slice(0, 10);
  }
});

type Holds = (product: FashionProduct) => boolean;

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}

interface RandomFilter {
  readonly filter: ProductFilter;
  readonly holds: Holds;
  /** What is left of it for counting brands: conditions on the brand inside `or` and `not` are no choice of brands. */
  readonly holdsForBrands: Holds;
}

/** One to three conditions that some product satisfies, joined by and, by or, or turned round, and what they mean; one in twenty is empty. */
function randomFilter(all: readonly FashionProduct[], random: () => number): RandomFilter {
  const example = pick(all, random);
  const parts = Array.from({ length: random() < 0.05 ? 0 : 1 + Math.floor(random() * 3) }, () =>
    condition(example, random),
  );
  const joined = {
    filter: { and: parts.map((part) => part.filter) },
    holds: (product: FashionProduct) => parts.every((part) => part.holds(product)),
  };
  const kind = random();
  if (kind < 0.15) {
    const holds: Holds = (product) => !joined.holds(product);
    return { filter: { not: joined.filter }, holds, holdsForBrands: holds };
  }
  if (kind < 0.3) {
    const other = condition(pick(all, random), random);
    const holds: Holds = (product) => joined.holds(product) || other.holds(product);
    return { filter: { or: [joined.filter, other.filter] }, holds, holdsForBrands: holds };
  }
  const others = parts.filter((part) => part.filter.brand === undefined);
  return { ...joined, holdsForBrands: (product) => others.every((part) => part.holds(product)) };
}

function condition(example: FashionProduct, random: () => number): { filter: ProductFilter; holds: Holds } {
  const kind = Math.floor(random() * 7);
  switch (kind) {
    case 0: {
      const path = example.category.slice(0, 1 + Math.floor(random() * example.category.length));
      return {
        filter: { category: { in: [{ kind: 'path', path }] } },
        holds: ({ category }) => path.every((name, index) => category[index] === name),
      };
    }
    case 1:
      return {
        filter: { brand: { in: [example.brand] } },
        holds: ({ brand }) => brand !== '' && brand === example.brand,
      };
    case 2: {
      const [min, max] = [example.price * random(), example.price * (1 + random())].map((price) => price.toFixed(2));
      return {
        filter: { price: { min: min as string, max: max as string } },
        holds: ({ price }) => price >= Number(min) && price <= Number(max),
      };
    }
    case 3:
      return {
        filter: { availability: [example.availability] },
        holds: ({ availability }) => availability === example.availability,
      };
    default: {
      const name = (['color', 'gender', 'usage', 'color'] as const)[kind % 4] ?? 'color';
      const value = example[name];
      return {
        filter: { attributes: [{ name, in: [value] }] },
        holds: (product) => value !== '' && product[name] === value,
      };
    }
  }
}
