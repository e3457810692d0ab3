import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerEmbeddingModel } from '../../../src/database/embedding-models.ts';
import { imageId, productId } from '../../../src/identifiers.ts';
import { insertSearches } from '../../../src/search/log/log-statements.ts';
import { loggedSearch, type SearchRecord } from '../../../src/search/log/logged-search.ts';
import { searchProducts } from '../../../src/search/search-products.ts';
import { storeQuery } from '../../../src/search/store-query.ts';
import { along, openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { recordInto } from '../../support/sql-parity.ts';

let shop: SearchShop;
let red: string;
beforeAll(async () => {
  shop = await openSearchShop();
  await shop.add([
    { sku: 'red', title: 'Red thing', pictures: [along({ red: 1 }), along({ red: 1, shirt: 0.1 })] },
    { sku: 'red-again', title: 'Red thing', pictures: [along({ red: 1, blue: 0.01 })] },
    { sku: 'reddish', title: 'Reddish thing', pictures: [along({ red: 1, bag: 0.5 })], price: '20' },
    { sku: 'sold-red', title: 'Red thing', pictures: [along({ red: 1, dress: 0.4 })], availability: 'OUT_OF_STOCK' },
    { sku: "it's blue", title: 'Blue thing', pictures: [along({ blue: 1 })], price: '40' },
    { sku: 'said', title: 'Red words', textVector: along({ red: 1, other: 0.2 }) },
    { sku: 'unseen', title: 'Unseen' },
  ]);
  red = await storeQuery(shop.deps, { terms: [{ match: { kind: 'text', text: 'red' } }], words: 'OFF' });
});
afterAll(() => shop.close());

async function rows<Row = Record<string, unknown>>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(shop.deps.db)).rows;
}
const skus = async (query: ReturnType<typeof sql<{ sku: string }>>) => (await rows(query)).map(({ sku }) => sku);
const refusal = async (call: string) => {
  const error = await sql
    .raw(`select * from ${call}`)
    .execute(shop.deps.db)
    .then(
      () => undefined,
      (reason: { cause?: Error } & Error) => reason,
    );
  return error?.message;
};

describe('analytics.search_products', () => {
  it('puts what is out of stock last, or where it belongs, or leaves it out', async () => {
    const last = await skus(sql`select sku from analytics.search_products(${red})`);
    expect([last[0], last.at(-1), last.length]).toEqual(['red', 'sold-red', 7]);
    expect(
      (await skus(sql`select sku from analytics.search_products(${red}, unavailable => 'SHOW')`)).indexOf('sold-red'),
    ).toBeLessThan(5);
    expect(await skus(sql`select sku from analytics.search_products(${red}, unavailable => 'HIDE')`)).not.toContain(
      'sold-red',
    );
  });

  it('tells of each product its rank, relevance and what it is made of', async () => {
    const [first, ...others] = await rows<Record<string, number>>(
      sql`select * from analytics.search_products(${red}, 2)`,
    );
    expect(first).toMatchObject({
      rank: 1,
      product_id: productId('red'),
      title: 'Red thing',
      similarity: expect.closeTo(1, 3),
      image_id: imageId(productId('red'), '0'),
      vector_score: expect.closeTo(1 / 0.35, 2),
      word_score: 0,
      is_named: false,
      is_available: true,
    });
    expect(first?.relevance).toBeGreaterThan(others[0]?.relevance as number);
  });

  it('narrows exactly, and cuts by relevance', async () => {
    const priced = sql`array(select id from analytics.product where price_lowest is not null)`;
    expect(await skus(sql`select sku from analytics.search_products(${red}, among => ${priced})`)).toEqual([
      'reddish',
      "it's blue",
    ]);
    expect(await skus(sql`select sku from analytics.search_products(${red}, among => '{}')`)).toEqual([]);
    const [best] = await rows<{ relevance: number }>(sql`select relevance from analytics.search_products(${red}, 1)`);
    expect(
      await skus(sql`select sku from analytics.search_products(${red}, minimum_relevance => ${best?.relevance})`),
    ).toEqual(['red']);
  });

  it('joins with the log: each stored query and what it finds best', async () => {
    const best = await rows(sql`
      select q.terms -> 0 ->> 'text' as text, found.sku
      from analytics.stored_query as q cross join lateral analytics.search_products(q.id, 1) as found where q.id = ${red}`);
    expect(best).toEqual([{ text: 'red', sku: 'red' }]);
  });

  it('says what is wrong', async () => {
    const unknown = randomUUID();
    expect(await refusal(`analytics.search_products('${unknown}')`)).toContain(
      `search_id: expected the id of a row of analytics.search or analytics.stored_query, found ${unknown}`,
    );
    expect(await refusal('analytics.search_products(null)')).toContain('found null');
    expect(await refusal(`analytics.search_products('${red}', 0)`)).toContain('maximum: expected 1 to 1000, found 0');
    expect(await refusal(`analytics.search_products('${red}', null)`)).toContain(
      'maximum: expected 1 to 1000, found null',
    );
    expect(await refusal(`analytics.search_products('${red}', 1001)`)).toContain(
      'maximum: expected 1 to 1000, found 1001',
    );
    expect(await refusal(`analytics.search_products('${red}', unavailable => 'last')`)).toContain(
      'unavailable: expected SHOW, LAST or HIDE, found last',
    );
    expect(await refusal(`analytics.search_products('${red}', approximate => null)`)).toContain(
      'approximate: expected true or false, found null',
    );
    for (const wrong of ['1.5', '-0.1', 'null', `'NaN'`]) {
      expect(await refusal(`analytics.search_products('${red}', minimum_relevance => ${wrong})`)).toContain(
        'minimum_relevance: expected 0 to 1',
      );
    }
  });

  it('finds nothing for a browsed filter, which looked for nothing', async () => {
    const records: SearchRecord[] = [];
    await searchProducts({ ...shop.deps, record: recordInto(records) }, { terms: [] });
    const id = randomUUID();
    await insertSearches(
      shop.deps.db,
      records.map((record) => loggedSearch(record, { id, createdAt: new Date() })),
    ).execute();
    expect(await skus(sql`select sku from analytics.search_products(${id})`)).toEqual([]);
    expect(await refusal(`analytics.search_products('${id}', 0)`)).toContain('maximum: expected 1 to 1000, found 0');
  });

  it('compares candidates alone where that is asked for, and everything where they are short of a page', async () => {
    const all = await skus(sql`select sku from analytics.search_products(${red})`);
    expect(all[4]).toBe('unseen');
    expect(await skus(sql`select sku from analytics.search_products(${red}, 5, approximate => true)`)).toEqual([
      ...all.slice(0, 4),
      // What has no vector and no word is no candidate.
      "it's blue",
    ]);
    expect(await skus(sql`select sku from analytics.search_products(${red}, 24, approximate => true)`)).toEqual(all);
    expect(
      await skus(sql`select similar_sku as sku from analytics.similar_products('reddish', 2, approximate => true)`),
    ).toEqual(await skus(sql`select similar_sku as sku from analytics.similar_products('reddish', 2)`));
  });
});

describe('analytics.similar_products', () => {
  it('leaves out the product itself and what looks the same', async () => {
    expect(await skus(sql`select similar_sku as sku from analytics.similar_products('red')`)).not.toContain('red');
    expect(await skus(sql`select similar_sku as sku from analytics.similar_products('red')`)).not.toContain(
      'red-again',
    );
    expect(
      (await skus(sql`select similar_sku as sku from analytics.similar_products('reddish')`)).slice(0, 2).sort(),
    ).toEqual(['red', 'red-again']);
  });

  it('finds nothing for a product without a vector, and goes on with the others of a query', async () => {
    const nearest = await rows(sql`
      select p.group_id as sku, near.similar_sku
      from analytics.product as p left join lateral analytics.similar_products(p.group_id, 1) as near on true
      where p.group_id in ('reddish', 'said', 'unseen') order by p.group_id`);
    expect(nearest).toEqual([
      { sku: 'reddish', similar_sku: expect.stringMatching(/^red/) },
      { sku: 'said', similar_sku: expect.stringMatching(/^red/) },
      { sku: 'unseen', similar_sku: null },
    ]);
  });

  it('goes by the text of a product without a picture', async () => {
    expect((await skus(sql`select similar_sku as sku from analytics.similar_products('said', 1)`))[0]).toMatch(/^red/);
  });

  it('says what is wrong', async () => {
    expect(await refusal(`analytics.similar_products('no''where')`)).toContain(
      `sku: expected the sku of a product of this shop, found 'no''where'`,
    );
    expect(await refusal('analytics.similar_products(null)')).toContain('found null');
    expect(await refusal(`analytics.similar_products('red', 0)`)).toContain('maximum: expected 1 to 1000, found 0');
    expect(await refusal(`analytics.similar_products('unseen', 0)`)).toContain('maximum: expected 1 to 1000, found 0');
    expect(await skus(sql`select similar_sku as sku from analytics.similar_products('it''s blue', 1)`)).toHaveLength(1);
  });
});

describe('analytics.image_neighbours', () => {
  it('finds the pictures of other products, nearest first', async () => {
    const found = await rows(
      sql`select rank, sku, similarity from analytics.image_neighbours(${imageId(productId('red'), '0')}, 3)`,
    );
    expect(found).toMatchObject([
      { rank: 1, sku: 'red-again', similarity: expect.closeTo(1, 3) },
      { rank: 2, sku: 'sold-red' },
      { rank: 3, sku: 'reddish' },
    ]);
  });

  it('says what is wrong', async () => {
    const unknown = randomUUID();
    expect(await refusal(`analytics.image_neighbours('${unknown}')`)).toContain(
      `image_id: expected the id of a picture of the catalogue, found ${unknown}`,
    );
    expect(await refusal('analytics.image_neighbours(null)')).toContain('found null');
    expect(await refusal(`analytics.image_neighbours('${unknown}', -1)`)).toContain(
      'maximum: expected 1 to 1000, found -1',
    );
  });
});

describe('after the shop has changed its model', () => {
  const activate = async (name: string) => {
    const { db } = shop.deps;
    await sql`update embedding_model set state = 'RETIRED' where state = 'ACTIVE'`.execute(db);
    await sql`update embedding_model set state = 'ACTIVE' where name = ${name}`.execute(db);
  };
  afterAll(() => activate('axes'));

  it('an old query is compared with the vectors of its own model', async () => {
    const before = await rows(sql`select * from analytics.search_products(${red})`);
    await registerEmbeddingModel(shop.deps.db, {
      name: 'next',
      version: '1',
      manifestHash: '2'.repeat(64),
      dimensions: 4,
    });
    await activate('next');
    expect(await rows(sql`select * from analytics.search_products(${red})`)).toEqual(before);
  });

  it('what has no vector of the new model yet is like nothing', async () => {
    await activate('next');
    expect(await skus(sql`select similar_sku as sku from analytics.similar_products('red')`)).toEqual([]);
    expect(await skus(sql`select sku from analytics.image_neighbours(${imageId(productId('red'), '0')})`)).toEqual([]);
  });

  it('without any active model nothing can be compared, and that is said', async () => {
    await activate('nothing');
    expect(await refusal(`analytics.similar_products('red')`)).toContain('the shop has no active model');
  });

  it('an old query finds nothing once its model is gone', async () => {
    const gone = randomUUID();
    await sql`insert into search select (jsonb_populate_record(s, jsonb_build_object('id', ${gone}::text, 'model_id', ${randomUUID()}::text))).*
      from search as s where s.id = ${red}`.execute(shop.deps.db);
    const found = await rows(sql`
      select asked.id, found.sku from analytics.stored_query as asked
      left join lateral analytics.search_products(asked.id, 1) as found on true where asked.id in (${red}, ${gone})`);
    expect(found).toEqual(
      expect.arrayContaining([
        { id: red, sku: 'red' },
        { id: gone, sku: null },
      ]),
    );
  });
});
