import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  activateEmbeddingModel,
  type EmbeddingModelRow,
  findActiveModel,
  listEmbeddingModels,
  registerEmbeddingModel,
} from '../../../src/database/embedding-models.ts';
import { measureStatistics } from '../../../src/database/embedding-statistics.ts';
import type { Database } from '../../../src/database/tables.ts';
import { buildVectorIndexes, dropVectorIndexes } from '../../../src/database/vector-indexes.ts';
import {
  cosineDistance,
  imageEmbeddings,
  parseVector,
  unitVectorText,
  vectorParameter,
} from '../../../src/database/vector-sql.ts';
import { cosineSimilarity, type Embedding, normalise } from '../../../src/embedding-vector.ts';
import { imageId, productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase, testDatabaseKind } from '../../support/database.ts';

const MINI = { name: 'lookgraph-mini', version: '1.0.0', manifestHash: 'a'.repeat(64), dimensions: 8 };

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** As if no model had been registered; opening another database takes most of a second. */
afterEach(async () => {
  for (const model of await listEmbeddingModels(database.db)) {
    await sql`drop table ${sql.table(model.imageTable)}, ${sql.table(model.textTable)}`.execute(database.db);
  }
  await sql`truncate embedding_model, product cascade`.execute(database.db);
});

/** Vector number n, the same each time. */
function vector(n: number, dimensions = MINI.dimensions): Embedding {
  return normalise(Array.from({ length: dimensions }, (_, i) => Math.sin(1 + n * 12.9898 + i * 78.233)));
}

async function insertProducts(model: EmbeddingModelRow, vectors: readonly Embedding[]): Promise<void> {
  for (const [n, embedding] of vectors.entries()) {
    const product = productId(`sku-${n}`);
    const image = imageId(product, 'file:a.jpg');
    await sql`insert into product (id, group_id, title, content_hash, attributes) values (${product}, ${`sku-${n}`}, 'Thing', 'x', '{}')`.execute(
      database.db,
    );
    await sql`insert into product_image (product_id, id, position, source, state) values (${product}, ${image}, 0, 'file:a.jpg', 'READY')`.execute(
      database.db,
    );
    const given = vectorParameter(embedding);
    await sql`insert into ${sql.table(model.imageTable)} values (${product}, ${image}, ${given})`.execute(database.db);
    await sql`insert into ${sql.table(model.textTable)} values (${product}, 'x', ${given})`.execute(database.db);
  }
}

async function indexNames(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select indexname as name from pg_indexes where indexname like '%hnsw' order by 1`.execute(database.db);
  return rows.map(({ name }) => name);
}

describe('registerEmbeddingModel', () => {
  it('makes the first model active, with tables of readable names', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    expect(model).toMatchObject({
      ...MINI,
      state: 'ACTIVE',
      imageTable: 'image_embedding_lookgraph_mini',
      textTable: 'text_embedding_lookgraph_mini',
    });
    expect(await findActiveModel(database.db)).toEqual({
      ...model,
      statistics: {},
      indexed: false,
      estimatedPictures: 0,
      hasPictureless: false,
      sketches: null,
    });
  });

  it('registers the same manifest once, also when twenty do so at once', async () => {
    const models = await Promise.all(Array.from({ length: 20 }, () => registerEmbeddingModel(database.db, MINI)));
    expect(new Set(models.map(({ id }) => id)).size).toBe(1);
    expect(await listEmbeddingModels(database.db)).toHaveLength(1);
  });

  it('gives another manifest of the same name, and names that look the same, tables of their own', async () => {
    await registerEmbeddingModel(database.db, MINI);
    const second = await registerEmbeddingModel(database.db, { ...MINI, manifestHash: 'b'.repeat(64), dimensions: 16 });
    const third = await registerEmbeddingModel(database.db, {
      ...MINI,
      name: 'Lookgraph/Mini',
      manifestHash: 'c'.repeat(64),
    });
    expect(second).toMatchObject({ state: 'BUILDING', imageTable: 'image_embedding_lookgraph_mini_2' });
    expect(third).toMatchObject({ state: 'BUILDING', imageTable: 'image_embedding_lookgraph_mini_3' });
  });

  it('keeps every name that is derived from a long one apart within 63 bytes', async () => {
    const name = 'organisation/a-very-long-name-of-a-model-that-goes-on-and-on-and-on';
    const models = await Promise.all(
      ['1', '2'].map((manifestHash) => registerEmbeddingModel(database.db, { ...MINI, name, manifestHash })),
    );
    for (const model of models) await buildVectorIndexes(database.db, model);
    expect(await indexNames()).toEqual(models.flatMap((m) => [`${m.imageTable}_hnsw`, `${m.textTable}_hnsw`]).sort());
  });

  it.each(['', '---', '模型'])('finds a table name for a model called %j', async (name) => {
    expect(await registerEmbeddingModel(database.db, { ...MINI, name })).toMatchObject({
      imageTable: 'image_embedding_model',
    });
  });

  it('stores vectors in half precision on a native server, in single precision in the embedded one', async () => {
    const { imageTable } = await registerEmbeddingModel(database.db, { ...MINI, dimensions: 512 });
    const { rows } = await sql`select format_type(atttypid, atttypmod) as type, attnotnull as required
      from pg_attribute where attrelid = ${imageTable}::regclass and attname = 'embedding'`.execute(database.db);
    expect(rows).toEqual([{ type: testDatabaseKind() === 'native' ? 'halfvec(512)' : 'vector(512)', required: true }]);
  });
});

describe('activateEmbeddingModel', () => {
  it('makes one active and retires the one before, and back', async () => {
    const first = await registerEmbeddingModel(database.db, MINI);
    const second = await registerEmbeddingModel(database.db, { ...MINI, manifestHash: 'b'.repeat(64) });
    await activateEmbeddingModel(database.db, second.id);
    expect((await listEmbeddingModels(database.db)).map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'ACTIVE'],
      [first.id, 'RETIRED'],
    ]);
    await activateEmbeddingModel(database.db, first.id);
    expect((await findActiveModel(database.db))?.id).toBe(first.id);
  });

  it('keeps the active one when asked for one that is not there', async () => {
    const { id } = await registerEmbeddingModel(database.db, MINI);
    await expect(activateEmbeddingModel(database.db, productId('no model'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await findActiveModel(database.db))?.id).toBe(id);
  });
});

describe('a shop without a model', () => {
  it('has no active one and none to list', async () => {
    expect(await findActiveModel(database.db)).toBeUndefined();
    expect(await listEmbeddingModels(database.db)).toEqual([]);
  });
});

describe('vectors', () => {
  it('come back as they were stored, to the precision of halves', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    await insertProducts(model, [vector(1)]);
    const row = await database.db
      .selectFrom(imageEmbeddings(model.imageTable, 'e'))
      .select((eb) => [
        unitVectorText(eb.ref('e.embedding')).as('text'),
        cosineDistance(eb.ref('e.embedding'), vectorParameter(vector(2))).as('distance'),
      ])
      .executeTakeFirstOrThrow();
    expect(cosineSimilarity(parseVector(row.text), vector(1))).toBeCloseTo(1, 5);
    expect(row.distance).toBeCloseTo(1 - cosineSimilarity(vector(1), vector(2)), 3);
  });

  it('of another length, or not numbers, are refused by the table', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    await expect(insertProducts(model, [vector(1, 4)])).rejects.toMatchObject({ code: '22000' });
  });

  it('are deleted with their product', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    await insertProducts(model, [vector(1), vector(2)]);
    expect((await listEmbeddingModels(database.db))[0]).toMatchObject({ embedded: 2, total: 2 });
    await database.db.deleteFrom('product').where('group_id', '=', 'sku-0').execute();
    expect((await listEmbeddingModels(database.db))[0]).toMatchObject({ embedded: 1, total: 1 });
  });
});

describe('buildVectorIndexes', () => {
  it('makes both, which searches then use; dropping takes them away; each may be repeated', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    await insertProducts(
      model,
      Array.from({ length: 60 }, (_, n) => vector(n)),
    );
    await Promise.all([buildVectorIndexes(database.db, model), buildVectorIndexes(database.db, model)]);
    expect(await indexNames()).toEqual(['image_embedding_lookgraph_mini_hnsw', 'text_embedding_lookgraph_mini_hnsw']);
    expect(await findActiveModel(database.db)).toMatchObject({ indexed: true });

    const plan = await database.db.transaction().execute(async (transaction) => {
      await sql`set local enable_seqscan = off`.execute(transaction);
      const { rows } = await sql`explain select image_id from ${sql.table(model.imageTable)}
        order by embedding <=> ${vectorParameter(vector(3))} limit 5`.execute(transaction);
      return JSON.stringify(rows);
    });
    expect(plan).toContain('Index Scan using image_embedding_lookgraph_mini_hnsw');

    await dropVectorIndexes(database.db, model);
    await dropVectorIndexes(database.db, model);
    expect(await indexNames()).toEqual([]);
    expect(await findActiveModel(database.db)).toMatchObject({ indexed: false });
  });

  it('makes an index anew that was left invalid', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    await buildVectorIndexes(database.db, model);
    await sql`update pg_index set indisvalid = false where indexrelid = ${`${model.imageTable}_hnsw`}::regclass`.execute(
      database.db,
    );
    expect(await findActiveModel(database.db)).toMatchObject({ indexed: false });
    await buildVectorIndexes(database.db, model);
    expect(await findActiveModel(database.db)).toMatchObject({ indexed: true });
  });

  it('leaves the settings of the connection as they were', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    const settings = sql`select name, setting from pg_settings
      where name in ('maintenance_work_mem', 'statement_timeout', 'max_parallel_maintenance_workers') order by name`;
    const before = await settings.execute(database.db);
    await buildVectorIndexes(database.db, model);
    expect((await settings.execute(database.db)).rows).toEqual(before.rows);
  });
});

describe('which products are compared by their text', () => {
  async function pictureless(): Promise<string[]> {
    const { rows } = await sql<{ sku: string }>`
      select p.group_id as sku from text_embedding_lookgraph_mini as e inner join product as p on p.id = e.product_id
      where e.pictureless order by p.group_id`.execute(database.db);
    return rows.map((row) => row.sku);
  }

  it('is said by the database, whatever comes or goes first', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    await insertProducts(model, [vector(0), vector(1), vector(2)]);
    expect(await pictureless()).toEqual([]);
    const pictures = sql.table(model.imageTable);
    const [first, second] = [productId('sku-0'), productId('sku-1')];

    await sql`delete from ${pictures} where product_id in (${first}, ${second})`.execute(database.db);
    expect(await pictureless()).toEqual(['sku-0', 'sku-1']);
    expect(await findActiveModel(database.db)).toMatchObject({ hasPictureless: true });
    await sql`
      insert into ${pictures} select product_id, id, ${vectorParameter(vector(1))} from product_image
      on conflict (product_id, image_id) do update set embedding = excluded.embedding`.execute(database.db);
    expect(await pictureless()).toEqual([]);

    await database.db.deleteFrom('product_image').where('product_id', '=', first).execute();
    expect(await pictureless()).toEqual(['sku-0']);
    await sql`delete from ${sql.table(model.textTable)}`.execute(database.db);
    await sql`
      insert into ${sql.table(model.textTable)} (product_id, text_hash, embedding)
      select id, 'x', ${vectorParameter(vector(1))} from product`.execute(database.db);
    expect(await pictureless()).toEqual(['sku-0']);
  });

  /** A product with two pictures. @returns the first and the second */
  async function twoPictures(model: EmbeddingModelRow): Promise<[string, string]> {
    await insertProducts(model, [vector(0)]);
    const product = productId('sku-0');
    const second = imageId(product, 'second');
    await sql`insert into product_image (product_id, id, position, source) values (${product}, ${second}, 1, 'second')`.execute(
      database.db,
    );
    await sql`insert into ${sql.table(model.imageTable)} values (${product}, ${second}, ${vectorParameter(vector(1))})`.execute(
      database.db,
    );
    return [imageId(product, 'file:a.jpg'), second];
  }

  it('is not missed by two that delete a picture of a product each, at the same time', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    const [first, second] = await twoPictures(model);
    const remove = (db: Kysely<Database>, id: string) =>
      sql`delete from ${sql.table(model.imageTable)} where image_id = ${id}`.execute(db);
    // Time for the other to see the first picture still there, were it not kept waiting.
    const { other } = await database.db.transaction().execute(async (transaction) => {
      await remove(transaction, first);
      const other = remove(database.db, second);
      await sleep(300);
      return { other };
    });
    await other;
    expect(await pictureless()).toEqual(['sku-0']);
  });

  it('is not changed by one of several pictures', async () => {
    const model = await registerEmbeddingModel(database.db, MINI);
    const [, second] = await twoPictures(model);
    await sql`delete from ${sql.table(model.imageTable)} where image_id = ${second}`.execute(database.db);
    expect(await pictureless()).toEqual([]);
  });
});

describe('measureStatistics', () => {
  /** Mean and standard deviation of a sample. */
  function spread(scores: readonly number[]) {
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
    return { mean, deviation: Math.sqrt(variance) };
  }

  /** A model whose products have these vectors for their text and their picture. */
  async function measured(vectors: readonly Embedding[]) {
    const model = await registerEmbeddingModel(database.db, MINI);
    await insertProducts(model, vectors);
    await measureStatistics(database.db, model);
    return model;
  }

  const rowsOf = () => database.db.selectFrom('embedding_statistic').selectAll().orderBy('pair').execute();

  it('measures what pairs of different products score', async () => {
    const vectors = Array.from({ length: 40 }, (_, n) => vector(n));
    const model = await measured(vectors);
    await measureStatistics(database.db, model); // replaces, does not fail

    const { mean, deviation } = spread(
      vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => cosineSimilarity(a, b))),
    );
    const active = await findActiveModel(database.db);
    for (const pair of ['TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT'] as const) {
      expect(active?.statistics[pair]?.mean).toBeCloseTo(mean, 3);
      expect(active?.statistics[pair]?.standardDeviation).toBeCloseTo(deviation, 2);
    }
  });

  it('measures what texts and pictures find at best: a text any picture, a picture another one', async () => {
    const vectors = Array.from({ length: 15 }, (_, n) => vector(n ** 2.5));
    await measured(vectors);
    const nearest = vectors.map((a, i) =>
      Math.max(...vectors.filter((_, j) => j !== i).map((b) => cosineSimilarity(a, b))),
    );
    const others = spread(nearest);
    expect(others.deviation).toBeGreaterThan(0.01);
    const rows = new Map((await rowsOf()).map((row) => [row.pair, row]));
    // The text and the picture of each product are the same vector here.
    expect(rows.get('TEXT_IMAGE')?.nearest_mean).toBeCloseTo(1, 3);
    const pictures = rows.get('IMAGE_IMAGE');
    expect(pictures?.nearest_mean).toBeCloseTo(others.mean, 3);
    expect(pictures?.nearest_standard_deviation).toBeCloseTo(others.deviation, 3);
    expect(pictures?.nearest_sample_size).toBe(15);
    expect(rows.get('TEXT_TEXT')?.nearest_mean).toBeNull();
    expect((await findActiveModel(database.db))?.statistics.IMAGE_IMAGE?.nearestMean).toBeCloseTo(others.mean, 3);
  });

  it('measures how far a text and a picture together vary beside the pictures of other products', async () => {
    const vectors = Array.from({ length: 30 }, (_, n) => vector(n));
    await measured(vectors);
    const byPair = new Map((await rowsOf()).map((row) => [row.pair, row]));
    // The text of each product with the picture of the next, in the order of their ids.
    const ordered = vectors
      .map((embedding, n) => ({ embedding, id: productId(`sku-${n}`) }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const z = (pair: 'TEXT_IMAGE' | 'IMAGE_IMAGE', a: Embedding, b: Embedding) =>
      (cosineSimilarity(a, b) - (byPair.get(pair)?.mean ?? 0)) / (byPair.get(pair)?.standard_deviation ?? 1);
    const scores = ordered.slice(0, -1).flatMap((text, index) => {
      const picture = ordered[index + 1];
      if (picture === undefined) return [];
      return ordered
        .filter((one) => one !== text && one !== picture)
        .map(
          (one) =>
            (z('TEXT_IMAGE', text.embedding, one.embedding) + z('IMAGE_IMAGE', picture.embedding, one.embedding)) /
            Math.SQRT2,
        );
    });
    const { mean, deviation } = spread(scores);
    const composed = byPair.get('COMPOSED');
    expect(composed).toMatchObject({ nearest_mean: null, nearest_standard_deviation: null, nearest_sample_size: 0 });
    expect(composed?.mean).toBeCloseTo(mean, 2);
    expect(composed?.standard_deviation).toBeCloseTo(deviation, 2);
    expect(composed?.sample_size).toBe(scores.length);
  });

  it('stores nothing with fewer than two products', async () => {
    const model = await measured([]);
    await insertProducts(model, [vector(1)]);
    await measureStatistics(database.db, model);
    expect(await findActiveModel(database.db)).toMatchObject({ statistics: {} });
  });

  it('finds some spread even where all pictures are the same', async () => {
    await measured([vector(1), vector(1), vector(1)]);
    const { IMAGE_IMAGE } = (await findActiveModel(database.db))?.statistics ?? {};
    expect(IMAGE_IMAGE?.mean).toBeCloseTo(1, 3);
    // The nearest is no nearer than any other.
    expect(IMAGE_IMAGE?.nearestMean).toBeNull();
    expect(IMAGE_IMAGE?.standardDeviation).toBeCloseTo(0.01, 5);
  });
});
