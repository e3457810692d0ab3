import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCAN_OPTIONS } from '../../../src/database/session-settings.ts';
import { productId } from '../../../src/identifiers.ts';
import { EXACT_LIMIT } from '../../../src/search/request/limits.ts';
import type { SearchTerm, UnavailableProducts, WordMatching } from '../../../src/search/request/search-request.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { draws } from '../../support/draws.ts';
import { AXES, openSearchShop, type SearchShop, type ShopProduct } from '../../support/search-shop.ts';
import {
  comparingEverything,
  type PlainSearch,
  recallOf,
  searchBothWays,
  similarBothWays,
} from '../../support/sql-parity.ts';

/** Random searches of a small shop; a third of them for what is similar, and a tenth of a large one. */
const SEARCHES = draws(300);

const WORDS = ['red', 'blue', 'green', 'shirt', 'shoe', 'bag', 'dress', 'plain'];
const BRANDS = ['Acme', 'Zenith', 'Harbour Lane', 'Red'];
const AVAILABILITIES = ['IN_STOCK', 'IN_STOCK', 'IN_STOCK', 'OUT_OF_STOCK', 'BACKORDER'] as const;

const random = createRandom(20_261_121);
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
const sometimes = (share: number) => random() < share;
const someWords = (most: number) => Array.from({ length: 1 + below(most) }, () => pick(WORDS)).join(' ');
/** Coarse, so that different products are equally near now and then. */
const someVector = () => AXES.map((_, i) => (i === 0 ? 1 : 0) + Math.round(random() * 6 - 3) / 2 + 0.01);

/** A third have variants of up to three looks, each with pictures that show it; the first variant has the sku of its product. */
function someProduct(number: number): ShopProduct {
  const sku = `P${number}`;
  const pictures = sometimes(0.8) ? Array.from({ length: 1 + below(3) }, someVector) : undefined;
  const looks = 1 + below(3);
  const variants = Array.from({ length: looks + below(4) }, (_, place) => ({
    sku: place === 0 ? sku : `${sku}-${place}`,
    availability: pick(AVAILABILITIES),
    look: place % looks,
  }));
  return {
    sku,
    title: someWords(4),
    availability: pick(AVAILABILITIES),
    ...(sometimes(0.7) && { brand: pick(BRANDS) }),
    ...(sometimes(0.3) && { description: someWords(8) }),
    ...(pictures && { pictures }),
    ...(sometimes(0.8) && { textVector: someVector() }),
    ...(sometimes(0.3) && {
      variants,
      ...(looks > 1 && { pictureLooks: (pictures ?? []).map(() => (sometimes(0.3) ? null : [below(looks)])) }),
    }),
  };
}

function someTerm(skus: readonly string[]): SearchTerm {
  const weight = sometimes(0.5) ? 1 : Math.round(random() * 18 - 9) / 10 || 0.5;
  const kind = random();
  if (kind < 0.5) {
    const text = sometimes(0.15) ? pick([...BRANDS, ...skus]) : someWords(3);
    return { weight, match: { kind: 'text', text: sometimes(0.1) ? `${text} shrit` : text } };
  }
  if (kind < 0.8) {
    const bytes = new TextEncoder().encode(JSON.stringify(someVector()));
    return { weight, match: { kind: 'image', source: { kind: 'bytes', bytes } } };
  }
  return { weight, match: { kind: 'product', product: { kind: 'sku', sku: pick(skus) } } };
}

function someShape(skus: readonly string[]) {
  return {
    first: pick([1, 5, 24, 100]),
    unavailable: pick<UnavailableProducts>(['SHOW', 'LAST', 'LAST', 'HIDE']),
    minRelevance: sometimes(0.3) ? random() : 0,
    ...(sometimes(0.3) && { among: skus.filter(() => sometimes(0.3)).map(productId) }),
  };
}

function someSearch(skus: readonly string[]): PlainSearch {
  const terms = Array.from({ length: 1 + below(3) }, () => someTerm(skus));
  const hasText = terms.some(({ match, weight = 1 }) => match.kind === 'text' && weight > 0);
  const words = pick<WordMatching>(hasText ? ['AUTO', 'AUTO', 'OFF', 'ONLY'] : ['AUTO', 'OFF']);
  return { terms, words, ...someShape(skus) };
}

describe('a small shop, whose vectors are all compared', () => {
  let shop: SearchShop;
  const products = Array.from({ length: 400 }, (_, number) => someProduct(number));
  const skus = products.map(({ sku }) => sku);
  const searchable = products.filter(({ pictures, textVector }) => pictures ?? textVector).map(({ sku }) => sku);
  beforeAll(async () => {
    shop = await openSearchShop();
    await calibrate(shop);
    await shop.add(products);
  });
  afterAll(() => shop.close());

  it('search_products finds what searchProducts does, in the same order, for random searches', async () => {
    let found = 0;
    for (let number = 0; number < SEARCHES; number++) {
      const search = someSearch(searchable);
      const both = await searchBothWays(shop.deps, search);
      expect(both.sql, JSON.stringify(search)).toEqual(both.graphql);
      found += both.sql.length;
    }
    expect(found).toBeGreaterThan(10 * SEARCHES);
  });

  it('similar_products finds what Product.similar does, for random products', async () => {
    let found = 0;
    for (let number = 0; number < SEARCHES / 3; number++) {
      const search = { sku: pick(searchable), ...someShape(skus) };
      const both = await similarBothWays(shop.deps, search);
      expect(both.sql, JSON.stringify(search)).toEqual(both.graphql);
      found += both.sql.length;
    }
    expect(found).toBeGreaterThan((10 * SEARCHES) / 3);
  });
});

describe('a large shop, of which GraphQL looks at candidates', () => {
  let shop: SearchShop;
  const skus = Array.from({ length: EXACT_LIMIT + 2000 }, (_, number) => `S${number}`);
  beforeAll(async () => {
    shop = await openSearchShop();
    await calibrate(shop);
    await addMany(shop, skus);
    await shop.buildIndexes();
  });
  afterAll(() => shop.close());

  const someWhole = () => {
    const { among: _, ...search } = someSearch(skus);
    return search;
  };

  it('search_products finds what searchProducts finds when it compares everything, for random searches', async () => {
    for (let number = 0; number < SEARCHES / 15; number++) {
      const search = someWhole();
      const both = await searchBothWays(comparingEverything(shop.deps), search);
      expect(both.sql, JSON.stringify(search)).toEqual(both.graphql);
      expect(['EXACT', 'NONE']).toContain(both.strategy);
    }
  });

  it('similar_products finds what Product.similar finds when it compares everything, for random products', async () => {
    for (let number = 0; number < SEARCHES / 30; number++) {
      const { among: _, ...shape } = someShape([]);
      const search = { sku: pick(skus), ...shape };
      const both = await similarBothWays(comparingEverything(shop.deps), search);
      expect(both.sql, JSON.stringify(search)).toEqual(both.graphql);
    }
  });

  it('search_products is the truth by which candidates, of GraphQL and its own, are measured: in the same order, hardly any missing', async () => {
    const asked = SEARCHES / 10;
    const strategies = new Map<string, number>();
    const recall = { graphql: 0, approximate: 0 };
    for (let number = 0; number < asked; number++) {
      const search = { ...someWhole(), minRelevance: 0 };
      const context = JSON.stringify(search);
      const { sql: truth, graphql, strategy } = await searchBothWays(shop.deps, search);
      const { sql: approximate } = await searchBothWays(shop.deps, { ...search, approximate: true });
      recall.graphql += recallOf(graphql, truth, context) / Math.ceil(asked);
      recall.approximate += recallOf(approximate, truth, context) / Math.ceil(asked);
      expect(approximate, context).toHaveLength(truth.length);
      strategies.set(strategy, (strategies.get(strategy) ?? 0) + 1);
    }
    expect(strategies.get('HNSW')).toBeGreaterThan(asked / 3);
    // Seen: 0.992 and 0.996 of 60 searches.
    expect(recall.graphql).toBeGreaterThan(0.97);
    expect(recall.approximate).toBeGreaterThan(0.97);
  });
});

describe('the functions of the schema analytics that compare vectors', () => {
  it('scan indexes as the program does', async () => {
    const shop = await openSearchShop();
    try {
      const { rows } = await sql<{ name: string; settings: string[] }>`
        select proname as name, proconfig as settings from pg_proc
        where pronamespace = 'analytics'::regnamespace and proname <> 'vector_counts' order by proname`.execute(
        shop.database.db,
      );
      expect(rows.map(({ name }) => name)).toEqual(['image_neighbours', 'search_products', 'similar_products']);
      for (const { settings } of rows) {
        expect(settings).toEqual([
          'search_path=public, pg_temp',
          `hnsw.ef_search=${SCAN_OPTIONS.efSearch}`,
          'hnsw.iterative_scan=relaxed_order',
          `hnsw.max_scan_tuples=${SCAN_OPTIONS.maxScanTuples}`,
          'jit=off',
        ]);
      }
    } finally {
      await shop.close();
    }
  });
});

/** Statistics that differ from each other, so that none can stand for another. */
async function calibrate(shop: SearchShop): Promise<void> {
  const { model } = await shop.deps.activeModel();
  await sql`delete from embedding_statistic`.execute(shop.deps.db);
  await sql`
    insert into embedding_statistic (model_id, pair, mean, standard_deviation, sample_size, nearest_mean, nearest_standard_deviation, nearest_sample_size)
    values
      (${model.id}, 'TEXT_IMAGE', 0.07, 0.31, 100, 0.7, 0.1, 100),
      (${model.id}, 'IMAGE_IMAGE', 0.21, 0.37, 100, 0.93, 0.05, 100),
      (${model.id}, 'TEXT_TEXT', 0.11, 0.23, 100, 0.97, 0.03, 100)`.execute(shop.deps.db);
}

/** Made by the database, since so many rows would take long to send: each with a picture that points anywhere, and a title of one word, seldom of two. */
async function addMany(shop: SearchShop, skus: readonly string[]): Promise<void> {
  const { model } = await shop.deps.activeModel();
  await shop.deps.db.transaction().execute(async (transaction) => {
    await sql`select setseed(0.271828)`.execute(transaction);
    await sql`
      insert into product (id, group_id, title, brand, availability, content_hash)
      select id, sku, (${WORDS}::text[])[1 + n / 7 % 8] || case when n % 53 = 0 then ' ' || (${WORDS}::text[])[1 + n / 53 % 8] else '' end,
        case when n % 50 = 0 then 'Acme' end, case when n % 20 = 0 then 'OUT_OF_STOCK' else 'IN_STOCK' end, 'x'
      from unnest(${skus.map(productId)}::uuid[], ${skus}::text[]) with ordinality as given (id, sku, n)`.execute(
      transaction,
    );
    await sql`
      insert into product_variant (product_id, id, sku, availability) select id, id, group_id, availability from product`.execute(
      transaction,
    );
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
