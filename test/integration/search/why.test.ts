import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeQuery } from '../../../src/search/query/query-vector.ts';
import type { RankedEntries } from '../../../src/search/ranking/ranking-statements.ts';
import { productsOf } from '../../../src/search/ranking/window-entry.ts';
import type { SearchPage, SearchRequest, SearchTerm } from '../../../src/search/request/search-request.ts';
import { along, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';

const text = (value: string, weight = 1): SearchTerm => ({ match: { kind: 'text', text: value }, weight });
const picture = (
  vector: number[],
  weight = 1,
  region?: { x: number; y: number; width: number; height: number },
): SearchTerm => ({
  match: {
    kind: 'image',
    source: { kind: 'bytes', bytes: new TextEncoder().encode(JSON.stringify(vector)) },
    ...(region && { region }),
  },
  weight,
});
const like = (sku: string, weight = 1): SearchTerm => ({
  match: { kind: 'product', product: { kind: 'sku', sku } },
  weight,
});

const products: ShopProduct[] = [
  { sku: 'red-shirt', title: 'Red shirt', brand: 'Acme', pictures: [along({ red: 1, shirt: 1 }), along({ bag: 1 })] },
  { sku: 'blue-shirt', title: 'Blue shirt', brand: 'Bolt', pictures: [along({ blue: 1, shirt: 1 })] },
  { sku: 'red-shoe', title: 'Red shoes', brand: 'Acme', pictures: [along({ red: 1, shoe: 1, other: 0.2 })] },
  { sku: 'leather-bag', title: 'Leather bag', brand: 'Red', pictures: [along({ bag: 1, other: 1 })] },
  { sku: 'green', title: 'Green thing', pictures: [along({ green: 1, red: 0.1 })] },
  { sku: 'said-only', title: 'Crimson shirt', textVector: along({ red: 1, shirt: 0.8 }) },
  { sku: 'nothing', title: 'Shirt' },
];

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add(products);
});
afterAll(() => shop.close());

const resultOf = (page: SearchPage, sku: string) => page.results[shop.skus(page).indexOf(sku)];

describe('why a product is where it is', () => {
  it('adds up: words, and nearness as far as it counts, make the order', async () => {
    for (const [terms, words] of [
      [[text('red shirt')], 'AUTO'],
      [[text('red shirt')], 'OFF'],
      [[text('shirt'), picture(along({ blue: 1 }), 0.5)], 'AUTO'],
      [[picture(along({ blue: 1, shirt: 1 }))], 'AUTO'],
      [[like('red-shoe'), text('shoe', -0.4)], 'OFF'],
    ] as const) {
      const page = await shop.search({ terms, words });
      expect(page.results).toHaveLength(products.length);
      // Of two with the same words the nearer one is first; of two as near the one whose words count more.
      for (const [index, { why }] of page.results.entries()) {
        const [own, other] = [page.results[index], page.results[index + 1]];
        const next = other?.why;
        // What is compared by its text stands behind what is compared by its picture, where one was asked for.
        if (next === undefined || own?.imageId === null || other?.imageId === null) continue;
        if (why.vectorScore === null || next.vectorScore === null) continue;
        const isBehind = why.vectorScore < next.vectorScore && why.wordScore <= next.wordScore;
        expect(isBehind, `${shop.skus(page)[index]} before ${shop.skus(page)[index + 1]}`).toBe(false);
      }
    }
  });

  it('says by how many standard deviations a picture is more similar than an arbitrary one', async () => {
    const { model } = await shop.deps.activeModel();
    const { mean, standardDeviation } = model.statistics.TEXT_IMAGE ?? { mean: Number.NaN, standardDeviation: 1 };
    for (const { similarity, why } of (await shop.search({ terms: [text('red')], words: 'OFF' })).results) {
      if (similarity === null) expect(why.vectorScore).toBeNull();
      else expect(why.vectorScore).toBeCloseTo((similarity - mean) / standardDeviation, 6);
    }
  });

  it('counts the words that match, the rarer the more, and knows a brand', async () => {
    const page = await shop.search({ terms: [text('red shirt')] });
    const scoreOf = (sku: string) => resultOf(page, sku)?.why.wordScore ?? 0;
    expect(scoreOf('red-shirt')).toBeGreaterThan(scoreOf('blue-shirt') + scoreOf('green'));
    expect(scoreOf('blue-shirt')).toBeGreaterThan(0);
    expect(resultOf(page, 'green')?.why).toMatchObject({ wordScore: 0, wordRank: null, named: false });
    const named = await shop.search({ terms: [text('red')] });
    expect(shop.skus(named)[0]).toBe('leather-bag');
    expect(resultOf(named, 'leather-bag')).toMatchObject({ relevance: 1, why: { named: true, wordRank: 1 } });
  });

  it('is by words alone what the words make', async () => {
    const page = await shop.search({ terms: [text('red shirt')], words: 'ONLY' });
    for (const { similarity, why } of page.results) {
      expect(similarity).toBeNull();
      expect(why).toMatchObject({ vectorScore: null, vectorRank: null });
    }
    expect(page.results.map(({ why }) => why.wordRank)).toEqual(page.results.map((_, index) => index + 1));
    const relevances = page.results.map(({ relevance }) => relevance);
    expect(relevances[0]).toBeGreaterThan(0.9);
    expect(relevances.at(-1)).toBeLessThan(0.8);
  });

  it('ranks by vectors and by words on their own, in whatever order the products are shown', async () => {
    for (const sort of ['RELEVANCE', 'TITLE'] as const) {
      const { results } = await shop.search({ terms: [text('red shirt')], sort, unavailable: 'SHOW' });
      const withVector = results.filter(({ why }) => why.vectorScore !== null);
      const byVector = withVector.toSorted((a, b) => (b.why.vectorScore ?? 0) - (a.why.vectorScore ?? 0));
      expect(byVector.map(({ why }) => why.vectorRank)).toEqual(byVector.map((_, index) => index + 1));
      const ranked = results.filter(({ why }) => why.wordRank !== null);
      const byWords = ranked.toSorted((a, b) => (a.why.wordRank ?? 0) - (b.why.wordRank ?? 0));
      expect(byWords.map(({ why }) => why.wordRank)).toEqual(byWords.map((_, index) => index + 1));
      const scores = byWords.map(({ why }) => why.wordScore);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(results.filter(({ why }) => why.wordScore > 0 && why.wordRank === null)).toEqual([]);
    }
  });

  it('scores products without a picture by their text', async () => {
    const page = await shop.search({ terms: [text('red')], words: 'OFF' });
    expect(resultOf(page, 'said-only')).toMatchObject({
      imageId: null,
      similarity: expect.closeTo(1 / Math.hypot(1, 0.8), 2),
    });
    expect(resultOf(page, 'nothing')).toMatchObject({ imageId: null, similarity: null, why: { vectorScore: null } });
    expect(resultOf(page, 'said-only')?.why.vectorRank).toBe(1);
  });
});

describe('what each term contributed', () => {
  it.each<[string, Partial<SearchRequest>]>([
    ['two texts', { terms: [text('red'), text('shirt', 0.4)] }],
    ['a text to steer away from', { terms: [text('red shirt'), text('shoe', -0.7)] }],
    ['a picture and a text', { terms: [picture(along({ blue: 1 })), text('shirt', 0.3)] }],
    [
      'a part of a picture',
      { terms: [picture(along({ blue: 1 }), 1, { x: 0, y: 0, width: 0.5, height: 1 }), text('red', -1)] },
    ],
    ['a misspelt text, and another', { terms: [text('leathre'), picture(along({ bag: 1 }), 0.5)] }],
    [
      'a product, a picture and two texts',
      { terms: [like('red-shoe', 0.5), picture(along({ shirt: 1 })), text('red'), text('bag', -0.2)] },
    ],
    ['nothing but what is unwanted', { terms: [text('red', -1), picture(along({ bag: 1 }), -0.5)] }],
  ])('adds up to the similarity: %s', async (_, request) => {
    const page = await shop.search(request);
    const similarities = await page.termSimilarities();
    expect(similarities).toHaveLength(page.results.length);
    page.results.forEach(({ similarity, imageId }, index) => {
      const ofTerms = similarities[index] ?? [];
      expect(ofTerms).toHaveLength(request.terms?.length ?? 0);
      if (imageId === null) expect(ofTerms.every((each) => each === null)).toBe(true);
      else
        expect(Math.abs(ofTerms.reduce<number>((sum, each) => sum + (each ?? 0), 0) - (similarity ?? 0))).toBeLessThan(
          0.002,
        );
    });
    expect(page.results.filter(({ imageId }) => imageId !== null).length).toBe(5);
  });

  it('points the way that its weight says', async () => {
    const page = await shop.search({ terms: [text('shirt'), text('red', -0.5)], words: 'OFF' });
    const [shirt, red] = (await page.termSimilarities())[shop.skus(page).indexOf('red-shirt')] ?? [];
    expect(shirt).toBeGreaterThan(0);
    expect(red).toBeLessThan(0);
  });

  it('is all of it for a single term, misspelt or not, and nothing where no vectors took part', async () => {
    for (const value of ['shirt', 'leathre']) {
      const page = await shop.search({ terms: [text(value)] });
      expect(await page.termSimilarities()).toEqual(page.results.map(({ similarity }) => [similarity]));
    }
    const words = await shop.search({ terms: [text('shirt'), text('red')], words: 'ONLY' });
    expect(await words.termSimilarities()).toEqual(words.results.map(() => [null, null]));
    const browsed = await shop.search({});
    expect(await browsed.termSimilarities()).toEqual(products.map(() => []));
  });
});

describe('the plan', () => {
  it.each<[string, Partial<SearchRequest>]>([
    ['text and words', { terms: [text('red shirt')] }],
    ['a picture and a filter', { terms: [picture(along({ blue: 1 }))], filter: { brand: { in: ['Bolt', "D'Or\\"] } } }],
    [
      'texts and pictures, cut by relevance and boosted',
      {
        terms: [text('red'), picture(along({ shirt: 1 }), -0.3)],
        minRelevance: 0.01,
        boosts: [{ filter: { brand: { in: ['Acme'] } }, by: -0.25 }],
      },
    ],
    [
      'a likeness, with pins',
      {
        terms: [like('red-shirt')],
        unlike: { kind: 'sku', sku: 'red-shirt' },
        pin: [{ kind: 'sku', sku: 'nothing' }],
      },
    ],
    ['an order', { terms: [text('red')], sort: 'PRICE_DESC', unavailable: 'SHOW' }],
    ['words alone', { terms: [text("shirt d'or")], words: 'ONLY' }],
    ['boosts alone', { boosts: [{ filter: { brand: { in: ['Red'] } }, by: 0.5 }] }],
    ['nothing', {}],
    ['an order of a filter', { sort: 'TITLE', filter: { not: { brand: { in: ['Acme'] } } } }],
  ])('has SQL that finds the same products: %s', async (_, request) => {
    const page = await shop.search(request);
    const plan = page.plan();
    const usesVectors = request.words !== 'ONLY' && (request.terms ?? []).length > 0;
    expect(plan).toMatchObject({ strategy: usesVectors ? 'EXACT' : 'NONE', milliseconds: page.milliseconds });
    expect(plan.examined).toBe(usesVectors ? null : 0);
    expect(page.results.length).toBeGreaterThan(0);
    expect(await productIds(shop.deps, plan.sql, await vectorsOf(request))).toEqual(
      page.results.map(({ productId }) => productId),
    );
  });

  it('has the number of products that satisfy the filter, where all were compared, and none of what nobody counted', async () => {
    const page = await shop.search({ terms: [text('red')], words: 'OFF', filter: { brand: { in: ['Acme'] } } });
    expect(page.plan()).toMatchObject({ candidates: 2, examined: null });
  });

  /** The vectors that the plan leaves out. */
  async function vectorsOf(request: Partial<SearchRequest>): Promise<number[][]> {
    const { model, embedder } = await shop.deps.activeModel();
    if (!request.terms?.length || request.words === 'ONLY') return [];
    const terms = request.terms.map(({ match, weight = 1 }, term) => ({ match, weight, term }));
    const { vectors } = await encodeQuery({ ...shop.deps, model, embedder }, terms, undefined);
    return [[...vectors.pictures.vector], [...vectors.texts.vector]];
  }
});

/** Runs what a plan shows, its vectors put in, and gives the products of all its statements. */
async function productIds(
  { db }: SearchShop['deps'],
  shown: string,
  [pictures = [], texts = []]: number[][],
): Promise<string[]> {
  const statements = shown
    .replaceAll(":'query_vector_2'", `'${JSON.stringify(texts)}'`)
    .replaceAll(":'query_vector'", `'${JSON.stringify(pictures)}'`)
    .split(';\n');
  const ids: string[] = [];
  for (const statement of statements) {
    const { rows } = await sql<{ product_id: string } | Pick<RankedEntries, 'products'>>`${sql.raw(statement)}`.execute(
      db,
    );
    // Options give no products; a ranking is one row, and a walk through a column one for each product.
    for (const row of rows) {
      if ('products' in row) ids.push(...productsOf(row.products).map(({ productId }) => productId));
      else if ('product_id' in row) ids.push(row.product_id);
    }
  }
  return ids;
}
