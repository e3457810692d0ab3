import dns from 'node:dns';
import { createServer, type RequestListener } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createImageFetcher } from '../../../src/catalog/fetch-image.ts';

const fetchPublic = createImageFetcher();
const fetchAny = createImageFetcher({ allowPrivateAddresses: true, maxBytes: 1_000, timeoutMs: 1_000 });

/** What the server answers, by path; `seen` counts what reached it. */
const answers: Record<string, RequestListener> = {
  '/picture': (_request, response) => response.writeHead(200, { etag: '"v1"' }).end('a picture'),
  '/dated': (_request, response) =>
    response.writeHead(200, { 'last-modified': 'Tue, 01 Jul 2025 00:00:00 GMT', 'content-type': 'text/html' }).end('x'),
  '/empty': (_request, response) => response.writeHead(200).end(),
  '/once': redirectTo('/picture'),
  '/thrice': redirectTo('/twice'),
  '/twice': redirectTo('/once'),
  '/too-often': redirectTo('/thrice'),
  '/for-ever': redirectTo('/for-ever'),
  '/to-meta': redirectTo(() => `http://0.0.0.0:${port}/picture`),
  '/to-file': redirectTo('file:///etc/passwd'),
  '/to-secret': redirectTo(() => `http://user:secret@127.0.0.1:${port}/picture`),
  '/to-nowhere': (_request, response) => response.writeHead(302).end(),
  '/declared': (_request, response) => response.writeHead(200, { 'content-length': 1_001 }).end('x'.repeat(1_001)),
  '/undeclared': (_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(300)), 5);
    response.on('close', () => clearInterval(timer));
  },
  '/just-fits': (_request, response) => response.writeHead(200).end('x'.repeat(1_000)),
  '/slow': (_request, response) => {
    response.writeHead(200, { 'content-length': 900 });
    const timer = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => {},
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': 500 });
    response.write('x'.repeat(100), () => response.destroy());
  },
  '/cut-chunked': (_request, response) => {
    response.writeHead(200);
    response.write('x'.repeat(100), () => response.destroy());
  },
  '/broken': (_request, response) => response.writeHead(503).end('later'),
};
let seen = 0;
const server = createServer((request, response) => {
  seen++;
  const answer = answers[request.url ?? ''];
  if (answer === undefined) response.writeHead(404).end('no such thing');
  else answer(request, response);
});
let port: number;

function redirectTo(location: string | (() => string)): RequestListener {
  return (_request, response) =>
    response.writeHead(302, { location: typeof location === 'string' ? location : location() }).end('elsewhere');
}

const local = (path: string) => `http://127.0.0.1:${port}${path}`;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a fetcher of public addresses', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'https://localhost/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://①②⑦.⓪.⓪.①/',
  ])('refuses %s', async (url) => {
    await expect(fetchPublic(url)).rejects.toMatchObject({
      code: 'IMAGE_FETCH_REFUSED',
      message: 'expected a public address, found a private or reserved one',
    });
  });

  it('connects to no port but 80 and 443', async () => {
    const before = seen;
    await expect(fetchPublic(local('/picture'))).rejects.toMatchObject({
      code: 'IMAGE_FETCH_REFUSED',
      message: `expected port 80 or 443, found "${port}"`,
    });
    await expect(fetchPublic('https://pictures.example:22/')).rejects.toMatchObject({ code: 'IMAGE_FETCH_REFUSED' });
    expect(seen).toBe(before);
  });

  describe('with names that are not what they seem', () => {
    const { lookup } = dns;
    afterEach(() => {
      dns.lookup = lookup;
      syncBuiltinESMExports();
    });

    it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['2606:4700::1111', '::1']]])(
      'refuses one that resolves to %j',
      async (addresses) => {
        const fake = (_name: string, _options: unknown, done: (...results: unknown[]) => void) =>
          done(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          );
        dns.lookup = fake as unknown as typeof dns.lookup;
        syncBuiltinESMExports();
        await expect(fetchPublic('http://pictures.example/')).rejects.toMatchObject({ code: 'IMAGE_FETCH_REFUSED' });
      },
    );
  });
});

describe('any fetcher', () => {
  it.each([
    '',
    'picture.jpg',
    '/picture',
    'ftp://x.example/1',
    'file:///etc/passwd',
    'data:,x',
    'http://',
    'http://[::1',
  ])('refuses %j, which is no http address', async (url) => {
    await expect(fetchAny(url)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', path: ['url'] });
  });

  it('refuses user name and password, and repeats neither', async () => {
    const refusal = await fetchAny(`http://user:secret@127.0.0.1:${port}/picture`).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'IMAGE_FETCH_REFUSED' });
    expect(refusal.message).not.toContain('secret');
  });

  it('gives the bytes, and what would tell a new version', async () => {
    expect(await fetchAny(local('/picture'))).toEqual({ bytes: Buffer.from('a picture'), version: '"v1"' });
    expect(await fetchAny(local('/dated'))).toMatchObject({ version: 'Tue, 01 Jul 2025 00:00:00 GMT' });
    expect(await fetchAny(local('/empty'))).toEqual({ bytes: Buffer.alloc(0), version: null });
  });

  it('follows three redirects and no more', async () => {
    expect(await fetchAny(local('/thrice'))).toMatchObject({ version: '"v1"' });
    for (const path of ['/too-often', '/for-ever']) {
      await expect(fetchAny(local(path))).rejects.toMatchObject({
        code: 'IMAGE_FETCH_FAILED',
        message: 'expected at most 3 redirects, found more',
      });
    }
  });

  // 0.0.0.0 is refused to every fetcher, so this shows that the second address is judged like the first.
  it.each(['/to-meta', '/to-file', '/to-secret'])('judges where a redirect leads: %s', async (path) => {
    await expect(fetchAny(local(path))).rejects.toMatchObject({ code: 'IMAGE_FETCH_REFUSED' });
  });

  it.each([
    ['/missing', 'expected a picture, found HTTP status 404'],
    ['/broken', 'expected a picture, found HTTP status 503'],
    ['/to-nowhere', 'expected a picture, found HTTP status 302'],
    ['/cut', 'expected a picture, but the connection was cut'],
    ['/cut-chunked', 'expected a picture, but the connection was cut'],
    ['/slow', 'expected the whole picture within 1,000 ms'],
    ['/silent', 'expected the whole picture within 1,000 ms'],
  ])('fails for %s', async (path, message) => {
    await expect(fetchAny(local(path))).rejects.toMatchObject({ code: 'IMAGE_FETCH_FAILED', message });
  });

  it('reads no further than the limit, whatever length was declared', async () => {
    expect((await fetchAny(local('/just-fits'))).bytes).toHaveLength(1_000);
    await expect(fetchAny(local('/declared'))).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'expected a picture of at most 1,000 bytes, found 1,001',
    });
    await expect(fetchAny(local('/undeclared'))).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'expected a picture of at most 1,000 bytes, found more',
    });
  });

  it('says so when nobody is there', async () => {
    await expect(fetchAny('http://127.0.0.1:1/')).rejects.toMatchObject({
      code: 'IMAGE_FETCH_FAILED',
      message: 'expected a picture, but the host refused the connection',
    });
    await expect(fetchAny('http://no-such-host.invalid/')).rejects.toMatchObject({
      code: 'IMAGE_FETCH_FAILED',
      message: expect.stringMatching(/there is no such host|could not be looked up/),
    });
  });

  it('fails for an answer that is no HTTP', async () => {
    const babbler = createSocketServer((socket: Socket) => socket.on('data', () => socket.end('SSH-2.0-x\r\n\r\n')));
    await new Promise<void>((resolve) => babbler.listen(0, resolve));
    const { port: babblerPort } = babbler.address() as AddressInfo;
    await expect(fetchAny(`http://127.0.0.1:${babblerPort}/`)).rejects.toMatchObject({ code: 'IMAGE_FETCH_FAILED' });
    babbler.close();
  });

  it('stops when told to, with the reason given', async () => {
    const reason = new Error('nobody waits any more');
    const stop = new AbortController();
    const fetching = fetchAny(local('/slow'), stop.signal);
    setTimeout(() => stop.abort(reason), 100);
    await expect(fetching).rejects.toBe(reason);
    await expect(fetchAny(local('/picture'), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
