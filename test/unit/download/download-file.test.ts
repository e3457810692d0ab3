import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DownloadFileOptions, downloadFile } from '../../../src/download/download-file.ts';
import { type Answer, type FlakyServer, serveFile, startFlakyServer } from '../../support/flaky-server.ts';

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
const HASH = createHash('sha256').update(CONTENT).digest('hex');
const HALF = 150_000;

let folder: string;
let path: string;
let server: FlakyServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-download-'));
  path = join(folder, 'model.onnx');
});
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function download(answers: Record<string, Answer>, options: Partial<DownloadFileOptions> = {}): Promise<string> {
  server = await startFlakyServer(answers);
  return again(options);
}

/** From the same server. */
function again(options: Partial<DownloadFileOptions> = {}): Promise<string> {
  return downloadFile({ url: `${server?.url}file`, path, retryAfterMs: 1, onProgress: () => {}, ...options });
}

describe('downloadFile', () => {
  it('puts the whole file to its place and returns its hash', async () => {
    const progress: number[] = [];
    const hash = await download(
      { '/file': serveFile(CONTENT) },
      { sha256: HASH, bytes: CONTENT.length, onProgress: (bytes) => progress.push(bytes) },
    );
    expect(hash).toBe(HASH);
    expect(CONTENT.equals(await readFile(path))).toBe(true);
    expect(await readdir(folder)).toEqual(['model.onnx']);
    expect(progress.at(-1)).toBe(CONTENT.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it('goes on where a connection was cut', async () => {
    const cutTwice = serveFile(CONTENT, { cutAfter: (attempt) => (attempt < 3 ? 100_000 : undefined) });
    expect(await download({ '/file': cutTwice }, { sha256: HASH })).toBe(HASH);
    expect(server?.requests).toHaveLength(3);
    const resumedAt = server?.requests.map((request) => Number(/bytes=(\d+)/.exec(request)?.[1] ?? 0)) ?? [];
    expect(resumedAt[0]).toBe(0);
    expect(resumedAt[1]).toBeGreaterThan(0);
    expect(resumedAt[2]).toBeGreaterThan(resumedAt[1] as number);
  });

  it('goes on where an earlier run ended', async () => {
    const controller = new AbortController();
    const running = download(
      { '/file': serveFile(CONTENT) },
      {
        signal: controller.signal,
        onProgress: (bytes) => bytes < CONTENT.length && controller.abort(new Error('stopped')),
      },
    );
    await expect(running).rejects.toThrow('stopped');
    expect(existsSync(path)).toBe(false);
    const { size } = await stat(`${path}.part`);
    expect(await again({ sha256: HASH })).toBe(HASH);
    expect(size).toBeGreaterThan(0);
    expect(server?.requests).toEqual(['GET /file', `GET /file range bytes=${size}-`]);
  });

  it('starts again when the file has changed since', async () => {
    await writeFile(`${path}.part`, 'the beginning of an older version');
    await writeFile(`${path}.part.etag`, '"v0"');
    expect(await download({ '/file': serveFile(CONTENT) }, { sha256: HASH })).toBe(HASH);
    expect(server?.requests).toEqual(['GET /file range bytes=33-']);
  });

  it('starts again when the server ignores ranges, or names no version', async () => {
    const ignoresRange: Answer = (response, _request, attempt) => {
      response.writeHead(200, { 'content-length': CONTENT.length, ...(attempt === 1 ? { etag: '"v1"' } : {}) });
      if (attempt > 2) response.end(CONTENT);
      else response.write(CONTENT.subarray(0, HALF), () => setTimeout(() => response.destroy(), 20));
    };
    expect(await download({ '/file': ignoresRange }, { sha256: HASH })).toBe(HASH);
    expect(server?.requests.map((request) => request.includes('range'))).toEqual([false, true, false]);
  });

  it('follows redirects, and believes the first answer about hash and size', async () => {
    const redirect: Answer = (response) =>
      response
        .writeHead(302, { location: '/cdn/1', 'x-linked-etag': `"${HASH}"`, 'x-linked-size': String(CONTENT.length) })
        .end();
    expect(await download({ '/file': redirect, '/cdn/1': serveFile(CONTENT) })).toBe(HASH);

    await server?.close();
    const other = Buffer.alloc(CONTENT.length);
    await expect(download({ '/file': redirect, '/cdn/1': serveFile(other) })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining(`expected SHA-256 ${HASH}, found `),
    });
  });

  it('gives up on a circle of redirects', async () => {
    const circle: Answer = (response) => response.writeHead(302, { location: '/file' }).end();
    await expect(download({ '/file': circle })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining('found more than 5 redirects'),
    });
  });

  it('refuses other bytes of the same number, and removes them', async () => {
    const running = download({ '/file': serveFile(Buffer.alloc(CONTENT.length, 1)) }, { sha256: HASH });
    await expect(running).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringMatching(`expected SHA-256 ${HASH}, found [0-9a-f]{64}; the wrong file was removed`),
    });
    expect(await readdir(folder)).toEqual([]);
    expect(server?.requests).toHaveLength(1);
  });

  it('refuses a file of another size or hash by what the server announces', async () => {
    const half = serveFile(CONTENT.subarray(0, HALF));
    await expect(download({ '/file': half }, { bytes: CONTENT.length })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining('expected 300000 bytes, found 150000'),
    });
    await server?.close();
    const other = serveFile(CONTENT, { headers: { 'x-linked-etag': `"${'0'.repeat(64)}"` } });
    await expect(download({ '/file': other }, { sha256: HASH })).rejects.toThrow(`found ${'0'.repeat(64)}`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('stops reading when more comes than the file has, and removes it', async () => {
    const endless: Answer = (response) => {
      response.writeHead(200);
      const send = () => {
        while (!response.destroyed && response.write(CONTENT));
      };
      response.on('drain', send);
      send();
    };
    await expect(download({ '/file': endless }, { bytes: CONTENT.length })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringMatching(/expected 300000 bytes, found \d+; the wrong file was removed/),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves the file that is there when another was refused', async () => {
    await writeFile(path, 'the old one');
    await expect(download({ '/file': serveFile(Buffer.from('wrong')) }, { sha256: HASH })).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('the old one');
  });

  it.each([401, 403, 404, 410])('does not ask again after HTTP %i', async (status) => {
    const running = download({ '/file': (response) => response.writeHead(status).end() });
    await expect(running).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringMatching(new RegExp(`^http://127.*/file: expected the file, found HTTP ${status} `)),
    });
    expect(server?.requests).toHaveLength(1);
  });

  it('asks again when the server is busy, and says what it said in the end', async () => {
    const busy: Answer = (response, request, attempt) =>
      attempt < 3 ? void response.writeHead(503).end() : serveFile(CONTENT)(response, request, attempt);
    expect(await download({ '/file': busy }, { sha256: HASH })).toBe(HASH);

    await server?.close();
    await expect(download({ '/file': (response) => response.writeHead(429).end() })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining('found HTTP 429'),
    });
    expect(server?.requests).toHaveLength(5);
  });

  it('says why there is no connection', async () => {
    server = await startFlakyServer({});
    await server.close();
    await expect(again()).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining('found connect ECONNREFUSED 127.0.0.1'),
    });
  });

  it('counts a connection without bytes as cut', async () => {
    const silent: Answer = (response, request, attempt) => {
      if (attempt > 1) serveFile(CONTENT)(response, request, attempt);
      else response.writeHead(200, { 'content-length': CONTENT.length, etag: '"v1"' }).write(CONTENT.subarray(0, HALF));
    };
    expect(await download({ '/file': silent }, { sha256: HASH, stallMs: 1_000 })).toBe(HASH);
    expect(server?.requests[1]).toMatch(/^GET \/file range bytes=[1-9]\d+-$/);
  });

  it('says so when the file cannot be written', async () => {
    path = join(folder, 'none-such', 'model.onnx');
    await expect(download({ '/file': serveFile(CONTENT) })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining('ENOENT'),
    });
  });
});
