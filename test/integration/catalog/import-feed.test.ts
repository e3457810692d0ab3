import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ImportProgress, importFeed } from '../../../src/catalog/import-feed.ts';
import { deleteOldImportItems } from '../../../src/catalog/import-records.ts';
import { productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { aPicture } from '../../support/product-factory.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/feeds/', import.meta.url));
const WEB_PICTURE = 'https://pictures.shop.example/w_400,h_300/red.jpg';

let database: TestDatabase;
let folder: string;
let deps: Awaited<ReturnType<typeof openEmbedDeps>>;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyShop(database);
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-import-'));
  await cp(FIXTURES, folder, { recursive: true });
  deps = await openEmbedDeps(database, { web: { [WEB_PICTURE]: await aPicture(9) } });
});
afterEach(() => rm(folder, { recursive: true }));

async function importText(name: string, text: string, options: { signal?: AbortSignal } = {}) {
  await writeFile(join(folder, name), text);
  return importFeed(deps, { path: join(folder, name), ...options });
}

const importFixture = (name: string) => importFeed(deps, { path: join(folder, name) });
const imports = () => database.db.selectFrom('import').selectAll().orderBy('started_at').execute();
const items = () => database.db.selectFrom('import_item').selectAll().orderBy('line').orderBy('image_source').execute();
const manyRows = (count: number) =>
  `id\ttitle\n${Array.from({ length: count }, (_, i) => `P${i}\tThing ${i}`).join('\n')}\n`;

describe('importFeed', () => {
  it('writes products, fetches and embeds their pictures and texts, and records what became of each', async () => {
    const progress: ImportProgress[] = [];
    const report = await importFeed(deps, { path: join(folder, 'products.tsv'), onProgress: (p) => progress.push(p) });
    expect(report).toEqual({
      importId: expect.any(String),
      state: 'COMPLETED',
      created: 3,
      updated: 0,
      unchanged: 0,
      failed: 0,
      imagesEmbedded: 4,
      imagesFailed: 0,
      imagesAsked: 0,
      imagesChanged: 0,
      imagesIgnored: 0,
      imageNotes: 0,
      fieldProblems: 0,
      leftOut: 0,
      missing: 0,
      deleted: 0,
      expired: 0,
      withheld: null,
      problems: [],
    });
    expect(await items()).toMatchObject([
      { line: 2, sku: 'S1', outcome: 'CREATED' },
      { line: 4, sku: 'S2', outcome: 'CREATED' },
      { line: 5, sku: 'S3', outcome: 'CREATED' },
    ]);
    const images = await database.db
      .selectFrom('product_image')
      .selectAll()
      .orderBy('product_id')
      .orderBy('position')
      .execute();
    expect(images.filter(({ product_id }) => product_id === productId('S1'))).toMatchObject([
      { source: 'file:images/red-front.png', state: 'READY', width: 24, height: 32 },
      { source: 'file:images/red-back.png', state: 'READY' },
      { source: WEB_PICTURE, state: 'READY', source_version: '"v1"', width: 8, height: 6 },
    ]);
    expect(deps.embedder.texts.sort()).toEqual([
      'Blue shirt',
      'Gift card',
      'Red 12" shirt. Soft, "red", and\nwashable',
    ]);
    expect(new Set(progress.map(({ phase }) => phase))).toEqual(new Set(['reading', 'embedding', 'indexing']));
    expect(progress.findLast((each) => each.phase === 'embedding')).toMatchObject({ done: 7, total: 7 });
    expect(await imports()).toMatchObject([
      {
        source: join(folder, 'products.tsv'),
        format: 'TSV',
        state: 'COMPLETED',
        finished_at: expect.any(Date),
        products_created: 3,
        images_embedded: 4,
        failure: null,
      },
    ]);
  });

  it('changes nothing and embeds nothing for the same feed again, in whatever format', async () => {
    await importFixture('products.tsv');
    const before = await database.db.selectFrom('product').selectAll().orderBy('id').execute();
    const embedded = deps.embedder.pictures.length + deps.embedder.texts.length;
    for (const file of ['products.tsv', 'products.csv', 'products.jsonl', 'products-rss.xml', 'products-atom.xml']) {
      expect(await importFixture(file), file).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: 3,
        imagesEmbedded: 0,
        imagesChanged: 0,
      });
    }
    expect(deps.embedder.pictures.length + deps.embedder.texts.length).toBe(embedded);
    expect(await database.db.selectFrom('product').selectAll().orderBy('id').execute()).toEqual(before);
  });

  it('embeds only the text anew when the title changes, and nothing when the price does', async () => {
    const header = 'id\ttitle\tprice\timage_link\n';
    await importText('shop.tsv', `${header}S1\tShirt\t5 USD\timages/blue.png\n`);
    expect(await importText('shop.tsv', `${header}S1\tShirt\t6 USD\timages/blue.png\n`)).toMatchObject({ updated: 1 });
    expect(deps.embedder.texts).toEqual(['Shirt']);
    expect(await importText('shop.tsv', `${header}S1\tBlouse\t6 USD\timages/blue.png\n`)).toMatchObject({ updated: 1 });
    expect(deps.embedder.texts).toEqual(['Shirt', 'Blouse']);
    expect(deps.embedder.pictures.length).toBe(1);
  });

  it('lets a sale begin and end with the first import after its time, of the same file', async () => {
    const path = join(folder, 'sale.csv');
    await writeFile(
      path,
      'id,title,price,sale_price,sale_price_effective_date\n1,Cap,20 EUR,15 EUR,2030-06-01/2030-06-30\n2,Hat,9 EUR,,\n',
    );
    const importOn = (day: string) => importFeed(deps, { path, options: { now: new Date(day) } });
    const price = () =>
      database.db
        .selectFrom('product_variant as v')
        .innerJoin('product as p', 'p.id', 'v.product_id')
        .select(['v.price_amount', 'v.compare_at_amount', 'p.on_sale'])
        .where('v.sku', '=', '1')
        .executeTakeFirst();
    await importOn('2030-05-31T12:00Z');
    expect(await price()).toEqual({ price_amount: '20', compare_at_amount: null, on_sale: false });
    expect(await importOn('2030-06-01T00:00Z')).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await price()).toEqual({ price_amount: '15', compare_at_amount: '20', on_sale: true });
    expect(await importOn('2030-06-30T23:59Z')).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await importOn('2030-07-01T00:00Z')).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await price()).toEqual({ price_amount: '20', compare_at_amount: null, on_sale: false });
  });

  it('reads a feed from an address, and says that it is fetched', async () => {
    const server = createServer((_, response) => response.end('id,title\n1,Cap\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/all.csv?key=secret`;
      const phases: string[] = [];
      const report = await importFeed(deps, { address, onProgress: ({ phase }) => phases.push(phase) });
      expect(report).toMatchObject({ state: 'COMPLETED', created: 1 });
      expect(phases.slice(0, 2)).toEqual(['fetching', 'reading']);
      expect(await imports()).toMatchObject([{ format: 'CSV', source: address.replace('?key=secret', '') }]);
    } finally {
      server.close();
    }
    const gone = importFeed(deps, { address: 'http://127.0.0.1:1/all.csv' });
    await expect(gone).rejects.toMatchObject({ code: 'FEED_FETCH_FAILED' });
    expect((await imports()).at(-1)).toMatchObject({ state: 'FAILED', format: null, phase: 'FETCHING' });
  });

  it('reports each bad row, field and picture with its line and reason and lets the rest in', async () => {
    await writeFile(join(folder, 'images', 'torn.png'), (await aPicture(1)).subarray(0, 40));
    const report = await importText(
      'shop.tsv',
      [
        'id\ttitle\tprice\timage_link',
        'S1\tGood\t5 USD\timages/blue.png',
        'S2\tNo currency\t5\t',
        'S1\tTwice\t5 USD\t',
        'S3\tLong\t5 USD\t\tand more',
        '\tNo id\t5 USD\t',
        'S4\tMissing picture\t5 USD\timages/none.png',
        'S5\tTorn picture\t5 USD\timages/torn.png',
        'S6\tForeign picture\t5 USD\t../../etc/passwd.png',
        'S7\tGone from the web\t5 USD\thttps://x.example/gone.jpg',
        'S8\tGood\t5 USD\timages/red-front.png',
      ].join('\n'),
    );
    expect(report).toMatchObject({ state: 'COMPLETED', created: 7, failed: 3, imagesEmbedded: 2, imagesFailed: 4 });
    expect(report).toMatchObject({ fieldProblems: 1, leftOut: 0 });
    expect(report.problems).toEqual([
      { line: 3, sku: 'S2', imageSource: null, reason: expect.stringMatching(/^price: expected .* found "5"$/) },
      { line: 4, sku: 'S1', imageSource: null, reason: expect.stringContaining('line 2') },
      { line: 5, sku: null, imageSource: null, reason: expect.stringContaining('expected 4 columns, found 5') },
      { line: 6, sku: null, imageSource: null, reason: expect.stringMatching(/^id: /) },
      { line: 7, sku: 'S4', imageSource: 'file:images/none.png', reason: expect.stringContaining('no such file') },
      { line: 8, sku: 'S5', imageSource: 'file:images/torn.png', reason: expect.stringMatching(/./) },
      {
        line: 9,
        sku: 'S6',
        imageSource: '../../etc/passwd.png',
        reason: expect.stringContaining('folder of the feed'),
      },
      { line: null, sku: 'S7', imageSource: 'https://x.example/gone.jpg', reason: expect.stringContaining('404') },
    ]);
    const failed = await database.db.selectFrom('import_item').selectAll().where('outcome', '=', 'FAILED').execute();
    expect(failed.length).toBe(8);
  });

  it('survives cells that the database cannot hold, also where it tells of them', async () => {
    const half = '\ud83d';
    const rows = [
      { id: 'N\0-1', title: 'NUL in the id' },
      { id: `N${half}-2`, title: 'Half a pair in the id' },
      { id: 'N-3', title: `NUL \0 and ${half} half a pair` },
      { id: 'N-4', title: 'Pictures', image_link: `../\0${half}.png` },
      { id: `a${'😀'.repeat(150)}`, title: '' },
      { id: 'N-6', title: 'Good 😀' },
    ];
    const report = await importText('cells.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(report).toMatchObject({ state: 'COMPLETED', created: 2, failed: 4, imagesFailed: 1 });
    expect((await items()).filter(({ outcome }) => outcome === 'FAILED')).toMatchObject([
      { line: 1, sku: 'N\ufffd-1', reason: expect.stringContaining('NUL') },
      { line: 2, sku: 'N\ufffd-2', reason: expect.stringContaining('surrogate') },
      { line: 3, sku: 'N-3', reason: expect.stringMatching(/^title: /) },
      { line: 4, sku: 'N-4', image_source: '../\ufffd\ufffd.png' },
      { line: 5, sku: expect.stringMatching(/^a(😀)+\ufffd?$/u), reason: expect.stringContaining('title') },
    ]);
    expect(report.problems.map(({ sku }) => sku).slice(0, 2)).toEqual(['N\ufffd-1', 'N\ufffd-2']);
  });

  it.each([
    ['none', 'id\ttitle\n', 'found none'],
    [
      'only such as are refused',
      `id\ttitle\n${'a'.repeat(201)}\tShirt\n${'b'.repeat(201)}\tHat\n`,
      'found none in 2 rows; the first, in line 2: ',
    ],
  ])('fails where a feed has no product that can go in: %s', async (_, text, message) => {
    await importText('shop.tsv', 'id\ttitle\nS9\tThere before\n');
    await expect(importText('shop.tsv', text)).rejects.toMatchObject({
      code: 'FEED_INVALID',
      message: expect.stringContaining(message),
    });
    expect(await imports()).toMatchObject([
      { state: 'COMPLETED' },
      { state: 'FAILED', failure: expect.stringContaining(message), products_missing: null },
    ]);
    expect(await database.db.selectFrom('product').select('group_id as sku').execute()).toEqual([{ sku: 'S9' }]);
  });

  it('tries a picture that failed again with the next import', async () => {
    const feed = 'id\ttitle\timage_link\nS1\tShirt\timages/late.png\n';
    expect(await importText('shop.tsv', feed)).toMatchObject({ created: 1, imagesFailed: 1 });
    await writeFile(join(folder, 'images', 'late.png'), await aPicture(3));
    expect(await importText('shop.tsv', feed)).toMatchObject({ imagesEmbedded: 1, imagesFailed: 0 });
  });

  it('stops at the next batch when told to, and goes on from there the next time', async () => {
    const controller = new AbortController();
    await writeFile(join(folder, 'many.tsv'), manyRows(1_200));
    const stopped = await importFeed(deps, {
      path: join(folder, 'many.tsv'),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(stopped).toMatchObject({ state: 'INTERRUPTED', created: 500 });
    expect(await importFixture('many.tsv')).toMatchObject({ state: 'COMPLETED', created: 700, unchanged: 500 });
    expect((await imports()).map(({ state }) => state)).toEqual(['INTERRUPTED', 'COMPLETED']);
    expect(new Set(deps.embedder.texts).size).toBe(1_200);
  });

  it('stops while embedding and embeds only what is left the next time', async () => {
    const controller = new AbortController();
    await writeFile(join(folder, 'many.tsv'), manyRows(1_200));
    const stopped = await importFeed(deps, {
      path: join(folder, 'many.tsv'),
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === 'embedding' && progress.done > 0) controller.abort();
      },
    });
    expect(stopped.state).toBe('INTERRUPTED');
    expect(deps.embedder.texts.length).toBeLessThan(1_200);
    await importFixture('many.tsv');
    const written = await sql<{
      count: number;
    }>`select count(*) as count from ${sql.table(deps.model.textTable)}`.execute(database.db);
    expect(written.rows).toEqual([{ count: 1_200 }]);
    expect(deps.embedder.texts.length).toBeLessThan(1_200 + 3 * 128 + 64);
  });

  it('says of an import whose process died that it was interrupted', async () => {
    await database.db
      .insertInto('import')
      .values({ id: productId('dead'), source: 'dead.tsv', format: 'TSV', state: 'RUNNING' })
      .execute();
    await importFixture('products.tsv');
    expect(await imports()).toMatchObject([
      { state: 'INTERRUPTED', finished_at: expect.any(Date) },
      { state: 'COMPLETED' },
    ]);
  });

  it('says why a feed as a whole was refused', async () => {
    await expect(importText('shop.tsv', 'number\tname\n1\tA\n')).rejects.toMatchObject({ code: 'FEED_INVALID' });
    expect(await imports()).toMatchObject([{ state: 'FAILED', failure: expect.stringContaining('"number", "name"') }]);
    await expect(importFixture('nowhere.tsv')).rejects.toMatchObject({ code: 'FEED_INVALID' });
  });
});

describe('deleteOldImportItems', () => {
  it('deletes the items of all but the newest imports', async () => {
    await importFixture('products.tsv');
    await importText('shop.tsv', 'id\ttitle\nS9\tNew\n');
    await deleteOldImportItems(database.db, 1).execute();
    expect(await items()).toMatchObject([{ sku: 'S9' }]);
    expect((await imports()).length).toBe(2);
  });
});
