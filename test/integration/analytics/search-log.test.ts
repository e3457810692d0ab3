import { sql } from 'kysely';
import { type Logger, pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { productId } from '../../../src/identifiers.ts';
import type { SearchRecord } from '../../../src/search/log/logged-search.ts';
import { createSearchLog } from '../../../src/search/log/search-log.ts';
import type { SearchRequest } from '../../../src/search/request/search-request.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { storeQuery } from '../../../src/search/store-query.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { recordInto } from '../../support/sql-parity.ts';

let shop: SearchShop;
let logged: { level: number; msg: string; dropped?: number }[];
let logger: Logger;

beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add([
    { sku: 'red-shirt', title: 'Red shirt', brand: 'Acme', pictures: [along({ red: 1, shirt: 1 })], price: '10' },
    { sku: 'blue-shoe', title: 'Blue shoe', pictures: [along({ blue: 1, shoe: 1 })], price: '20' },
    { sku: 'red-bag', title: 'Red bag', textVector: along({ red: 1, bag: 1 }) },
  ]);
});
afterAll(() => shop.close());

beforeEach(async () => {
  await shop.deps.db.deleteFrom('search').execute();
  logged = [];
  logger = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) });
});

const text = (value: string, weight = 1) => ({ match: { kind: 'text' as const, text: value }, weight });
const PICTURE = new TextEncoder().encode(JSON.stringify(along({ red: 1 })));

/** Searches as a shop with a log does, and closes the log. */
async function searchAndLog(...requests: Partial<SearchRequest>[]): Promise<void> {
  const log = createSearchLog(shop.deps.db, { days: 7, logger });
  for (const request of requests) await searchProducts({ ...shop.deps, record: log.record }, { terms: [], ...request });
  await log.close();
}

/** What a search tells the log. */
async function recordOf(request: Partial<SearchRequest>): Promise<SearchRecord> {
  const records: SearchRecord[] = [];
  await searchProducts({ ...shop.deps, record: recordInto(records) }, { terms: [], ...request });
  const [record] = records;
  if (record === undefined) throw new Error('expected the search to be recorded');
  return record;
}

async function rows<Row = Record<string, unknown>>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(shop.deps.db)).rows;
}
const searches = () => rows(sql`select * from analytics.search order by created_at`);
const count = async () => (await rows(sql<{ id: string }>`select id from search`)).length;

describe('the log of searches', () => {
  it('has a row for the first page of a search and none for later pages', async () => {
    const { results } = await shop.search({ terms: [text('red')], first: 1 });
    await searchAndLog(
      { terms: [text('red')], first: 1 },
      { terms: [text('red')], first: 1, after: results[0]?.cursor as string },
    );
    const [search, ...others] = await searches();
    expect(others).toEqual([]);
    expect(search).toMatchObject({
      query_text: 'red',
      terms: [{ text: 'red', weight: 1 }],
      filter: {},
      options: {},
      sort: 'RELEVANCE',
      word_matching: 'AUTO',
      is_browse: false,
      model_name: 'axes',
      strategy: 'EXACT',
      candidates: 3,
      result_count: 1,
      match_quality: expect.stringMatching(/^(STRONG|WEAK|NONE)$/),
      best_relevance: expect.any(Number),
      milliseconds: expect.any(Number),
    });
  });

  it('says what was looked for, narrowed and asked for beside it', async () => {
    await searchAndLog({
      terms: [
        text('red shirt', 0.5),
        text('blue', -1),
        { match: { kind: 'product', product: { kind: 'sku', sku: 'red-shirt' } } },
      ],
      words: 'OFF',
      filter: { brand: { in: ['Acme'] }, updatedAt: { from: new Date('2026-01-01T00:00:00Z') } },
      minRelevance: 0.25,
      unavailable: 'HIDE',
      sort: 'PRICE_ASC',
      exclude: [{ kind: 'sku', sku: 'red-bag' }],
    });
    const [search] = await searches();
    expect(search).toMatchObject({
      query_text: 'red shirt',
      terms: [
        { text: 'red shirt', weight: 0.5 },
        { text: 'blue', weight: -1 },
        { product: { sku: 'red-shirt' }, weight: 1 },
      ],
      filter: { brand: { in: ['Acme'] }, updatedAt: { from: '2026-01-01T00:00:00.000Z' } },
      options: { minRelevance: 0.25, unavailable: 'HIDE', exclude: [{ kind: 'sku', sku: 'red-bag' }] },
      sort: 'PRICE_ASC',
      word_matching: 'OFF',
    });
  });

  it('keeps no picture, only where it came from', async () => {
    const source = { kind: 'bytes' as const, bytes: PICTURE };
    const region = { x: 0, y: 0.5, width: 1, height: 0.5 };
    await searchAndLog({ terms: [{ match: { kind: 'image', source, region } }] });
    const [row] = await rows(sql<{ terms: unknown }>`select terms, query_text from analytics.search`);
    expect(row).toEqual({ terms: [{ picture: 'bytes', region, weight: 1 }], query_text: null });
  });

  it('tells a browsed filter and a search by words alone, which have no vectors', async () => {
    await searchAndLog({ filter: { brand: { in: ['Acme'] } } }, { terms: [text('shoe')], words: 'ONLY' });
    const [browsed, worded] = await searches();
    expect(browsed).toMatchObject({
      is_browse: true,
      sort: 'NEWEST',
      strategy: 'NONE',
      model_id: null,
      result_count: 1,
    });
    expect(worded).toMatchObject({ is_browse: false, word_matching: 'ONLY', strategy: 'NONE', model_id: null });
  });

  it('writes down a search that found nothing', async () => {
    await searchAndLog({ terms: [text('red')], filter: { brand: { in: ['Nobody'] } } });
    const [search] = await searches();
    expect(search).toMatchObject({ result_count: 0, candidates: 0, best_relevance: null, match_quality: 'NONE' });
  });

  it('sums up each day, browsed filters aside', async () => {
    await searchAndLog({ terms: [text('red')] }, { terms: [text('red')], filter: { brand: { in: ['Nobody'] } } }, {});
    const days = await rows(sql`
      select searches, browses, searches_without_match, share_without_match, median_milliseconds <= p95_milliseconds as ordered
      from analytics.search_day`);
    expect(days).toEqual([
      { searches: 2, browses: 1, searches_without_match: 1, share_without_match: 0.5, ordered: true },
    ]);
  });

  it('writes about once a second by itself, before it is closed', async () => {
    const log = createSearchLog(shop.deps.db, { days: 7, logger });
    log.record(await recordOf({ terms: [text('red')] }));
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
    await log.close();
    expect(await count()).toBe(1);
  });

  it('writes thousands at once, and drops the oldest of what it cannot hold, and says so', async () => {
    const log = createSearchLog(shop.deps.db, { days: 7, logger });
    const record = await recordOf({ terms: [text('red')] });
    for (let number = 0; number < 2100; number++) log.record({ ...record, milliseconds: number });
    await log.close();
    expect(await rows(sql`select count(*) as rows, min(milliseconds) as first from search`)).toEqual([
      { rows: 2000, first: 100 },
    ]);
    expect(logged).toMatchObject([{ msg: 'searches are missing from the log', dropped: 100 }]);
  });

  it('records nothing with 0 days', async () => {
    const log = createSearchLog(shop.deps.db, { days: 0, logger });
    log.record(await recordOf({ terms: [text('red')] }));
    await log.close();
    expect(await count()).toBe(0);
  });

  it('fails no search where a record cannot be written down, and writes the others', async () => {
    const log = createSearchLog(shop.deps.db, { days: 7, logger });
    const record = await recordOf({ terms: [text('red')] });
    log.record({ ...record, request: { ...record.request, minRelevance: 1n as unknown as number } });
    log.record(record);
    await log.close();
    expect(await count()).toBe(1);
    expect(logged).toMatchObject([{ level: 50, msg: 'a search could not be written down' }]);
  });

  it('keeps what it has while the database is away, and gives up what the database refuses', async () => {
    const record = await recordOf({ terms: [text('red')] });
    const failing = { problem: undefined as AppError | undefined };
    const db = shop.deps.db.withPlugin({
      transformQuery({ node }) {
        if (failing.problem !== undefined) throw failing.problem;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const log = createSearchLog(db, { days: 7, logger });
    failing.problem = new AppError('DATABASE_UNAVAILABLE', 'the database is away');
    log.record(record);
    await expect.poll(() => logged.length, { timeout: 20_000 }).toBeGreaterThan(0);
    failing.problem = undefined;
    await expect.poll(count, { timeout: 20_000 }).toBe(1);

    log.record({ ...record, matchQuality: 'PERFECT' as 'STRONG' });
    await log.close();
    expect(await count()).toBe(1);
    expect(logged.map(({ msg }) => msg)).toContain('searches are missing from the log');
  });
});

describe('old searches', () => {
  async function age(days: number): Promise<void> {
    await sql`update search set created_at = now() - make_interval(days => ${days}::integer, mins => 1)`.execute(
      shop.deps.db,
    );
  }

  it('are deleted after their days, younger ones are not', async () => {
    await searchAndLog({ terms: [text('red')] }, { terms: [text('blue')] });
    await age(7);
    await searchAndLog({ terms: [text('green')] });
    const log = createSearchLog(shop.deps.db, { days: 7, logger });
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
    await log.close();
    expect(await searches()).toMatchObject([{ query_text: 'green' }]);
  });

  it('are all deleted with 0 days, but queries that were stored stay for a day', async () => {
    await storeQuery(shop.deps, { terms: [text('red')] });
    await searchAndLog({ terms: [text('blue')] });
    const log = createSearchLog(shop.deps.db, { days: 0, logger });
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
    await log.close();
    expect(await rows(sql`select terms from analytics.stored_query`)).toEqual([
      { terms: [{ text: 'red', weight: 1 }] },
    ]);
    await age(1);
    const later = createSearchLog(shop.deps.db, { days: 0, logger });
    await expect.poll(count, { timeout: 20_000 }).toBe(0);
    await later.close();
  });
});

describe('a stored query', () => {
  it('is no search, and asks in SQL what the search would', async () => {
    const id = await storeQuery(shop.deps, { terms: [text('red shirt')] });
    expect(await searches()).toEqual([]);
    const found = await rows(sql<{ product_id: string }>`select product_id from analytics.search_products(${id})`);
    const page = await shop.search({ terms: [text('red shirt')] });
    expect(found.map(({ product_id }) => product_id)).toEqual(page.results.map((result) => result.productId));
    expect(found[0]?.product_id).toBe(productId('red-shirt'));
  });

  it('needs something to look for', async () => {
    await expect(storeQuery(shop.deps, { terms: [] })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'terms: expected at least one: words, a picture or a product, found []',
    });
  });
});
