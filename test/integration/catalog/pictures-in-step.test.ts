import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createImageFetcher } from '../../../src/catalog/fetch-image.ts';
import { type ImportDeps, importFeed } from '../../../src/catalog/import-feed.ts';
import { openPictureStore } from '../../../src/catalog/picture-store.ts';
import { sweepPictures } from '../../../src/catalog/sweep-pictures.ts';
import { lookAtPicture } from '../../../src/embedding/picture-look.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { createFakeEmbedder, type FakeEmbedder } from '../../support/fake-embedder.ts';
import { onePlainColour, placeholder, scene, sceneJpeg } from '../../support/picture-cases.ts';

/** What the web shop serves, by path. */
interface Served {
  bytes: Buffer;
  etag?: string;
  modified?: string;
}

const served = new Map<string, Served>();
/** `GET /a.jpg`, or `304 /a.jpg` where that was the answer. */
const asked: string[] = [];
const web = createServer((request, response) => {
  const path = request.url ?? '';
  const file = served.get(path);
  if (file === undefined) {
    asked.push(`404 ${path}`);
    return response.writeHead(404).end();
  }
  if (isKnown(request, file)) {
    asked.push(`304 ${path}`);
    return response.writeHead(304).end();
  }
  asked.push(`GET ${path}`);
  const { etag, modified } = file;
  return response
    .writeHead(200, { ...(etag && { etag }), ...(modified && { 'last-modified': modified }) })
    .end(file.bytes);
});

function isKnown({ headers }: IncomingMessage, { etag, modified }: Served): boolean {
  if (etag !== undefined) return headers['if-none-match'] === etag;
  return modified !== undefined && headers['if-modified-since'] === modified;
}

let database: TestDatabase;
let deps: ImportDeps & { embedder: FakeEmbedder };
let folder: string;
let address: string;
let jpeg: Buffer;
let other: Buffer;

beforeAll(async () => {
  database = await openTestDatabase();
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  jpeg = await sceneJpeg();
  other = await scene().negate().jpeg().toBuffer();
});
afterAll(async () => {
  web.closeAllConnections();
  web.close();
  await database.close();
});
beforeEach(async () => {
  await emptyShop(database);
  served.clear();
  asked.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-pictures-'));
  const embedder = createFakeEmbedder({ lookAt: (bytes) => lookAtPicture(bytes) });
  deps = {
    ...(await openEmbedDeps(database, { embedder })),
    embedder,
    pictures: await openPictureStore(join(folder, 'pictures')),
    fetchImage: createImageFetcher({ allowPrivateAddresses: true }),
  };
});

/** A feed of one product a row: its id and title, its picture, and what else is given. */
async function importRows(
  rows: readonly (readonly [id: string, picture: string, title?: string, group?: string])[],
  options: { refetch?: boolean } = {},
) {
  const file = join(folder, 'feed.jsonl');
  const lines = rows.map(([id, image_link, title = `Thing ${id}`, item_group_id]) =>
    JSON.stringify({ id, title, image_link, ...(item_group_id && { item_group_id }) }),
  );
  await writeFile(file, lines.join('\n'));
  return importFeed(deps, { path: file, ...options });
}

const pictures = () =>
  database.db
    .selectFrom('product_image as i')
    .innerJoin('product as p', 'p.id', 'i.product_id')
    .select(['p.group_id as sku', 'i.state', 'i.failure', 'i.note', 'i.content_hash'])
    .orderBy('p.group_id')
    .execute();

const vectors = async () =>
  (
    await sql<{ sku: string; vector: string }>`
      select p.group_id as sku, e.embedding::text as vector from ${sql.table(deps.model.imageTable)} as e
      join product as p on p.id = e.product_id order by p.group_id`.execute(database.db)
  ).rows;

describe('a picture at the same address', () => {
  it.each([
    ['ETag', { etag: '"a"' }, { etag: '"b"' }],
    ['Last-Modified', { modified: 'Tue, 01 Jul 2025 00:00:00 GMT' }, { modified: 'Wed, 02 Jul 2025 00:00:00 GMT' }],
  ])('is asked for by its %s, and embedded anew where it has changed', async (_, before, after) => {
    const rows = [['a', `${address}/a.jpg`]] as const;
    served.set('/a.jpg', { bytes: jpeg, ...before });
    expect(await importRows(rows)).toMatchObject({ imagesEmbedded: 1, imagesFailed: 0 });
    const [first] = await vectors();

    expect(await importRows(rows)).toMatchObject({ unchanged: 1, imagesAsked: 1, imagesChanged: 0, imagesEmbedded: 0 });
    expect(asked).toEqual(['GET /a.jpg', '304 /a.jpg']);
    expect(await vectors()).toEqual([first]);

    served.set('/a.jpg', { bytes: other, ...after });
    expect(await importRows(rows)).toMatchObject({ unchanged: 1, imagesChanged: 1, imagesEmbedded: 1 });
    const [second] = await vectors();
    expect(second?.vector).not.toBe(first?.vector);
    expect(deps.embedder.pictures).toHaveLength(2);
  });

  it('is compared by its bytes where the server says nothing of its version', async () => {
    const rows = [['a', `${address}/a.jpg`]] as const;
    served.set('/a.jpg', { bytes: jpeg });
    await importRows(rows);
    expect(await importRows(rows)).toMatchObject({ imagesAsked: 1, imagesChanged: 0 });
    served.set('/a.jpg', { bytes: other });
    expect(await importRows(rows)).toMatchObject({ imagesChanged: 1, imagesEmbedded: 1 });
  });

  it('is fetched once for all products, and changes for all of them', async () => {
    const rows = ['a', 'b', 'c'].map((id) => [id, `${address}/shared.jpg`] as const);
    served.set('/shared.jpg', { bytes: jpeg, etag: '"a"' });
    expect(await importRows(rows)).toMatchObject({ imagesEmbedded: 3 });
    expect(asked).toEqual(['GET /shared.jpg']);
    served.set('/shared.jpg', { bytes: other, etag: '"b"' });
    expect(await importRows(rows)).toMatchObject({ imagesAsked: 1, imagesEmbedded: 3 });
    expect(asked).toEqual(['GET /shared.jpg', 'GET /shared.jpg']);
    expect(new Set((await pictures()).map(({ content_hash }) => content_hash)).size).toBe(1);
  });

  it('is not asked for where its product is not in the feed', async () => {
    served.set('/a.jpg', { bytes: jpeg, etag: '"a"' });
    served.set('/b.jpg', { bytes: other, etag: '"a"' });
    await importRows([
      ['a', `${address}/a.jpg`],
      ['b', `${address}/b.jpg`],
    ]);
    asked.length = 0;
    await importRows([['b', `${address}/b.jpg`]]);
    expect(asked).toEqual(['304 /b.jpg']);
  });

  it('stays as it was when the address gives none any more, and that is told', async () => {
    served.set('/a.jpg', { bytes: jpeg, etag: '"a"' });
    await importRows([['a', `${address}/a.jpg`]]);
    served.delete('/a.jpg');
    const report = await importRows([['a', `${address}/a.jpg`]]);
    expect(report.problems).toEqual([
      {
        line: null,
        sku: 'a',
        imageSource: `${address}/a.jpg`,
        reason: 'expected a picture, found HTTP status 404; the picture that was found before stays',
      },
    ]);
    expect(await pictures()).toMatchObject([{ state: 'READY' }]);
    expect(await vectors()).toHaveLength(1);
  });

  it('is fetched as if nothing were known with --refetch', async () => {
    served.set('/a.jpg', { bytes: jpeg, etag: '"a"' });
    await importRows([['a', `${address}/a.jpg`]]);
    // The same name for another picture.
    served.set('/a.jpg', { bytes: other, etag: '"a"' });
    expect(await importRows([['a', `${address}/a.jpg`]])).toMatchObject({ imagesChanged: 0 });
    expect(await importRows([['a', `${address}/a.jpg`]], { refetch: true })).toMatchObject({ imagesChanged: 1 });
  });
});

describe('an address that gives no picture', () => {
  it('is remembered, left alone for a while, and asked again with --refetch', async () => {
    const rows = [['a', `${address}/gone.jpg`]] as const;
    expect(await importRows(rows)).toMatchObject({ imagesFailed: 1 });
    const report = await importRows(rows);
    expect(asked).toEqual(['404 /gone.jpg']);
    expect(report.problems[0]?.reason).toMatch(
      /^expected a picture, found HTTP status 404 \(once; asked again from 20.*Z on, or with --refetch\)$/,
    );
    served.set('/gone.jpg', { bytes: jpeg });
    expect(await importRows(rows, { refetch: true })).toMatchObject({ imagesEmbedded: 1 });
    expect(await pictures()).toMatchObject([{ state: 'READY', failure: null }]);
  });

  it('is asked again once its time has come, and left alone twice as long', async () => {
    const rows = [['a', `${address}/gone.jpg`]] as const;
    await importRows(rows);
    const wait = async () => {
      const { rows: found } = await sql<{ minutes: number }>`
        select round(extract(epoch from ask_again_at - asked_at) / 60)::integer as minutes from picture_source`.execute(
        database.db,
      );
      return found[0]?.minutes;
    };
    expect(await wait()).toBe(10);
    await sql`update picture_source set ask_again_at = now() - interval '1 second'`.execute(database.db);
    await importRows(rows);
    expect(asked).toHaveLength(2);
    expect(await wait()).toBe(20);
  });

  it('is named for what it gives instead', async () => {
    served.set('/login.jpg', { bytes: Buffer.from('<!DOCTYPE html><html><head><title>Sign in</title></head></html>') });
    const { problems } = await importRows([['a', `${address}/login.jpg`]]);
    expect(problems[0]?.reason).toContain('found a web page titled "Sign in"');
  });
});

describe('a file beside the feed', () => {
  it('that changes without a sign is noticed with --refetch', async () => {
    const file = join(folder, 'a.jpg');
    const time = new Date('2026-01-01T00:00:00Z');
    const same = Buffer.concat([other, Buffer.alloc(Math.max(0, jpeg.length - other.length))]);
    const first = Buffer.concat([jpeg, Buffer.alloc(same.length - jpeg.length)]);
    const put = async (bytes: Buffer) => {
      await writeFile(file, bytes);
      await utimes(file, time, time);
    };
    await put(first);
    await importRows([['a', 'a.jpg']]);
    await put(same);
    expect(await importRows([['a', 'a.jpg']])).toMatchObject({ imagesEmbedded: 0 });
    expect(await importRows([['a', 'a.jpg']], { refetch: true })).toMatchObject({ unchanged: 1, imagesEmbedded: 1 });
  });
});

describe('a picture that is no look of its product', () => {
  it('is IGNORED and told where it is blank, and its product is compared by its text', async () => {
    await writeFile(join(folder, 'blank.jpg'), await onePlainColour('#ffffff'));
    await writeFile(join(folder, 'a.jpg'), jpeg);
    const report = await importRows([
      ['a', 'a.jpg'],
      ['b', 'blank.jpg'],
    ]);
    expect(report).toMatchObject({ imagesEmbedded: 1, imagesFailed: 0, imagesIgnored: 1, imageNotes: 1 });
    expect(report.problems).toMatchObject([{ sku: 'b', imageSource: 'file:blank.jpg' }]);
    expect(report.problems[0]?.reason).toMatch(/^blank: /);
    expect(await pictures()).toMatchObject([{ state: 'READY' }, { state: 'IGNORED' }]);
    expect((await vectors()).map(({ sku }) => sku)).toEqual(['a']);
    expect(
      await importRows([
        ['a', 'a.jpg'],
        ['b', 'blank.jpg'],
      ]),
    ).toMatchObject({ imagesIgnored: 0, unchanged: 2 });
  });

  it('is IGNORED where many unrelated products have it, under whatever addresses, until they have not', async () => {
    const none = await placeholder();
    const rows = Array.from({ length: 40 }, (_, i) => {
      const path = `/${i}.png`;
      served.set(path, { bytes: i < 12 ? none : Buffer.concat([jpeg, Buffer.from([i])]), etag: `"${i}"` });
      return [`p${i + 10}`, `${address}${path}`, `${['Red', 'Blue', 'Small'][i % 3]} thing${i}`] as const;
    });
    const report = await importRows(rows);
    expect(report).toMatchObject({ imagesIgnored: 12, imagesFailed: 0 });
    expect(report.problems.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^placeholder: 12 unrelated products have this very picture/),
    ]);
    expect(await vectors()).toHaveLength(28);
    expect((await pictures()).filter(({ state }) => state === 'IGNORED')).toHaveLength(12);

    for (let i = 0; i < 5; i++)
      served.set(`/${i}.png`, { bytes: Buffer.concat([other, Buffer.from([i])]), etag: '"new"' });
    await importRows(rows);
    expect((await pictures()).filter(({ state }) => state === 'READY')).toHaveLength(40);
    expect(await vectors()).toHaveLength(40);
  });

  it('is a look of variants of one product, whether the feed says so or their titles do', async () => {
    await writeFile(join(folder, 'a.jpg'), jpeg);
    await writeFile(join(folder, 'b.jpg'), other);
    const grouped = Array.from({ length: 30 }, (_, i) => [`g${i}`, 'a.jpg', `Name ${i}`, 'group-1'] as const);
    const titled = Array.from({ length: 15 }, (_, i) => [`t${i}`, 'b.jpg', `Canvas Shoe ${36 + i}`] as const);
    const others = Array.from({ length: 60 }, (_, i) => [`o${i}`, ''] as const);
    expect(await importRows([...grouped, ...titled, ...others])).toMatchObject({
      imagesIgnored: 0,
      imagesEmbedded: 16,
    });
  });
});

describe('a picture that is a little damaged', () => {
  it('is searchable, with a note that is told', async () => {
    await writeFile(join(folder, 'cut.jpg'), jpeg.subarray(0, -20));
    const report = await importRows([['a', 'cut.jpg']]);
    expect(report).toMatchObject({ imagesEmbedded: 1, imagesFailed: 0, imageNotes: 1 });
    expect(await pictures()).toMatchObject([{ state: 'READY', note: expect.stringContaining('the end of the JPEG') }]);
  });
});

describe('sweeping', () => {
  it('removes files of pictures that no product has any more, and keeps those that came just now', async () => {
    served.set('/a.jpg', { bytes: jpeg, etag: '"a"' });
    await importRows([['a', `${address}/a.jpg`]]);
    served.set('/a.jpg', { bytes: other, etag: '"b"' });
    await importRows([['a', `${address}/a.jpg`]]);
    const files = async () => {
      const found: string[] = [];
      for await (const names of deps.pictures.names()) found.push(...names);
      return found;
    };
    expect(await files()).toHaveLength(2);
    expect(await sweepPictures(deps)).toEqual({ files: 0, bytes: 0 });
    expect(await sweepPictures(deps, { unusedMs: -1 })).toEqual({ files: 1, bytes: jpeg.length });
    const [kept] = await pictures();
    expect(await files()).toEqual([kept?.content_hash]);
    expect(await readdir(join(folder, 'pictures', 'tmp'))).toEqual([]);

    await database.db.deleteFrom('product').execute();
    expect(await sweepPictures(deps, { unusedMs: -1 })).toMatchObject({ files: 1 });
    expect(await database.db.selectFrom('picture_source').selectAll().execute()).toEqual([]);
  });
});
