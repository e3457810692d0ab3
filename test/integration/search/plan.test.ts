import { type Compilable, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../../src/embedding-vector.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { nearestPicturesByIndex, nearestPicturesExactly } from '../../../src/search/nearest/neighbour-statements.ts';
import { encodeQuery } from '../../../src/search/query/query-vector.ts';
import { vectorScoring } from '../../../src/search/query/scoring.ts';
import { rankProducts } from '../../../src/search/ranking/rank-products.ts';
import type { RankedEntries } from '../../../src/search/ranking/ranking-statements.ts';
import { productsOf } from '../../../src/search/ranking/window-entry.ts';
import { EXACT_LIMIT } from '../../../src/search/request/limits.ts';
import { AXES, along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { refreshWords } from '../../support/test-words.ts';

/** Enough for the index to be asked: more than are all compared. */
const PRODUCTS = EXACT_LIMIT + 4000;

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop();
  await addManyProducts(PRODUCTS);
  await refreshWords(shop.database.db);
  await shop.buildIndexes();
});
afterAll(() => shop.close());

const query = normalise(along({ red: 1, green: 0.3 }));
const RED = { terms: [{ match: { kind: 'text' as const, text: 'red' } }], words: 'OFF' as const };

/** Made by the database, not of the sku. */
async function idOf(sku: string): Promise<string> {
  const row = await shop.database.db
    .selectFrom('product')
    .select('id')
    .where('group_id', '=', sku)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The plan of a statement, as `explain` prints it. */
async function planOf(statement: Compilable): Promise<string> {
  const { sql: text, parameters } = statement.compile();
  const values = [...parameters];
  // One statement with the same parameters, as the program sends it: plans differ between bound and written values.
  const parts = text.split(/\$\d+/);
  const explained = sql.join(
    parts.flatMap((part, index) => (index < values.length ? [sql.raw(part), sql.val(values[index])] : [sql.raw(part)])),
    sql``,
  );
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${explained}`.execute(shop.database.db);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function statement(filtered: boolean) {
  const { model } = await shop.deps.activeModel();
  const filter: ResolvedFilter = filtered ? { availability: ['IN_STOCK'] } : {};
  return { table: model.imageTable, query, filter, limit: 250 };
}

describe('the two statements', () => {
  it.each([false, true])('use the HNSW index for the one, and never for the other; filtered: %s', async (filtered) => {
    const p = await statement(filtered);
    const index = new RegExp(`Index Scan using \\S+ on ${p.table} e`);
    const ordered = 'Order By: (embedding <=>';
    expect(await planOf(nearestPicturesByIndex(shop.database.db, p))).toMatch(index);
    expect(await planOf(nearestPicturesByIndex(shop.database.db, p))).toContain(ordered);
    expect(await planOf(nearestPicturesExactly(shop.database.db, p))).not.toContain(ordered);
  });
});

describe('the plan of a search', () => {
  it('asks the index where many products match, and finds what comparing all finds', async () => {
    const page = await shop.search({ ...RED, filter: { availability: ['IN_STOCK'] }, first: 10 });
    expect(page.strategy).toBe('HNSW');
    expect(await page.count()).toEqual({ value: (PRODUCTS * 19) / 20, exact: true });
    const exact = await nearestPicturesExactly(shop.database.db, {
      ...(await statement(true)),
      query: normalise(along({ red: 1 })),
      limit: 10,
    }).execute();
    const found = new Set(page.results.map((result) => result.productId));
    expect(exact.filter((row) => found.has(row.product_id)).length).toBeGreaterThanOrEqual(9);
  });

  it('has SQL that finds the same products by the index, and no number that nobody counted', async () => {
    const page = await shop.search({ ...RED, filter: { availability: ['IN_STOCK'] }, unavailable: 'SHOW', first: 50 });
    const plan = page.plan();
    expect(plan).toMatchObject({ strategy: 'HNSW', candidates: null, examined: null, ways: [] });
    expect(plan.sql).toContain('hnsw.ef_search');
    // In one transaction, so that the options reach the statements behind them.
    const found = await shop.database.db.transaction().execute(async (transaction) => {
      let rows: Partial<RankedEntries>[] = [];
      for (const each of plan.sql.split(';\n')) {
        const bare = each.replaceAll(":'query_vector'", `'${JSON.stringify(along({ red: 1 }))}'`);
        ({ rows } = await sql<Partial<RankedEntries>>`${sql.raw(bare)}`.execute(transaction));
      }
      return productsOf(rows[0]?.products ?? '[]').map(({ productId }) => productId);
    });
    expect(found.slice(0, 50)).toEqual(page.results.map(({ productId }) => productId));
  });

  it('tells every statement with the options that it ran with, so that they find the same between begin and commit', async () => {
    const page = await shop.search({ ...RED, filter: { availability: ['IN_STOCK'] }, unavailable: 'SHOW', first: 50 });
    const { stages, statements } = page.plan();
    expect(stages.map(({ name }) => name)).toEqual(['FILTER', 'VECTORS', 'RANKING', 'PAGE']);
    expect(statements.every(({ stage }) => stage === 'RANKING')).toBe(true);
    expect(statements.filter(({ sql: text }) => text.includes('hnsw.ef_search'))).toHaveLength(1);
    const found = await shop.database.db.transaction().execute(async (transaction) => {
      let rows: Partial<RankedEntries>[] = [];
      for (const { sql: text } of statements) {
        const vector = /^\\set query_vector '(.*)'\n/.exec(text)?.[1] ?? '';
        const bare = text.replaceAll(/^\\set .*\n/gm, '').replaceAll(":'query_vector'", `'${vector}'`);
        ({ rows } = await sql<Partial<RankedEntries>>`${sql.raw(bare)}`.execute(transaction));
      }
      return productsOf(rows[0]?.products ?? '[]').map(({ productId }) => productId);
    });
    // The last one ranks what those before it have found.
    expect(found.slice(0, 50)).toEqual(page.results.map(({ productId }) => productId));
  });

  it('finds by the index what comparing all finds, boosted, pinned and page by page', async () => {
    const boosts = [
      { filter: { attributes: [{ name: 'one of', in: ['b10'] }] }, by: 0.4 },
      { filter: { availability: ['OUT_OF_STOCK' as const] }, by: -0.2 },
    ];
    const pin = await Promise.all(['S17', 'S4000'].map(async (sku) => ({ kind: 'id' as const, id: await idOf(sku) })));
    const request = { ...RED, boosts, pin, unavailable: 'SHOW' as const, first: 100 };
    const page = await shop.search(request);
    expect(page.strategy).toBe('HNSW');
    // What comes behind nothing is found by comparing all.
    const { model, embedder } = await shop.deps.activeModel();
    const terms = [{ match: { kind: 'text' as const, text: 'red' }, weight: 1, term: 0 }];
    const { vectors, parts } = await encodeQuery({ ...shop.deps, model, embedder }, terms, undefined);
    const exact = await rankProducts(shop.database.db, {
      filter: {},
      query: { vectors, words: null, scoring: vectorScoring(parts, model.statistics, null) },
      model,
      boosts,
      minRelevance: 0,
      duplicateDistance: undefined,
      sort: 'RELEVANCE',
      unavailable: 'SHOW',
      collapse: 'PRODUCT',
      pinned: pin.map(({ id }) => id),
      wanted: 100,
      exactLimit: EXACT_LIMIT,
    }).more({ excluded: [], limit: 98 });
    const found = page.results.map(({ productId }) => productId);
    expect(found.slice(0, 2)).toEqual(pin.map(({ id }) => id));
    const inBoth = exact.filter(({ productId }) => found.includes(productId)).length;
    expect(inBoth).toBeGreaterThanOrEqual(94);
    // Behind the frozen window everything is compared.
    const pages = [found];
    for (let next = page; pages.length < 5; ) {
      next = await shop.search({ ...request, after: next.results.at(-1)?.cursor ?? '' });
      pages.push(next.results.map(({ productId }) => productId));
    }
    expect(new Set(pages.flat()).size).toBe(500);
  });

  it('takes any number of products to choose a varied page from', async () => {
    for (const candidates of [201, 333, 500]) {
      const page = await shop.search({ ...RED, unavailable: 'SHOW', first: 30, diversify: { candidates } });
      expect(page.strategy).toBe('HNSW');
      expect(page.results).toHaveLength(30);
    }
  });

  // Of the products near "red" a tenth have the one word, and all have the other.
  it.each<[string, number, 'all compared' | 'by the index' | 'not at all']>([
    ['red b10', 0, 'all compared'],
    ['red thing', 0.01, 'by the index'],
    // The nearest all have the word, so others need not be looked for; a boost may change that.
    ['red thing', 0, 'not at all'],
  ])(
    'finds those with words, which many have, as comparing all does: %s; boosted by %d; looked for %s',
    async (text, by, how) => {
      const { searchProducts } = await import('../../../src/search/search-products.ts');
      const boosts = by === 0 ? [] : [{ filter: { availability: ['IN_STOCK' as const] }, by }];
      const terms = [{ match: { kind: 'text' as const, text } }];
      const request = { terms, boosts, unavailable: 'SHOW' as const, first: 100 };
      const page = await searchProducts({ ...shop.deps, exactLimit: PRODUCTS - 1 }, request);
      const all = await searchProducts({ ...shop.deps, exactLimit: PRODUCTS }, request);
      expect([page.strategy, all.strategy]).toEqual(['HNSW', 'EXACT']);
      const found = new Set(page.results.map(({ productId }) => productId));
      expect(found.size).toBe(100);
      expect(all.results.filter(({ productId }) => found.has(productId)).length).toBeGreaterThanOrEqual(94);
      expect(page.results.filter(({ why }) => why.wordScore > 0).length).toBeGreaterThan(50);
      const { statements } = page.plan();
      const comparing = statements.filter(({ sql: each }) => each.startsWith('\\set'));
      const scans = comparing.filter(({ sql: each }) => each.includes('"nearest" as') && each.includes('@@'));
      const counts = comparing.filter(({ sql: each }) => each.includes('counted as materialized'));
      expect([scans.length > 0, counts.length > 0]).toEqual([how === 'by the index', how !== 'not at all']);
    },
  );

  it('compares all where few match', async () => {
    const page = await shop.search({ ...RED, filter: { attributes: [{ name: 'one of', in: ['b1000'] }] }, first: 100 });
    expect(page.plan()).toMatchObject({ strategy: 'EXACT', candidates: 24 });
    expect(page.results).toHaveLength(24);
  });

  it('compares all while there is no index', async () => {
    const { model, embedder } = await shop.deps.activeModel();
    const deps = { ...shop.deps, activeModel: async () => ({ model: { ...model, indexed: false }, embedder }) };
    const { searchProducts } = await import('../../../src/search/search-products.ts');
    expect((await searchProducts(deps, RED)).strategy).toBe('EXACT');
  });

  it.each(['b1', 'b10', 'b1000', 'b5000', 'none'])('fills the page with the products of brand %s', async (brand) => {
    const matching = brand === 'none' ? 0 : PRODUCTS / Number(brand.slice(1));
    const page = await shop.search({ ...RED, filter: { attributes: [{ name: 'one of', in: [brand] }] }, first: 100 });
    expect(page.results.length).toBe(Math.min(100, Math.ceil(matching)));
  });
});

/**
 * Products with a picture each that points anywhere, made by the database, since so many rows would take long to send. Every n-th one has the value `bn` of the
 * attribute "one of", for some n. The words of a query are not all of the title: what is called so is always looked for.
 */
async function addManyProducts(count: number): Promise<void> {
  const { db } = shop.database;
  const { model } = await shop.deps.activeModel();
  await db.transaction().execute(async (transaction) => {
    await sql`select setseed(0.31337)`.execute(transaction);
    await sql`
      insert into product (id, group_id, title, availability, attributes, content_hash)
      select md5(n::text)::uuid, 'S' || n, 'Useful thing',
        case when n % 20 = 0 then 'OUT_OF_STOCK' else 'IN_STOCK' end,
        jsonb_build_object('one of', array(select 'b' || every from unnest(array[1, 10, 1000, 5000]) as every where n % every = 0)),
        'x'
      from generate_series(0, ${count}::integer - 1) as n`.execute(transaction);
    await sql`
      insert into product_image (product_id, id, position, source, state)
      select id, md5(group_id)::uuid, 0, '0', 'READY' from product`.execute(transaction);
    await sql`
      insert into ${sql.table(model.imageTable)} (product_id, image_id, embedding)
      select product_id, id, l2_normalize(array(
        select random() - 0.5 from generate_series(1, ${AXES.length}::integer) where product_id is not null)::vector::halfvec)
      from product_image`.execute(transaction);
  });
}
