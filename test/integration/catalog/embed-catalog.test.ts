import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { embedCatalog } from '../../../src/catalog/embed-catalog.ts';
import type { EmbedDeps, EmbedFailure } from '../../../src/catalog/embed-deps.ts';
import type { ImageInput } from '../../../src/catalog/product-input.ts';
import { deleteProducts, upsertProducts } from '../../../src/catalog/write-products.ts';
import { activateEmbeddingModel, findActiveModel } from '../../../src/database/embedding-models.ts';
import { parseVector } from '../../../src/database/vector-sql.ts';
import { cosineSimilarity, normalise } from '../../../src/embedding-vector.ts';
import { AppError } from '../../../src/errors.ts';
import { productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { createFakeEmbedder, fakeVector } from '../../support/fake-embedder.ts';
import { aPicture, aProduct } from '../../support/product-factory.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => emptyShop(database));
afterAll(() => database.close());

/** A product with pictures of these colours; a web address where a text is given. */
async function save(deps: EmbedDeps, sku: string, ...pictures: (number | string)[]): Promise<void> {
  const images = await Promise.all(
    pictures.map(
      async (picture): Promise<ImageInput> =>
        typeof picture === 'string' ? { kind: 'url', url: picture } : { kind: 'bytes', bytes: await aPicture(picture) },
    ),
  );
  const [outcome] = await upsertProducts(deps, [aProduct({ sku, title: `Thing ${sku}`, description: null, images })]);
  expect(outcome).toMatchObject({ imageProblems: [] });
}

async function states(): Promise<string[]> {
  const rows = await database.db
    .selectFrom('product_image')
    .select('state')
    .orderBy('product_id')
    .orderBy('position')
    .execute();
  return rows.map(({ state }) => state);
}

async function vectorCount(table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(database.db);
  return rows[0]?.count ?? 0;
}

describe('embedCatalog', () => {
  it('stores the vector of each picture and text as the embedder gave it', async () => {
    const deps = await openEmbedDeps(database);
    await save(deps, '1', 10);
    expect(await embedCatalog(deps)).toEqual({
      imagesEmbedded: 1,
      imagesFailed: 0,
      imagesIgnored: 0,
      textsEmbedded: 1,
      total: 2,
    });
    const stored = async (table: string) => {
      const { rows } = await sql<{ vector: string }>`select embedding::text as vector from ${sql.table(table)}`.execute(
        database.db,
      );
      return normalise(parseVector(rows[0]?.vector ?? ''));
    };
    // Half precision: 11 bits.
    expect(cosineSimilarity(await stored(deps.model.imageTable), fakeVector(await aPicture(10)))).toBeGreaterThan(
      0.999999,
    );
    expect(cosineSimilarity(await stored(deps.model.textTable), fakeVector('Thing 1'))).toBeGreaterThan(0.999999);
    expect(await states()).toEqual(['READY']);
  });

  it('does nothing when everything is embedded', async () => {
    const deps = await openEmbedDeps(database);
    await save(deps, '1', 10);
    await embedCatalog(deps);
    expect(await embedCatalog(deps)).toMatchObject({ imagesEmbedded: 0, imagesFailed: 0, textsEmbedded: 0, total: 0 });
    expect(deps.embedder.pictures.length + deps.embedder.texts.length).toBe(2);
  });

  it('encodes a picture once that several products share, also when one of them comes later', async () => {
    const deps = await openEmbedDeps(database);
    await save(deps, '1', 10, 20);
    await save(deps, '2', 10);
    await embedCatalog(deps);
    await save(deps, '3', 10, 30);
    expect(await embedCatalog(deps)).toMatchObject({ imagesEmbedded: 2 });
    expect(deps.embedder.pictures.length).toBe(3);
    const { rows } = await sql<{ vectors: number; pictures: number }>`
      select count(distinct e.embedding::text) as vectors, count(*) as pictures
      from ${sql.table(deps.model.imageTable)} as e`.execute(database.db);
    expect(rows).toEqual([{ vectors: 3, pictures: 5 }]);
  });

  it('marks a picture that cannot be read FAILED with the reason, tells of it, and embeds the others', async () => {
    const broken = await aPicture(20);
    const embedder = createFakeEmbedder({
      before: ({ bytes }) => {
        if (bytes && broken.equals(bytes)) throw new AppError('IMAGE_UNREADABLE', 'expected a picture, found a riddle');
      },
    });
    const deps = await openEmbedDeps(database, { embedder });
    await save(deps, '1', 10, 20, 30);
    const told: EmbedFailure[] = [];
    const onWritten = async (_: unknown, failures: readonly EmbedFailure[]) => void told.push(...failures);
    expect(await embedCatalog(deps, { onWritten })).toMatchObject({ imagesEmbedded: 2, imagesFailed: 1 });
    expect(told).toMatchObject([{ productId: productId('1'), reason: 'expected a picture, found a riddle' }]);
    expect(await states()).toEqual(['READY', 'FAILED', 'READY']);
    expect(await embedCatalog(deps)).toMatchObject({ total: 0 });
  });

  it('fetches pictures from the web, at most six of a host and eight in all at once, and marks those that do not come FAILED', async () => {
    const addresses = Array.from({ length: 30 }, (_, i) => `https://${i % 2 ? 'x' : 'y'}.example/${i}.png`);
    const deps = await openEmbedDeps(database, {
      web: Object.fromEntries(
        await Promise.all(addresses.slice(1).map(async (url, i) => [url, await aPicture(i)] as const)),
      ),
    });
    let running = 0;
    let most = 0;
    const fetchImage: EmbedDeps['fetchImage'] = async (url) => {
      most = Math.max(most, ++running);
      await wait(100);
      running -= 1;
      return deps.fetchImage(url);
    };
    await save(deps, '1', ...addresses);
    expect(await embedCatalog({ ...deps, fetchImage })).toMatchObject({ imagesEmbedded: 29, imagesFailed: 1 });
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(8);
    expect(await states()).toEqual(['FAILED', ...Array(29).fill('READY')]);
  });

  it('fetches a picture from the web again that the store has lost, and fails one that came with the shop’s data', async () => {
    const url = 'https://x.example/a.png';
    const deps = await openEmbedDeps(database, { web: { [url]: await aPicture(1) } });
    await save(deps, '1', url, 20);
    await embedCatalog(deps);
    await sql`delete from ${sql.table(deps.model.imageTable)}`.execute(database.db);
    const lost = { ...deps, pictures: { ...deps.pictures, read: async () => undefined } };
    expect(await embedCatalog(lost)).toMatchObject({ imagesEmbedded: 1, imagesFailed: 1 });
    expect(await states()).toEqual(['READY', 'FAILED']);
  });

  it('leaves the state of pictures alone while it embeds for a model that is not the active one', async () => {
    const deps = await openEmbedDeps(database);
    await save(deps, '1', 10);
    await embedCatalog(deps);
    const broken = await aPicture(20);
    const other = createFakeEmbedder({
      name: 'other',
      dimensions: 4,
      before: ({ bytes }) => {
        if (bytes && broken.equals(bytes)) throw new AppError('IMAGE_UNREADABLE', 'no');
      },
    });
    const building = await openEmbedDeps(database, { embedder: other });
    expect(building.model.state).toBe('BUILDING');
    await save(deps, '2', 20, 30);
    expect(await embedCatalog(building)).toMatchObject({ imagesEmbedded: 2, imagesFailed: 1 });
    expect((await states()).sort()).toEqual(['PENDING', 'PENDING', 'READY']);

    await activateEmbeddingModel(database.db, building.model.id);
    await embedCatalog(building);
    expect((await states()).sort()).toEqual(['FAILED', 'READY', 'READY']);
  });

  it('passes over what is deleted or replaced while it is being encoded', async () => {
    const embedder = createFakeEmbedder({
      before: async ({ bytes }) => {
        if (!bytes) return;
        await deleteProducts(database.db, [productId('1')]);
        await sql`update product_image set content_hash = 'other' where product_id = ${productId('2')}`.execute(
          database.db,
        );
      },
    });
    const deps = await openEmbedDeps(database, { embedder });
    await save(deps, '1', 10);
    await save(deps, '2', 20);
    expect(await embedCatalog(deps)).toMatchObject({ imagesEmbedded: 0, textsEmbedded: 1 });
    expect(await vectorCount(deps.model.imageTable)).toBe(0);
    expect(await states()).toEqual(['PENDING']);
  });

  it('waits while the embedder’s queue is full', async () => {
    let refusals = 3;
    const embedder = createFakeEmbedder({
      before: () => {
        if (refusals-- > 0) throw new AppError('ENCODER_OVERLOADED', 'full');
      },
    });
    const deps = await openEmbedDeps(database, { embedder });
    await save(deps, '1', 10);
    expect(await embedCatalog(deps)).toMatchObject({ imagesEmbedded: 1, textsEmbedded: 1 });
  });

  it('ends with any other failure, and keeps what was written', async () => {
    const embedder = createFakeEmbedder({
      before: ({ text }) => {
        if (text !== undefined) throw new AppError('MODEL_NOT_READY', 'gone');
      },
    });
    const deps = await openEmbedDeps(database, { embedder });
    await save(deps, '1', 10);
    await expect(embedCatalog(deps)).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
    expect(await states()).toEqual(['READY']);
  });

  it('embeds everything once when two run at the same time', async () => {
    const deps = await openEmbedDeps(database);
    for (let i = 0; i < 20; i++) await save(deps, String(i), i, i + 100);
    await Promise.all([embedCatalog(deps), embedCatalog(deps)]);
    expect(await vectorCount(deps.model.imageTable)).toBe(40);
    expect(await vectorCount(deps.model.textTable)).toBe(20);
    expect(new Set(await states())).toEqual(new Set(['READY']));
  });

  it('does without the indexes during a bulk load and has them at its end', async () => {
    const deps = await openEmbedDeps(database);
    await save(deps, '1', 10);
    await save(deps, '2', 20);
    await embedCatalog(deps);
    expect(await findActiveModel(database.db)).toMatchObject({ indexed: true, statistics: { IMAGE_IMAGE: {} } });
    await sql`
      insert into product (id, group_id, title, content_hash)
      select gen_random_uuid(), 'bulk-' || n, 'Bulk ' || n, '' from generate_series(1, 5001) as n`.execute(database.db);
    const indexed = new Set<boolean | undefined>();
    const onWritten = async () => void indexed.add((await findActiveModel(database.db))?.indexed);
    expect(await embedCatalog(deps, { onWritten })).toMatchObject({ textsEmbedded: 5001, total: 5001 });
    expect(indexed).toEqual(new Set([false]));
    expect(await findActiveModel(database.db)).toMatchObject({ indexed: true });
  });
});
