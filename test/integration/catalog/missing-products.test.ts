import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FeedToImport, type ImportProgress, importFeed } from '../../../src/catalog/import-feed.ts';
import { beginImport } from '../../../src/catalog/import-records.ts';
import { countMissing, createFeedProducts, settleMissing } from '../../../src/catalog/missing-products.ts';
import { upsertProducts } from '../../../src/catalog/write-products.ts';
import { productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { aPicture, aProduct } from '../../support/product-factory.ts';

let database: TestDatabase;
let folder: string;
let deps: Awaited<ReturnType<typeof openEmbedDeps>>;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-missing-'));
  await writeFile(join(folder, 'one.png'), await aPicture(1));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await emptyShop(database);
  deps = await openEmbedDeps(database);
});

async function importText(text: string, options: Omit<FeedToImport, 'path'> = {}) {
  const path = join(folder, 'shop.tsv');
  await writeFile(path, text);
  return importFeed(deps, { path, ...options });
}

/** A feed of products `P<n>`. */
const feedOf = (numbers: readonly number[], title = 'Thing') =>
  `id\ttitle\timage_link\n${numbers.map((n) => `P${n}\t${title} ${n}\tone.png\n`).join('')}`;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

const products = () =>
  database.db.selectFrom('product').select(['group_id as sku', 'title', 'availability']).orderBy('group_id').execute();
const skus = async () => new Set((await products()).map(({ sku }) => sku));
const available = async () =>
  (await products()).filter(({ availability }) => availability === 'IN_STOCK').map(({ sku }) => sku);
const latest = () =>
  database.db.selectFrom('import').selectAll().orderBy('started_at', 'desc').limit(1).executeTakeFirstOrThrow();

describe('products that a feed does not have', () => {
  it('are counted by every import, and stay', async () => {
    expect(await importText(feedOf(upTo(10)))).toMatchObject({ missing: 0 });
    expect(await importText(feedOf([3, 4, 20]))).toMatchObject({ missing: 8, deleted: 0, expired: 0, withheld: null });
    expect(await latest()).toMatchObject({ products_missing: 8, products_deleted: 0, products_expired: 0 });
    expect((await products()).length).toBe(11);
  });

  it('are deleted when told to, with pictures and vectors, after it was said how many', async () => {
    await importText(feedOf(upTo(10)));
    const said: ImportProgress[] = [];
    const report = await importText(feedOf(upTo(8)), {
      missing: 'DELETE',
      onProgress: (progress) => said.push(progress),
    });
    expect(report).toMatchObject({ missing: 2, deleted: 2, withheld: null });
    expect(said.filter(({ phase }) => phase === 'missing')).toEqual([
      { phase: 'missing', treatment: 'DELETE', products: 2, of: 10 },
    ]);
    expect(await skus()).toEqual(new Set(upTo(8).map((n) => `P${n}`)));
    expect(await latest()).toMatchObject({ state: 'COMPLETED', products_missing: 2, products_deleted: 2 });
    const left = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(deps.model.imageTable)}`.execute(database.db);
    expect(left.rows).toEqual([{ count: 8 }]);
  });

  it('stay where they are more than 30 % of what was there before, unless that is confirmed', async () => {
    await importText(feedOf(upTo(10)));
    // Those that came with this very feed do not make the share smaller.
    const feed = feedOf([...upTo(6), ...upTo(100).map((n) => n + 100)]);
    const withheld = await importText(feed, { missing: 'DELETE' });
    expect(withheld).toMatchObject({ state: 'COMPLETED', created: 100, missing: 4, deleted: 0 });
    expect(withheld.withheld).toContain("4 of the shop's 10 products");
    expect((await products()).length).toBe(110);
    await importText(feedOf(upTo(10)), { missing: 'DELETE', confirmed: true });
    expect((await products()).length).toBe(10);
    expect(await importText(feedOf(upTo(6)), { missing: 'DELETE', confirmed: true })).toMatchObject({
      deleted: 4,
      withheld: null,
    });
  });

  it('are not those whose row is refused, and stay where the id of a row cannot be read', async () => {
    await importText(feedOf(upTo(10)));
    const refused = feedOf(upTo(8)).replace('P3\tThing 3', 'P3\t');
    expect(await importText(refused, { missing: 'DELETE' })).toMatchObject({ failed: 1, missing: 2, deleted: 2 });
    expect(await skus()).toContain('P3');
    const cut = `${feedOf(upTo(7))}\tThing 7\tone.png\n`;
    expect(await importText(cut, { missing: 'DELETE' })).toMatchObject({
      ...{ failed: 1, missing: 1, deleted: 0 },
      withheld: expect.stringContaining('rows without an id that can be read (1)'),
    });
    expect(await importText(cut, { missing: 'DELETE', confirmed: true })).toMatchObject({ deleted: 1 });
  });

  it('are out of stock when told to, once, until a feed has them again', async () => {
    await importText(feedOf(upTo(10)));
    expect(await importText(feedOf(upTo(8)), { missing: 'EXPIRE' })).toMatchObject({ missing: 2, expired: 2 });
    expect(await available()).toEqual(upTo(8).map((n) => `P${n}`));
    // Two more of ten: those that are out of stock already do not count towards the 30 %.
    expect(await importText(feedOf(upTo(6)), { missing: 'EXPIRE' })).toMatchObject({ missing: 4, expired: 2 });
    expect(await importText(feedOf(upTo(6)), { missing: 'EXPIRE' })).toMatchObject({ missing: 4, expired: 0 });
    expect(await importText(feedOf(upTo(10)))).toMatchObject({
      missing: 0,
      updated: 4,
      unchanged: 6,
      imagesEmbedded: 0,
    });
    expect((await available()).length).toBe(10);
  });

  it('are not those that somebody else writes while the import runs', async () => {
    await importText(feedOf(upTo(10)));
    const importId = await beginImport(database.db, { source: 'shop.tsv', format: 'TSV' });
    await upsertProducts(deps, [aProduct({ sku: 'P9' }), aProduct({ sku: 'NEW' })]);
    const { add, has } = createFeedProducts();
    for (const n of upTo(8)) add(`P${n}`);
    expect(await countMissing(database.db, importId, has)).toEqual({ inShop: 10, missing: 1, onSale: 1 });
    const settled: number[] = [];
    for await (const deleted of settleMissing(deps, { importId, has, treatment: 'DELETE' })) settled.push(deleted);
    expect(settled).toEqual([1]);
    expect(await skus()).toEqual(new Set([...upTo(8).map((n) => `P${n}`), 'P9', 'NEW']));
  });

  it('stay when the import is stopped before it has read the feed to its end', async () => {
    await importText(feedOf(upTo(1_300)));
    const controller = new AbortController();
    const stopped = await importText(feedOf(upTo(1_200), 'Other'), {
      missing: 'DELETE',
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(stopped).toMatchObject({ state: 'INTERRUPTED', updated: 500, missing: null, deleted: 0 });
    expect((await products()).length).toBe(1_300);
  });

  it('are found page by page', async () => {
    await importText(
      `id\ttitle\n${upTo(4_500)
        .map((n) => `P${n}\tThing ${n}\n`)
        .join('')}`,
    );
    const kept = upTo(4_500).filter((n) => n % 4 !== 0);
    const feed = `id\ttitle\n${kept.map((n) => `P${n}\tThing ${n}\n`).join('')}`;
    expect(await importText(feed, { missing: 'DELETE' })).toMatchObject({
      missing: 1_125,
      deleted: 1_125,
      unchanged: 3_375,
    });
    expect((await products()).length).toBe(3_375);
    expect(await skus()).not.toContain('P4');
  });

  it('leave what the last feed says, after a hundred that shrank and grew', async () => {
    let seed = 18;
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * n);
    };
    for (let i = 0; i < 100; i++) {
      const start = random(30);
      const numbers = upTo(1 + random(40)).map((n) => start + n);
      const title = `Thing of ${random(3)}`;
      const report = await importText(feedOf(numbers, title), { missing: 'DELETE', confirmed: true });
      expect(report).toMatchObject({ failed: 0, withheld: null });
      expect(report.deleted).toBe(report.missing);
      const said = numbers.map((n) => ({ sku: `P${n}`, title: `${title} ${n}`, availability: 'IN_STOCK' }));
      expect(await products()).toEqual(said.sort((a, b) => (a.sku < b.sku ? -1 : 1)));
    }
    const pictures = await database.db.selectFrom('product_image').select('product_id').execute();
    const ids = (await products()).map(({ sku }) => productId(sku));
    expect(pictures.map(({ product_id }) => product_id).sort()).toEqual(ids.sort());
  });
});
