import { once } from 'node:events';
import { connect } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, fillSmallShop } from '../support/small-shop.ts';

let shopServer: ShopServer;

beforeAll(async () => {
  shopServer = await startShopServer();
  await fillSmallShop(shopServer);
});

afterAll(async () => {
  expect(shopServer.loggedErrors).toEqual([]);
  await shopServer.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${shopServer.address}${path}`, { headers, redirect: 'manual' });

const upload = (body: Uint8Array | undefined, headers: Record<string, string>) =>
  fetch(`${shopServer.address}/uploads`, {
    method: 'POST',
    headers,
    ...(body !== undefined && { body: new Uint8Array(body) }),
  });

/** The address of a product's picture, and its id. */
async function pictureOf(sku: string, width?: number): Promise<{ url: string; id: string }> {
  const query =
    'query ($sku: String!, $width: Int) { product(by: { sku: $sku }) { images { id url(width: $width) } } }';
  return (await shopServer.data(query, { sku, width })).product.images[0];
}

/** Sends bytes as they are: what fetch would mend or refuse. Returns the answer's status line and body. */
async function rawRequest(text: string): Promise<string> {
  const { hostname, port } = new URL(shopServer.address);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.end(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

describe('POST /uploads', () => {
  it.each(['image/jpeg', 'image/png', 'application/octet-stream', 'image/jpeg; charset=binary'])(
    'keeps a picture sent as %s and says what it is',
    async (type) => {
      const response = await upload(await drawing('red', 'shirt'), { 'content-type': type });
      expect(response.status).toBe(201);
      expect(await response.json()).toEqual({ id: expect.any(String), width: 200, height: 200, format: 'jpeg' });
    },
  );

  it.each([
    ['nothing', undefined, 'image/png', 422, 'IMAGE_UNREADABLE'],
    ['no bytes', new Uint8Array(), 'image/png', 422, 'IMAGE_UNREADABLE'],
    ['text', Buffer.from('hello'), 'image/png', 422, 'IMAGE_UNREADABLE'],
    ['a form, which any site can send', Buffer.from('a=b'), 'application/x-www-form-urlencoded', 415, 'BAD_USER_INPUT'],
    ['multipart', Buffer.from('--x'), 'multipart/form-data; boundary=x', 415, 'BAD_USER_INPUT'],
    ['plain text', Buffer.from('a'), 'text/plain', 415, 'BAD_USER_INPUT'],
    ['JSON', Buffer.from('{}'), 'application/json', 415, 'BAD_USER_INPUT'],
    ['more than 10 MiB', Buffer.alloc(10 * 1024 * 1024 + 1), 'image/png', 413, 'IMAGE_TOO_LARGE'],
  ])('refuses %s', async (_, body, type, status, code) => {
    const response = await upload(body, { 'content-type': type });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code, message: expect.stringContaining('expected') } });
  });

  it('refuses bytes of no type, which any site can send', async () => {
    const answer = await rawRequest(
      'POST /uploads HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 3\r\n\r\nabc',
    );
    expect(answer).toMatch(/^HTTP\/1.1 415 /);
    expect(answer).toContain('content-type: expected image/* or application/octet-stream, found none');
  });
});

describe('GET /uploads/:id', () => {
  it('shows what was uploaded, scaled, to whoever has its id, and lets no cache between keep it', async () => {
    const { id } = (await (await upload(await drawing('red', 'shirt'), { 'content-type': 'image/jpeg' })).json()) as {
      id: string;
    };
    const scaled = await get(`/uploads/${id}?width=64`, { accept: 'image/webp' });
    expect(Object.fromEntries(scaled.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=3600',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await sharp(await scaled.arrayBuffer()).metadata()).width).toBe(64);
    expect((await get(`/uploads/${id}?width=64`, { 'if-none-match': String(scaled.headers.get('etag')) })).status).toBe(
      200,
    );
    const same = { accept: 'image/webp', 'if-none-match': String(scaled.headers.get('etag')) };
    expect((await get(`/uploads/${id}?width=64`, same)).status).toBe(304);
  });

  it.each([
    ['/uploads/nothing', 404, 'IMAGE_NOT_FOUND'],
    [`/uploads/${'0'.repeat(64)}`, 404, 'IMAGE_NOT_FOUND'],
    [`/uploads/${'0'.repeat(64)}?width=1`, 400, 'BAD_USER_INPUT'],
    ['/uploads/..%2f..%2fetc%2fpasswd', 404, 'IMAGE_NOT_FOUND'],
  ])('refuses %s', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });
});

describe('GET /images/:id', () => {
  it('serves the picture as it is, or scaled down, never enlarged', async () => {
    const { url } = await pictureOf('red-shirt');
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(
      new Uint8Array(await drawing('red', 'shirt')),
    );
    for (const [width, expected] of [
      [16, 16],
      [64, 64],
      [200, 200],
      [2048, 200],
    ] as const) {
      const scaled = await sharp(await (await fetch(`${url}?width=${width}`)).arrayBuffer()).metadata();
      expect([scaled.width, scaled.height]).toEqual([expected, expected]);
    }
  });

  it('can be kept for ever, and says which kinds of answer there are', async () => {
    const { url } = await pictureOf('red-shirt', 64);
    const webp = await fetch(url, { headers: { accept: 'image/avif,image/webp,*/*' } });
    const plain = await fetch(url, { headers: { accept: '*/*' } });
    expect([webp.headers.get('content-type'), plain.headers.get('content-type')]).toEqual(['image/webp', 'image/jpeg']);
    expect(webp.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    expect(Object.fromEntries(plain.headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const again = await fetch(url, { headers: { accept: '*/*', 'if-none-match': String(plain.headers.get('etag')) } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('keeps what is see-through', async () => {
    const glass = await sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    const mutation = `mutation ($base64: String!) {
      upsertProducts(input: { products: [{ title: "Glass", images: [{ base64: $base64 }], variants: [{ sku: "glass" }] }] }) { userErrors { message } }
    }`;
    await shopServer.data(mutation, { base64: glass.toString('base64') });
    const response = await fetch((await pictureOf('glass', 20)).url, { headers: { accept: '*/*' } });
    expect(response.headers.get('content-type')).toBe('image/png');
    expect((await sharp(await response.arrayBuffer()).metadata()).hasAlpha).toBe(true);
  });

  it('leads from the id of a picture to its content', async () => {
    const { id, url } = await pictureOf('red-shirt', 64);
    const response = await get(`/images/${id}?width=64`);
    expect(response.status).toBe(302);
    expect(new URL(String(response.headers.get('location')), shopServer.address).href).toBe(url);
  });

  it('says of a picture that was not fetched yet that it is so', async () => {
    const mutation = `mutation {
      upsertProducts(input: { products: [{ title: "Web", images: [{ url: "https://192.0.2.1/1.jpg" }], variants: [{ sku: "web" }] }] }) { results { product { images { url } } } }
    }`;
    const { url } = (await shopServer.data(mutation)).upsertProducts.results[0].product.images[0];
    const response = await fetch(url);
    expect(response.status).toBe(404);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('IMAGE_NOT_FOUND');
    expect(error.message).toMatch(
      /^this picture is in the catalogue, but (was not fetched yet|could not be fetched or read)$/,
    );
  });

  const content = `/images/${'a'.repeat(64)}`;
  const badWidths = ['15', '2049', '-64', '64.5', '6e1', '', 'wide', '64&width=65'];

  it.each<[path: string, status: number, code: string]>([
    ['/images/no-such', 404, 'IMAGE_NOT_FOUND'],
    ['/images/image_6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11', 404, 'IMAGE_NOT_FOUND'],
    [content, 404, 'IMAGE_NOT_FOUND'],
    [`${content}?width=64`, 404, 'IMAGE_NOT_FOUND'],
    ['/images/..%2f..%2fetc%2fpasswd', 404, 'IMAGE_NOT_FOUND'],
    ['/images/%00', 404, 'IMAGE_NOT_FOUND'],
    [`/images/${'a'.repeat(300)}`, 414, 'BAD_USER_INPUT'],
    ['/images/%zz', 400, 'BAD_USER_INPUT'],
    ...badWidths.map((width): [string, number, string] => [`${content}?width=${width}`, 400, 'BAD_USER_INPUT']),
  ])('refuses %s', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { code, message: expect.any(String) } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
  });
});

describe('the other addresses', () => {
  it('say that the server lives, is ready, and how it does', async () => {
    expect(await (await get('/livez')).json()).toEqual({ alive: true });
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ ready: true, problems: [], waitingForWords: 0 });
    await shopServer.data('query NamedForMetrics { searchProducts(input: {}) { nodes { sku: groupId } } }');
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(
      /lookgraph_graphql_operation_duration_seconds_count\{operation="NamedForMetrics",outcome="ok"\} 1/,
    );
    expect(metrics).toMatch(/lookgraph_search_duration_seconds_count\{strategy="NONE"\} [1-9]/);
    expect(metrics).toMatch(
      /lookgraph_http_request_duration_seconds_count\{method="GET",route="\/readyz",status="200"\} [1-9]/,
    );
    expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it.each(['/nope', '/graphql/x', '/uploads', '/images'])('answer 404 in the usual form: %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { code: 'NOT_FOUND', message: `there is nothing at GET "${path}"` },
    });
  });

  it.each(['a<script>b', 'a b', '', 'x/y'])('refuse to repeat a host that is none: %j', async (host) => {
    const request = 'GET /graphql?query={__typename} HTTP/1.1\r\napollo-require-preflight: 1';
    const answer = await rawRequest(`${request}\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe('/graphql', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${shopServer.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it.each([
    ['broken JSON', '{bad', {}, 400, 'BAD_USER_INPUT'],
    ['several operations at once', '[{"query":"{__typename}"}]', {}, 400, 'BAD_REQUEST'],
    ['a body that is no object', '"x"', {}, 400, 'BAD_REQUEST'],
    [
      'a body of a type that any site can send',
      '{"query":"{__typename}"}',
      { 'content-type': 'text/plain' },
      415,
      'BAD_USER_INPUT',
    ],
    ['a form', 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'BAD_USER_INPUT'],
    ['more than 6 MiB', `{"query":"${'a'.repeat(6 * 1024 * 1024)}"}`, {}, 413, 'BAD_USER_INPUT'],
    [
      'values nested without end',
      `{"query":"{__typename}","variables":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      {},
      400,
      'BAD_USER_INPUT',
    ],
  ])('refuses %s, in the form that GraphQL clients read', async (_, body, headers, status, code) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code, retryable: false } }],
    });
  });

  it('answers GET only to those who ask before, never changes anything by it, and is not to be kept by caches', async () => {
    const query = `/graphql?query=${encodeURIComponent('{ __typename }')}`;
    expect((await get(query)).status).toBe(400);
    expect(await (await get(query, { 'apollo-require-preflight': '1' })).json()).toEqual({
      data: { __typename: 'Query' },
    });
    expect((await post('{"query":"{ __typename }"}')).headers.get('cache-control')).toBe('no-store');
    const mutation = `/graphql?query=${encodeURIComponent('mutation { deleteProducts(input: { products: [{ sku: "red-shirt" }] }) { deletedCount } }')}`;
    expect((await get(mutation, { 'apollo-require-preflight': '1' })).status).toBe(405);
  });
});
