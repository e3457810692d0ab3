import { createHash } from 'node:crypto';
import { appendFile, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesOf, parseManifest, readModelFolder, withHashes } from '../../../src/embedding/model-manifest.ts';
import { verifyModelFiles } from '../../../src/embedding/verify-model.ts';
import { copyModel, type ManifestChange, MINI_FOLDER, manifestOnly } from '../../support/model-folders.ts';

const MODELS = fileURLToPath(new URL('../../../models/', import.meta.url));

describe('readModelFolder', () => {
  it('reads the bundled model, with what the manifest leaves out', async () => {
    const { manifest, model } = await readModelFolder(MINI_FOLDER);
    const bytes = await readFile(join(MINI_FOLDER, 'manifest.json'));
    expect(model).toEqual({
      name: 'lookgraph-mini',
      version: '1.0.0',
      dimensions: 256,
      manifestHash: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(manifest.vision).toMatchObject({ resize: 'squash', resample: 'bicubic', output: 'image_embeds' });
    expect(manifest.text).toMatchObject({ padding: 'none', lowercase: false, output: 'text_embeds' });
  });

  it.each(['clip-vit-base-patch32', 'clip-vit-base-patch32-int8'])(
    'knows where every file of %s is, and its hash',
    async (name) => {
      const { manifest } = await readModelFolder(join(MODELS, name));
      expect(manifest.dimensions).toBe(512);
      const files = filesOf(manifest);
      expect(files.filter(({ sha256 }) => sha256 === undefined)).toEqual([]);
      expect(Object.keys(manifest.download?.files ?? {}).sort()).toEqual(files.map(({ file }) => file).sort());
    },
  );

  it('refuses a folder without a manifest', async () => {
    const folder = join(MODELS, 'none-such');
    await expect(readModelFolder(folder)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: `${join(folder, 'manifest.json')}: expected a model's manifest, found no file that can be read`,
    });
  });

  it('refuses a manifest of another name than its folder', async () => {
    const folder = await manifestOnly();
    const renamed = join(folder, '..', 'other');
    await rename(folder, renamed);
    await expect(readModelFolder(renamed)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining('expected the folder\'s name "other", found "lookgraph-mini"'),
    });
  });

  it.each<[string, ManifestChange, string]>([
    ['no dimensions', (manifest) => delete manifest.dimensions, 'dimensions: '],
    [
      'a file outside the folder',
      ({ vision }) => Object.assign(vision, { file: '../../etc/passwd' }),
      'vision.file: expected a file name',
    ],
    ['a hash that is none', ({ text }) => Object.assign(text, { sha256: 'ABC' }), 'text.sha256: expected a SHA-256'],
    ['an unknown resize rule', ({ vision }) => Object.assign(vision, { resize: 'stretch' }), 'vision.resize: '],
    ['a deviation of zero', ({ vision }) => Object.assign(vision, { std: [1, 0, 1] }), 'vision.std.1: '],
    ['a misspelt field', ({ text }) => Object.assign(text, { contextlength: 32 }), 'text: '],
    [
      'an address that is no web address',
      (manifest) => Object.assign(manifest, { download: { from: 'file:///tmp/', files: {} } }),
      'download.from: ',
    ],
  ])('refuses a manifest with %s', async (_, change, problem) => {
    const folder = await manifestOnly(change);
    await expect(readModelFolder(folder)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining(`manifest.json: ${problem}`),
    });
  });

  it('names every problem at once', async () => {
    const folder = await manifestOnly((manifest) => {
      manifest.dimensions = 0;
      manifest.vision.width = 'wide';
    });
    await expect(readModelFolder(folder)).rejects.toThrow(/dimensions: .*; vision\.width: /);
  });

  it('refuses a manifest that is not JSON', () => {
    expect(() => parseManifest(Buffer.from('name: mini'), 'manifest.json')).toThrow(
      'manifest.json: expected JSON, found text that is not',
    );
  });
});

describe('verifyModelFiles', () => {
  it('accepts the bundled model', async () => {
    await expect(verifyModelFiles(await readModelFolder(MINI_FOLDER))).resolves.toBeUndefined();
  });

  it('refuses a file that has changed, with both hashes', async () => {
    const folder = await copyModel();
    const path = join(folder, 'text_model.onnx');
    await appendFile(path, 'x');
    const expected = 'fafb65a84397886f123dd9e39a570a9cf8ca55a462e20c552518329275b913c5';
    await expect(verifyModelFiles(await readModelFolder(folder))).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(new RegExp(`${path}: expected SHA-256 ${expected}, found [0-9a-f]{64}`)),
    });
  });

  it('refuses a file that is missing, and says how to get it where it can be had', async () => {
    const clip = await readModelFolder(join(MODELS, 'clip-vit-base-patch32'));
    const folder = await copyModel();
    await rm(join(folder, 'vision_model.onnx'));
    await expect(verifyModelFiles(await readModelFolder(folder))).rejects.toThrow(/found none that can be read$/);
    await expect(verifyModelFiles({ ...clip, folder })).rejects.toThrow(
      /lookgraph models pull clip-vit-base-patch32 fetches it$/,
    );
  });
});

describe('withHashes', () => {
  it('adds the hashes that are missing, and leaves the others', async () => {
    const text = await readFile(join(MINI_FOLDER, 'manifest.json'), 'utf8');
    const made = (digit: string) => digit.repeat(64);
    const hashes = {
      'vision_model.onnx': made('1'),
      'text_model.onnx': made('2'),
      'tokenizer.json': made('3'),
      'tokenizer_config.json': made('4'),
    };
    const before = parseManifest(Buffer.from(text), 'before');
    const after = parseManifest(Buffer.from(withHashes(text, hashes)), 'after');
    expect(filesOf(after).map(({ sha256 }) => sha256)).toEqual([
      before.vision.sha256,
      before.text.sha256,
      made('3'),
      made('4'),
    ]);
    expect({ ...after, text: null }).toEqual({ ...before, text: null });
  });
});
