import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get as httpGet, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';

const SCRIPT = 'console.log("a script that is long enough to be compressed");\n'.repeat(40);
const PAGE = '<!doctype html><title>the page</title><script type="module" src="/assets/page-abc123.js"></script>';
const EXPLORER = '<!doctype html><title>the explorer</title>';

let folder: string;
let server: ShopServer;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-page-'));
  await mkdir(path.join(folder, 'assets'));
  await mkdir(path.join(folder, 'graphiql'));
  const files: [string, string | Buffer][] = [
    ['index.html', PAGE],
    ['graphiql/index.html', EXPLORER],
    ['icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['assets/page-abc123.js', SCRIPT],
    ['assets/page-abc123.js.br', brotliCompressSync(SCRIPT)],
    ['assets/page-abc123.js.gz', gzipSync(SCRIPT)],
    ['assets/small-abc123.css', 'a{}'],
  ];
  for (const [name, content] of files) await writeFile(path.join(folder, name), content);
  server = await startShopServer({ server: { pageFolder: folder, publicUrl: 'https://pictures.shop.example/search' } });
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As it comes over the wire: fetch would unpack it, and tidy up the address. */
function get(address: string, headers: Record<string, string> = {}, from = server.address): Promise<Answer> {
  const { hostname, port } = new URL(from);
  return new Promise((resolve, reject) => {
    httpGet({ hostname, port, path: address, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    }).on('error', reject);
  });
}

describe('the page', () => {
  it.each(['/', '/?q=red+dress', '/catalogue', '/catalogue/'])(
    'is served at its own addresses: %s',
    async (address) => {
      const { status, headers, body } = await get(address);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body.toString()).toBe(PAGE);
    },
  );

  it.each(['/graphiql', '/graphiql/'])('has the API explorer beside it: %s', async (address) => {
    expect((await get(address)).body.toString()).toBe(EXPLORER);
  });

  it.each([
    '/catalog',
    '/catalogue/x',
    '/index.html',
    '/graphiql/index.html',
    '/assets',
    '/assets/',
    '/assets/none.js',
    '/assets/page-abc123.js.br',
    '/assets/page-abc123.js.gz',
  ])('is not served where there is nothing: %s is 404, in the usual form', async (address) => {
    const { status, headers, body } = await get(address);
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/json');
    expect(JSON.parse(body.toString())).toMatchObject({
      error: { code: 'NOT_FOUND', message: `there is nothing at GET "${address}"` },
    });
  });

  it.each([
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/..%2fpackage.json',
    '/assets/%2e%2e/index.html',
  ])('gives away nothing from outside of its folder: %s', async (address) => {
    const { status, body } = await get(address);
    expect([400, 403, 404]).toContain(status);
    expect(JSON.parse(body.toString())).toHaveProperty('error.code');
  });

  it('loads nothing from elsewhere, runs nothing that is written into it, and is shown in no other site', async () => {
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);
    expect(
      Object.fromEntries(policy.split('; ').map((each) => [each.split(' ')[0], each.split(' ').slice(1)])),
    ).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:', 'blob:', 'https://pictures.shop.example'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'manifest-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(self)'),
    });
  });

  it('lets the explorer style itself and work in threads, and no more', async () => {
    const policy = String((await get('/graphiql')).headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'unsafe-inline';");
    expect(policy).toContain("worker-src 'self' blob:;");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toContain('http');
  });
});

describe('what the page loads', () => {
  it.each<[string, string | undefined, (body: Buffer) => Buffer]>([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', undefined, (body) => body],
    ['', undefined, (body) => body],
  ])('comes as it was compressed beforehand, if the client takes that: %j', async (accepted, encoding, unpack) => {
    const { status, headers, body } = await get('/assets/page-abc123.js', { 'accept-encoding': accepted });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(headers.vary).toContain('accept-encoding');
    expect(unpack(body).toString()).toBe(SCRIPT);
  });

  it('is kept for ever where its name says what is in it', async () => {
    const { headers } = await get('/assets/page-abc123.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/assets/small-abc123.css', { 'accept-encoding': 'br' })).body.toString()).toBe('a{}');
  });

  it.each(['/', '/catalogue', '/graphiql', '/icon.svg'])(
    'is asked for again where it does not: %s',
    async (address) => {
      const { headers } = await get(address);
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers.etag).toBeDefined();
      const again = await get(address, { 'if-none-match': String(headers.etag) });
      expect(again.status).toBe(304);
      expect(again.body).toHaveLength(0);
    },
  );
});

describe('a server whose page was not built', () => {
  it('says so, and answers everything else', async () => {
    const bare = await startShopServer({ server: { pageFolder: path.join(folder, 'missing') } });
    try {
      for (const address of ['/', '/catalogue', '/graphiql']) {
        const { status, body } = await get(address, {}, bare.address);
        expect(status).toBe(404);
        expect(JSON.parse(body.toString()).error.message).toContain('npm run build');
      }
      expect((await get('/livez', {}, bare.address)).status).toBe(200);
    } finally {
      await bare.close();
    }
  });
});
