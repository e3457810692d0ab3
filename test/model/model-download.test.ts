import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { downloadModel, type ModelDownloadProgress } from '../../src/download/model-download.ts';
import { filesOf, readModelFolder } from '../../src/embedding/model-manifest.ts';
import { type Answer, type FlakyServer, serveFile, startFlakyServer } from '../support/flaky-server.ts';
import { MINI_FOLDER, manifestOnly } from '../support/model-folders.ts';

const FILES = ['vision_model.onnx', 'text_model.onnx', 'tokenizer.json', 'tokenizer_config.json'];

let server: FlakyServer | undefined;
afterEach(async () => {
  await server?.close();
});

/** Serves the bundled model as Hugging Face does, some answers replaced. */
async function serveMini(answers: Record<string, Answer> = {}): Promise<FlakyServer> {
  const files = await Promise.all(
    FILES.map(async (file) => [`/onnx/${file}`, serveFile(await readFile(join(MINI_FOLDER, file)))]),
  );
  return startFlakyServer({ ...Object.fromEntries(files), ...answers });
}

/** A folder with the manifest of a model that lies on the server. */
async function pullable(from: string, hashes = true): Promise<string> {
  return manifestOnly((manifest) => {
    manifest.download = { from, files: Object.fromEntries(FILES.map((file) => [file, { path: `onnx/${file}` }])) };
    if (hashes) return;
    delete manifest.vision.sha256;
    delete manifest.text.sha256;
  });
}

describe('downloadModel', () => {
  it('fetches every file, though connections are cut, and tries the model', async () => {
    const bytes = await readFile(join(MINI_FOLDER, 'vision_model.onnx'));
    const cut = serveFile(bytes, { cutAfter: (attempt) => (attempt < 4 ? 3_000_000 : undefined) });
    server = await serveMini({ '/onnx/vision_model.onnx': cut });
    const folder = await pullable(server.url);
    const progress: ModelDownloadProgress[] = [];
    const { model } = await downloadModel({ folder, retryAfterMs: 1, onProgress: (step) => progress.push(step) });
    expect(model).toMatchObject({ name: 'lookgraph-mini', dimensions: 256 });
    expect((await readdir(folder)).sort()).toEqual([...FILES, 'manifest.json'].sort());
    expect(bytes.equals(await readFile(join(folder, 'vision_model.onnx')))).toBe(true);
    expect(new Set(progress.map(({ file }) => file))).toEqual(new Set([...FILES, 'self-check']));
    expect(progress.at(-1)).toMatchObject({ file: 'self-check' });
    expect(progress.map((step) => step.bytes)).toEqual(progress.map((step) => step.bytes).sort((a, b) => a - b));
  });

  it('writes the hashes that the manifest lacks, and then fetches nothing twice but what has changed', async () => {
    server = await serveMini();
    const folder = await pullable(server.url, false);
    const { manifest, model } = await downloadModel({ folder });
    expect(filesOf(manifest).every(({ sha256 }) => sha256 !== undefined)).toBe(true);
    expect(manifest.vision.sha256).toBe('d4a3ada74216e0c10ea752848185d63154b281a20032a451ecb5d1dc75f92e9b');
    expect(server.requests).toHaveLength(4);
    await appendFile(join(folder, 'tokenizer.json'), ' ');
    await rm(join(folder, 'text_model.onnx'));
    expect((await downloadModel({ folder })).model.manifestHash).toBe(model.manifestHash);
    expect(server.requests.slice(4).sort()).toEqual(['GET /onnx/text_model.onnx', 'GET /onnx/tokenizer.json']);
  });

  it('fetches from a mirror when asked to', async () => {
    server = await serveMini();
    const folder = await pullable('https://huggingface.invalid/repo/');
    expect((await downloadModel({ folder, from: server.url })).model.name).toBe('lookgraph-mini');
  });

  it('refuses wrong bytes, keeps the files that were right, and gets the rest when the server is mended', async () => {
    const mended = serveFile(await readFile(join(MINI_FOLDER, 'text_model.onnx')));
    const wrongOnce: Answer = (response, request, attempt) =>
      (attempt === 1 ? serveFile(Buffer.from('wrong')) : mended)(response, request, attempt);
    server = await serveMini({ '/onnx/text_model.onnx': wrongOnce });
    const folder = await pullable(server.url);
    await expect(downloadModel({ folder })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringContaining(`${server.url}onnx/text_model.onnx: expected SHA-256 `),
    });
    expect((await readdir(folder)).sort()).toEqual(['manifest.json', 'vision_model.onnx']);
    await downloadModel({ folder });
    expect(server.requests.filter((request) => request.includes('vision'))).toHaveLength(1);
  });

  it('refuses a model that does not work, though nothing is known of its files', async () => {
    server = await serveMini({ '/onnx/text_model.onnx': serveFile(Buffer.from('<html>not here</html>')) });
    const folder = await pullable(server.url, false);
    await expect(downloadModel({ folder })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining('text_model.onnx'),
    });
    expect((await readModelFolder(folder)).manifest.text.sha256).toBeUndefined();
  });

  it('says which file the server does not have', async () => {
    server = await startFlakyServer({});
    await expect(downloadModel({ folder: await pullable(server.url) })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: `${server.url}onnx/vision_model.onnx: expected the file, found HTTP 404 Not Found`,
    });
  });

  it('stops when aborted, and goes on from there', async () => {
    server = await serveMini();
    const folder = await pullable(server.url);
    const controller = new AbortController();
    const stopped = downloadModel({
      folder,
      signal: controller.signal,
      onProgress: ({ bytes }) => bytes > 1_000_000 && controller.abort(new Error('interrupted')),
    });
    await expect(stopped).rejects.toThrow('interrupted');
    expect(await readdir(folder)).toContain('vision_model.onnx.part');
    await downloadModel({ folder });
    expect(server.requests[1]).toMatch(/^GET \/onnx\/vision_model.onnx range bytes=\d{6,}-$/);
  });

  it('refuses a model without addresses, and one that lacks some', async () => {
    const bundled = await manifestOnly();
    await expect(downloadModel({ folder: bundled })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: `${join(bundled, 'manifest.json')}: expected "download", found a model without it`,
    });
    const lacking = await manifestOnly((manifest) => {
      manifest.download = { from: 'http://127.0.0.1/', files: { 'vision_model.onnx': { path: 'a' } } };
    });
    await expect(downloadModel({ folder: lacking })).rejects.toMatchObject({
      message: expect.stringContaining('download.files: expected text_model.onnx, found none'),
    });
  });

  it('refuses to start without the room for it', async () => {
    const folder = await manifestOnly((manifest) => {
      const files = Object.fromEntries(FILES.map((file) => [file, { path: file, bytes: 1e15 }]));
      manifest.download = { from: 'http://127.0.0.1/', files };
    });
    await expect(downloadModel({ folder })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringMatching(/expected 4,000,000,100 MB free on the disk, found [\d,]+ MB$/),
    });
  });
});
