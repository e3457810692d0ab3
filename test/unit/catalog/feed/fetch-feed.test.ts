import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOfSource, withLocalFeed } from '../../../../src/catalog/feed/feed-source.ts';
import { createFeedFetcher } from '../../../../src/catalog/feed/fetch-feed.ts';
import { previewFeed } from '../../../../src/catalog/feed/preview-feed.ts';

const FEED = 'id,title,image_link\n1,Shirt,pictures/1.jpg\n2,Cap,https://cdn.shop.example/2.jpg\n';
let server: Server;
let origin: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-fetch-'));
  server = createServer((request, response) => {
    switch (request.url?.replace(/\?.*/, '')) {
      case '/feeds/all.csv':
        return response.setHeader('content-length', FEED.length).end(FEED);
      case '/feeds/all.csv.gz':
        return response.end(gzipSync(FEED));
      case '/moved':
        return response.writeHead(302, { location: '/feeds/all.csv' }).end();
      case '/away':
        return response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      case '/round':
        return response.writeHead(302, { location: '/round' }).end();
      case '/endless':
        response.write(FEED);
        return;
      case '/long':
        return response.end('x'.repeat(2_000));
      case '/cut':
        response.writeHead(200, { 'content-length': '1000' }).write(FEED);
        setTimeout(() => response.destroy(), 50);
        return;
      default:
        return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const fetchFeed = createFeedFetcher({ allowPrivateAddresses: true, maxBytes: 1_000 });

async function fetched(address: string): Promise<string> {
  const file = path.join(folder, 'feed');
  await fetchFeed(`${origin}${address}`, file);
  return readFile(file, 'utf8');
}

describe('fetching a feed', () => {
  it('follows redirects and says how far it is', async () => {
    expect(await fetched('/moved')).toBe(FEED);
    const told: unknown[] = [];
    await fetchFeed(`${origin}/feeds/all.csv`, path.join(folder, 'feed'), {
      onProgress: (bytes, total) => told.push([bytes, total]),
    });
    expect(told).toEqual([[FEED.length, FEED.length]]);
  });

  it.each([
    ['/nothing', 'FEED_FETCH_FAILED', 'expected a feed, found HTTP status 404'],
    ['/away', 'FEED_FETCH_REFUSED', 'expected a redirect to http or https, found "file:"'],
    ['/round', 'FEED_FETCH_FAILED', 'expected at most 3 redirects, found more'],
    ['/cut', 'FEED_FETCH_FAILED', 'expected a feed, but the connection was cut'],
    ['/long', 'FEED_INVALID', 'expected a feed of at most 1,000 bytes, found more'],
  ])('fails for %s', async (address, code, message) => {
    await expect(fetched(address)).rejects.toMatchObject({ code, message });
  });

  it('gives up a connection that says nothing more', async () => {
    const impatient = createFeedFetcher({ allowPrivateAddresses: true, stallMs: 100 });
    await expect(impatient(`${origin}/endless`, path.join(folder, 'feed'))).rejects.toMatchObject({
      code: 'FEED_FETCH_FAILED',
      message: 'expected another byte within 100 ms, found none',
    });
  });

  it('reaches no private address unless it is told that it may', async () => {
    const guarded = createFeedFetcher();
    const file = path.join(folder, 'feed');
    await expect(guarded(`${origin}/feeds/all.csv`, file)).rejects.toMatchObject({ code: 'FEED_FETCH_REFUSED' });
    await expect(guarded('http://127.0.0.1/feeds/all.csv', file)).rejects.toMatchObject({
      code: 'FEED_FETCH_REFUSED',
      message: 'expected a public address, found a private or reserved one',
    });
    await expect(guarded('ftp://shop.example/feed', file)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const running = fetchFeed(`${origin}/endless`, path.join(folder, 'feed'), { signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });

  it('reads it compressed, its pictures relative to its address, and leaves no file behind', async () => {
    let place = '';
    const address = `${origin}/feeds/all.csv.gz?token=secret`;
    const found = await withLocalFeed({ address }, fetchFeed, (feed) => {
      place = feed.path;
      return previewFeed(feed);
    });
    expect(found.products.map(({ variants }) => variants[0]?.images)).toEqual([
      [{ kind: 'url', url: `${origin}/feeds/pictures/1.jpg` }],
      [{ kind: 'url', url: 'https://cdn.shop.example/2.jpg' }],
    ]);
    await expect(readFile(place)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(nameOfSource({ address })).toBe(`${origin}/feeds/all.csv.gz`);
  });
});
