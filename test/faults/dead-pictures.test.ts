import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createImageFetcher } from '../../src/catalog/fetch-image.ts';
import { importFeed } from '../../src/catalog/import-feed.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { emptyShop, openEmbedDeps } from '../support/embed-deps.ts';
import { type FlakyServer, startFlakyServer } from '../support/flaky-server.ts';
import { onePlainColour, sceneJpeg } from '../support/picture-cases.ts';

const DEAD = 1_000;
const REFUSED = 48;

/** Takes connections and says nothing. */
let hole: Server;
let connections = 0;
const sockets = new Set<Socket>();
let holeAddress: string;
let live: FlakyServer;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  hole = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve));
  const bound = hole.address();
  holeAddress = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
  const jpeg = await sceneJpeg();
  live = await startFlakyServer({
    '/a.jpg': (response) => response.writeHead(200).end(jpeg),
    '/busy.jpg': (response, _request, attempt) =>
      attempt === 1 ? response.writeHead(503).end() : response.writeHead(200).end(jpeg),
  });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  hole.close();
  await live.close();
  await database.close();
});
beforeEach(async () => {
  await emptyShop(database);
  connections = 0;
});

async function importPictures(addresses: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'lookgraph-dead-'));
  const file = join(folder, 'feed.jsonl');
  const rows = addresses.map((image_link, i) => JSON.stringify({ id: `p${i}`, title: `Thing ${i}`, image_link }));
  await writeFile(file, rows.join('\n'));
  const deps = await openEmbedDeps(database);
  return importFeed({ ...deps, fetchImage: createImageFetcher({ allowPrivateAddresses: true }) }, { path: file });
}

describe('pictures of a host that is dead', () => {
  it('cost a few attempts, not one for each, whether it is silent or refuses, and others go in', async () => {
    const closed = 'http://127.0.0.1:1';
    const report = await importPictures([
      ...Array.from({ length: DEAD }, (_, i) => `${holeAddress}/${i}.jpg`),
      ...Array.from({ length: REFUSED }, (_, i) => `${closed}/${i}.jpg`),
      `${live.url}a.jpg`,
    ]);
    expect(report).toMatchObject({
      created: DEAD + REFUSED + 1,
      failed: 0,
      imagesEmbedded: 1,
      imagesFailed: DEAD + REFUSED,
    });
    // Three in a row, and those that were under way meanwhile.
    expect(connections).toBeLessThanOrEqual(8);
    const reasons = await database.db
      .selectFrom('product_image')
      .select((eb) => ['failure', eb.fn.countAll<number>().as('pictures')])
      .where('state', '=', 'FAILED')
      .groupBy('failure')
      .execute();
    const givenUp = reasons.filter(({ failure }) => failure?.includes('was given up after'));
    expect(givenUp.reduce((sum, { pictures }) => sum + pictures, 0)).toBeGreaterThan(DEAD + REFUSED - 20);
    expect(givenUp.map(({ failure }) => failure)).toContainEqual(
      expect.stringContaining('the last: expected a picture, but the host refused the connection'),
    );
    expect(givenUp.map(({ failure }) => failure)).toContainEqual(
      expect.stringContaining('the last: expected the whole picture within 15,000 ms'),
    );
    // Nobody said that these pictures are not there: they are asked for again by the next import.
    expect(await database.db.selectFrom('picture_source').select('source').execute()).toEqual([
      { source: `${live.url}a.jpg` },
    ]);
  }, 60_000); // The time that 1,000 dead pictures of a host may take at most.

  it('are tried once more where the host says that it is busy', async () => {
    expect(await importPictures([`${live.url}busy.jpg`])).toMatchObject({ imagesEmbedded: 1, imagesFailed: 0 });
    expect(live.requests.filter((request) => request === 'GET /busy.jpg')).toHaveLength(2);
  });
});

describe('a server that keeps its pictures compressed', () => {
  it('is understood', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = gzipSync(await onePlainColour('#3366cc', { noise: 40 }));
    const server = await startFlakyServer({
      '/a.png': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
      '/bad.png': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    });
    expect(await importPictures([`${server.url}a.png`, `${server.url}bad.png`])).toMatchObject({
      imagesEmbedded: 1,
      imagesFailed: 1,
    });
    await server.close();
  });
});
