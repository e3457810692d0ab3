import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/server.ts';
import { testDatabaseKind } from '../support/database.ts';
import { graphqlClient } from '../support/graphql-client.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { fillSmallShop } from '../support/small-shop.ts';

// Sixteen products: shirt, dress, sandal, handbag in red, blue, green and black; black ones are OUT_OF_STOCK, red and green ones are of Acme.
let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
  await fillSmallShop(server);
});

afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const SEARCH = `query Search($input: ProductSearchInput!, $first: Int! = 100, $after: String) {
  searchProducts(input: $input, first: $first, after: $after) {
    edges {
      cursor relevance similarity node { sku: groupId availability variants { price { amount } } brand }
      why { vectorRank wordRank vectorScore wordScore named termSimilarities boost pinned }
    }
    pageInfo { hasNextPage endCursor }
    totalCount { value exact }
    matchQuality
    facets(fields: [{ builtIn: CATEGORY }, { builtIn: BRAND }, { builtIn: PRICE }, { builtIn: AVAILABILITY }, { attribute: "color" }]) {
      field exact range { min max } values { value count category { path } }
    }
    plan { strategy candidates examined milliseconds sql }
  }
}`;

interface Edge {
  readonly cursor: string;
  readonly relevance: number;
  readonly similarity: number | null;
  readonly node: { sku: string; availability: string; variants: { price: { amount: string } }[]; brand: string };
  readonly why: {
    vectorRank: number | null;
    wordRank: number | null;
    vectorScore: number | null;
    wordScore: number;
    named: boolean;
    termSimilarities: (number | null)[];
    boost: number;
    pinned: boolean;
  };
}

async function search(input: object, page: { first?: number; after?: string } = {}) {
  const { searchProducts } = await server.data(SEARCH, { input, ...page });
  return searchProducts as typeof searchProducts & { edges: Edge[] };
}

const skusOf = ({ edges }: { edges: readonly Edge[] }) => edges.map(({ node }) => node.sku);
const skus = async (input: object) => skusOf(await search(input));
const text = (words: string, weight = 1) => ({ match: { text: words }, weight });
const ofKind = (kind: string) => (sku: string) => sku.endsWith(kind);
const ofColor = (color: string) => (sku: string) => sku.startsWith(color);

/** A facet as `value count` in the order given. */
const valuesOf = (page: { facets: { field: string; values: { value: string; count: number }[] }[] }, field: string) =>
  page.facets.find((facet) => facet.field === field)?.values.map(({ value, count }) => `${value} ${count}`);

describe('relevance', () => {
  it('goes with the order by words, then by vectors, and says what matches', async () => {
    const { edges, matchQuality } = await search({ terms: [text('red dress')], unavailable: 'SHOW' });
    const byWords = edges.map(({ why }: Edge) => why.wordScore);
    expect(Math.max(...byWords)).toBe(byWords[0]);
    for (const [index, { why }] of (edges as Edge[]).entries()) {
      for (const { why: later } of (edges as Edge[]).slice(index + 1)) {
        // Vectors count for no more than 1, and tell apart what is alike by words.
        expect(later.wordScore - why.wordScore).toBeLessThanOrEqual(1);
        if (later.wordScore === why.wordScore) expect(later.vectorScore).toBeLessThanOrEqual(why.vectorScore ?? 0);
      }
    }
    expect(edges[0]).toMatchObject({ node: { sku: 'red-dress' }, why: { vectorRank: 1, wordRank: 1 } });
    expect(edges[0].relevance).toBe(Math.max(...edges.map(({ relevance }: Edge) => relevance)));
    expect(matchQuality).toBe(edges[0].relevance < 0.5 ? 'NONE' : edges[0].relevance < 0.8 ? 'WEAK' : 'STRONG');
    expect(new Set(edges.map(({ why }: Edge) => why.vectorRank)).size).toBe(16);
  });

  it('is sure of a title and a brand', async () => {
    const byTitle = await search({ terms: [text('a green handbag')] });
    expect(byTitle).toMatchObject({ matchQuality: 'STRONG' });
    expect(byTitle.edges[0]).toMatchObject({ node: { sku: 'green-handbag' }, relevance: 1, why: { named: true } });
    // A sku without digits is words like others.
    const bySku = await search({ terms: [text('green-handbag')] });
    expect(bySku).toMatchObject({ matchQuality: 'STRONG' });
    expect(skusOf(bySku)[0]).toBe('green-handbag');
    const byBrand = await search({ terms: [text('zenith')], minRelevance: 1, unavailable: 'SHOW' });
    expect(byBrand.edges.map(({ node }: Edge) => node.brand)).toEqual(Array(8).fill('Zenith'));
  });

  it('says that nothing matches, and shows the nearest', async () => {
    const page = await search({ terms: [text('qwxzvk')] });
    expect(page.matchQuality).toBe('NONE');
    expect(page.edges).toHaveLength(16);
  });

  it('is 1 where nothing was asked for', async () => {
    const { edges, matchQuality } = await search({});
    expect(matchQuality).toBe('STRONG');
    expect(new Set(edges.map(({ relevance }: Edge) => relevance))).toEqual(new Set([1]));
  });

  it('cuts: results, counts and facets', async () => {
    const terms = [text('red dress')];
    const whole = await search({ terms });
    const least = whole.edges[3].relevance;
    const above = whole.edges.filter(({ relevance }: Edge) => relevance >= least);
    const page = await search({ terms, minRelevance: least });
    expect(skusOf(page)).toEqual(skusOf({ edges: above }));
    expect(page.totalCount).toEqual({ value: above.length, exact: true });
    const brands = valuesOf(page, 'BRAND')?.map((value) => Number(value.split(' ')[1])) ?? [];
    expect(brands.reduce((sum, count) => sum + count, 0)).toBe(above.length);
  });
});

describe('why', () => {
  it('adds up: the terms to the similarity', async () => {
    const like = { match: { product: { sku: 'red-dress' } }, weight: 0.5 };
    const { edges } = await search({ terms: [text('blue'), like, text('sandal', -0.3)], words: 'OFF' });
    for (const { similarity, why } of edges) {
      expect(why.termSimilarities).toHaveLength(3);
      const sum = why.termSimilarities.reduce((total: number, each: number | null) => total + (each ?? Number.NaN), 0);
      expect(sum).toBeCloseTo(similarity, 2);
    }
  });

  it('has no vectors for words alone', async () => {
    const { edges } = await search({ terms: [text('red dress')], words: 'ONLY' });
    expect(edges[0]).toMatchObject({
      node: { sku: 'red-dress' },
      similarity: null,
      why: { vectorRank: null, vectorScore: null, wordRank: 1, termSimilarities: [null] },
    });
  });
});

describe('what cannot be bought', () => {
  it('comes last unless told otherwise', async () => {
    const terms = [text('black dress')];
    const last = await search({ terms });
    expect(skusOf(last).slice(12).every(ofColor('black'))).toBe(true);
    const shown = await search({ terms, unavailable: 'SHOW' });
    expect(skusOf(shown)[0]).toBe('black-dress');
    // It is the best match, wherever it stands.
    expect(last.matchQuality).toBe(shown.matchQuality);
  });

  it('is left out of everything when it is hidden, its own counts included', async () => {
    const page = await search({ terms: [text('dress')], unavailable: 'HIDE' });
    expect(skusOf(page).some(ofColor('black'))).toBe(false);
    expect(page.totalCount).toEqual({ value: 12, exact: true });
    expect(valuesOf(page, 'BRAND')).toEqual(['Acme 8', 'Zenith 4']);
    expect(valuesOf(page, 'AVAILABILITY')).toEqual(['IN_STOCK 12']);
  });
});

describe('the order', () => {
  const PRICE = ({ node }: Edge) => Number(node.variants[0]?.price.amount);

  it.each([
    ['PRICE_ASC', [], (a: Edge, b: Edge) => PRICE(a) - PRICE(b)],
    ['PRICE_DESC', [], (a: Edge, b: Edge) => PRICE(b) - PRICE(a)],
    ['PRICE_ASC', [text('red')], (a: Edge, b: Edge) => PRICE(a) - PRICE(b)],
    ['TITLE', [], (a: Edge, b: Edge) => (a.node.sku < b.node.sku ? -1 : 1)],
  ])('is by %s', async (sort, terms, compare) => {
    const { edges } = await search({ sort, terms, unavailable: 'SHOW' });
    expect(edges).toHaveLength(16);
    expect(edges).toEqual(edges.toSorted(compare));
    const lastOut = await search({ sort, terms });
    expect(lastOut.edges.slice(0, 12)).toEqual(lastOut.edges.slice(0, 12).toSorted(compare));
    expect(skusOf(lastOut).slice(12).every(ofColor('black'))).toBe(true);
  });

  it('without terms is the newest first', async () => {
    expect(await skus({ sort: 'NEWEST' })).toEqual(await skus({}));
  });

  it('raises and lowers what boosts say, and says so', async () => {
    const terms = [text('shirt')];
    const boosts = [
      { filter: { brand: { in: ['Zenith'] } }, by: 1 },
      { filter: { attributes: [{ name: 'color', in: ['blue'] }] }, by: -0.25 },
    ];
    const plain = await search({ terms, unavailable: 'SHOW' });
    const boosted = await search({ terms, boosts, unavailable: 'SHOW' });
    const boostOf = Object.fromEntries(boosted.edges.map(({ node, why }: Edge) => [node.sku, why.boost]));
    expect(boostOf).toMatchObject({ 'black-shirt': 1, 'blue-shirt': 0.75, 'red-shirt': 0, 'green-dress': 0 });
    // How well products match counts for no more than 1, and decides among those with the same boost.
    const boostsInOrder = boosted.edges.map(({ why }: Edge) => why.boost);
    for (const [index, boost] of boostsInOrder.entries()) {
      expect(Math.max(...boostsInOrder.slice(index))).toBeLessThanOrEqual(boost + 1);
      const alike = (sku: string) => boostOf[sku] === boost;
      expect(skusOf(boosted).filter(alike)).toEqual(skusOf(plain).filter(alike));
    }
    expect(skusOf(boosted)[0]).toBe('black-shirt');
    expect(skusOf(boosted)).not.toEqual(skusOf(plain));
    const relevanceOf = ({ edges }: { edges: Edge[] }) =>
      Object.fromEntries(edges.map(({ node, relevance }) => [node.sku, relevance]));
    expect(relevanceOf(boosted)).toEqual(relevanceOf(plain));
    expect(boosted.matchQuality).toBe(plain.matchQuality);
  });

  it('pins what satisfies the filter in the order given, and leaves out what is excluded', async () => {
    const page = await search({
      terms: [text('red shirt')],
      filter: { attributes: [{ name: 'color', notIn: ['green'] }] },
      pin: [{ sku: 'black-handbag' }, { sku: 'green-dress' }, { sku: 'no-such' }, { sku: 'blue-sandal' }],
      exclude: [{ sku: 'red-shirt' }],
      minRelevance: 0.01,
    });
    expect(skusOf(page).slice(0, 2)).toEqual(['black-handbag', 'blue-sandal']);
    expect(page.edges.map(({ why }: Edge) => why.pinned)).toEqual(page.edges.map((_: Edge, i: number) => i < 2));
    expect(skusOf(page)).not.toContain('red-shirt');
    expect(skusOf(page).some(ofColor('green'))).toBe(false);
    expect(new Set(skusOf(page)).size).toBe(page.edges.length);
  });

  it('varies the first page when told to', async () => {
    const terms = [text('shirt')];
    const near = await search({ terms, unavailable: 'SHOW' }, { first: 4 });
    expect(skusOf(near).every(ofKind('shirt'))).toBe(true);
    const diversify = { strength: 0.9, candidates: 16 };
    const varied = await search({ terms, diversify, unavailable: 'SHOW' }, { first: 4 });
    expect(skusOf(varied)[0]).toBe(skusOf(near)[0]);
    expect(new Set(skusOf(varied).map((sku) => sku.split('-')[1])).size).toBeGreaterThan(1);
    expect(varied.totalCount).toEqual(near.totalCount);
  });
});

describe('counts', () => {
  it('are over the whole result, and no field narrows itself', async () => {
    const page = await search(
      {
        terms: [text('something red')],
        filter: {
          category: { in: [{ path: ['Apparel'] }] },
          brand: { in: ['Acme'] },
          attributes: [
            { name: 'size', in: ['M'] },
            { name: 'color', in: ['red'] },
          ],
        },
      },
      { first: 1 },
    );
    expect(page.totalCount).toEqual({ value: 2, exact: true });
    expect(valuesOf(page, 'CATEGORY')).toEqual([
      'Apparel 2',
      'Accessories 1',
      'Accessories > Bags 1',
      'Apparel > Dress 1',
      'Apparel > Topwear 1',
      'Apparel > Topwear > Shirts 1',
      'Footwear 1',
      'Footwear > Sandal 1',
    ]);
    expect(valuesOf(page, 'BRAND')).toEqual(['Acme 2']);
    expect(valuesOf(page, 'color')).toEqual(['green 2', 'red 2']);
    expect(page.facets[2]).toEqual({
      field: 'PRICE',
      values: [],
      range: { min: '0.50', max: '100.50' },
      exact: true,
    });
    const [apparel] = page.facets[0].values;
    expect(apparel.category).toEqual({ path: ['Apparel'] });
    expect(page.facets[1].values[0].category).toBeNull();
  });

  it('are the same on every page', async () => {
    const input = { terms: [text('blue')], minRelevance: 0.001 };
    const first = await search(input, { first: 3 });
    let { pageInfo } = first;
    let pages = 1;
    while (pageInfo.hasNextPage) {
      const page = await search(input, { first: 3, after: pageInfo.endCursor });
      expect(page.totalCount).toEqual(first.totalCount);
      expect(page.facets).toEqual(first.facets);
      expect(page.matchQuality).toBe(first.matchQuality);
      pageInfo = page.pageInfo;
      pages++;
    }
    expect(pages).toBe(Math.ceil(first.totalCount.value / 3));
  });
});

describe('plan', () => {
  const QUERY =
    '{ searchProducts(input: { terms: [{ match: { text: "red" } }] }) { plan { strategy candidates examined sql } } }';

  it('tells how a search was carried out where the shop explains, and is null where it does not', async () => {
    const logger = pino({ level: 'silent' });
    for (const explain of [true, false]) {
      const other = await createServer({ ...server.shop, explain, logger });
      try {
        const client = graphqlClient(await other.listen({ host: '127.0.0.1', port: 0 }));
        const { plan } = (await client.data(QUERY)).searchProducts;
        if (explain) expect(plan).toMatchObject({ strategy: 'EXACT', candidates: 16, examined: null });
        else expect(plan).toBeNull();
      } finally {
        await other.close();
      }
    }
  });

  it('is shown by default on the embedded database alone', async () => {
    const { plan } = (await server.data(QUERY)).searchProducts;
    expect(plan !== null).toBe(testDatabaseKind() === 'embedded');
  });
});
