import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import { cosineSimilarity, type Embedding } from '../../src/embedding-vector.ts';
import { copyModel, type ManifestChange, MINI_FOLDER, manifestOnly, SHARED_FOLDER } from '../support/model-folders.ts';
import { fixturePicture, PREPROCESS_CASES } from '../support/preprocess-fixtures.ts';

/** Of a single value of a vector, between encoding alone and in a batch. */
const BATCH_TOLERANCE = 1e-4;

function largestDifference(a: Embedding, b: Embedding): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0);
}

function lengthOf(vector: Embedding): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0));
}

describe('embedder of lookgraph-mini', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await openEmbedder({ folder: MINI_FOLDER });
  });
  afterAll(async () => {
    await embedder.close();
  });

  it('makes vectors of length 1 in the dimensions of the model', async () => {
    for (const vector of [
      await embedder.embedText('red dress'),
      await embedder.embedImage(fixturePicture('portrait.jpg')),
    ]) {
      expect(vector).toHaveLength(embedder.model.dimensions);
      expect(lengthOf(vector)).toBeCloseTo(1, 6);
    }
  });

  it('puts texts of one meaning nearer than others', async () => {
    const [dress, shown, watch] = await Promise.all(
      ['red dress', 'a photo of a red dress', 'steel watch for men'].map((text) => embedder.embedText(text)),
    );
    const similarity = (a?: Embedding, b?: Embedding) => (a && b ? cosineSimilarity(a, b) : Number.NaN);
    expect(similarity(dress, shown)).toBeGreaterThan(0.9);
    expect(similarity(dress, watch)).toBeLessThan(0.5);
  });

  it('encodes texts of different lengths in one batch as it does alone', async () => {
    const texts = [
      'shirt',
      'navy blue cotton polo t-shirt for men',
      'red saree',
      'a',
      'leather wallet with coin pocket',
    ];
    const together = await Promise.all(texts.map((text) => embedder.embedText(text, { priority: 'import' })));
    for (const [at, text] of texts.entries()) {
      const alone = await embedder.embedText(text, { priority: 'import' });
      expect(largestDifference(alone, together[at] as Embedding)).toBeLessThan(BATCH_TOLERANCE);
    }
  });

  it('encodes pictures in one batch as it does alone', async () => {
    const pictures = PREPROCESS_CASES.slice(0, 9).map(({ bytes }) => bytes);
    const together = await Promise.all(pictures.map((bytes) => embedder.embedImage(bytes, { priority: 'import' })));
    for (const [at, bytes] of pictures.entries()) {
      const alone = await embedder.embedImage(bytes, { priority: 'import' });
      expect(largestDifference(alone, together[at] as Embedding)).toBeLessThan(BATCH_TOLERANCE);
    }
  });

  it('gives the same answer to the same query, whatever the white space', async () => {
    const first = await embedder.embedText('green handbag');
    expect(await embedder.embedText('  green \n handbag ')).toBe(first);
    expect(largestDifference(await embedder.embedText('green handbag', { priority: 'import' }), first)).toBeLessThan(
      1e-6,
    );
  });

  it('tells regions of a picture apart', async () => {
    const bytes = fixturePicture('landscape.jpg');
    const [whole, left, right] = await Promise.all([
      embedder.embedImage(bytes),
      embedder.embedImage(bytes, { region: { x: 0, y: 0, width: 0.5, height: 1 } }),
      embedder.embedImage(bytes, { region: { x: 0.5, y: 0, width: 0.5, height: 1 } }),
    ]);
    expect(cosineSimilarity(left, right)).toBeLessThan(0.99);
    expect(cosineSimilarity(whole, left)).toBeLessThan(0.99);
    expect(await embedder.embedImage(bytes)).toBe(whole);
  });

  it.each(['', '   ', '\n\t', '\u00a0'])('refuses blank text: %j', async (text) => {
    await expect(embedder.embedText(text)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', path: ['text'] });
  });

  it('embeds text of any length and kind', async () => {
    for (const text of ['x'.repeat(100_000), '👗', '\ud800', '\u0000', '<script>', 'שמלה אדומה']) {
      expect(lengthOf(await embedder.embedText(text))).toBeCloseTo(1, 6);
    }
  });

  it('refuses what is no picture, and regions outside of one', async () => {
    await expect(embedder.embedImage(Buffer.from('text'))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' });
    const outside = { x: 0.9, y: 0, width: 0.2, height: 1 };
    await expect(embedder.embedImage(fixturePicture('grey.jpg'), { region: outside })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['region', 'width'],
    });
  });

  it('drops what nobody waits for any more', async () => {
    const reason = new Error('the client left');
    const signal = AbortSignal.abort(reason);
    await expect(embedder.embedText('brown boots', { signal })).rejects.toBe(reason);
    await expect(embedder.embedImage(fixturePicture('grey.jpg'), { signal, priority: 'import' })).rejects.toBe(reason);
  });
});

describe('embedder', () => {
  it('refuses queries past its queue, and answers the others', async () => {
    const embedder = await openEmbedder({ folder: MINI_FOLDER, maxWaiting: 5 });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => embedder.embedText(`shirt ${at}`)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(15);
    expect(refused[0]).toMatchObject({
      code: 'ENCODER_OVERLOADED',
      message: "the encoder's queue is full: 5 waiting; try again",
    });
    await embedder.close();
  });

  it('rejects what waits when it is closed, and whatever comes after', async () => {
    const embedder = await openEmbedder({ folder: MINI_FOLDER });
    const waiting = Promise.allSettled(Array.from({ length: 100 }, (_, at) => embedder.embedText(`dress ${at}`)));
    await embedder.close();
    const codes = (await waiting).map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done'));
    expect(new Set(codes)).toEqual(new Set(['MODEL_NOT_READY']));
    await expect(embedder.embedText('skirt')).rejects.toMatchObject({ code: 'MODEL_NOT_READY' });
  });

  it.each<[string, ManifestChange, string]>([
    [
      'dimensions',
      (manifest) => Object.assign(manifest, { dimensions: 512 }),
      'to be float32 [1, 512], found float32 [1, 256]',
    ],
    [
      'output',
      ({ text }) => Object.assign(text, { output: 'pooler_output' }),
      'text_model.onnx: expected the output pooler_output, found text_embeds',
    ],
    ['picture size', ({ vision }) => Object.assign(vision, { width: 128 }), 'vision_model.onnx: '],
    [
      'towers',
      ({ vision, text }) =>
        ([vision.file, text.file, vision.sha256, text.sha256] = [text.file, vision.file, text.sha256, vision.sha256]),
      'expected inputs ',
    ],
  ])('refuses a manifest that is wrong about its %s', async (_, change, problem) => {
    const folder = await copyModel(change);
    await expect(openEmbedder({ folder })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining(problem),
    });
  });

  it('refuses a file that is no model', async () => {
    const folder = await copyModel(({ vision }) => delete vision.sha256);
    await writeFile(join(folder, 'vision_model.onnx'), 'not a model');
    await expect(openEmbedder({ folder })).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringContaining(join(folder, 'vision_model.onnx')),
    });
  });
});

const CLIP_SHAPED = join(SHARED_FOLDER, 'models/clip-vit-b32-shaped');
const CLIP_TOKENIZER = join(SHARED_FOLDER, 'fixtures/clip-tokenizer');

/** CLIP's graph with weights without meaning; see its README. */
async function clipFolder(suffix: string): Promise<string> {
  const folder = await manifestOnly((manifest) => {
    Object.assign(manifest, { name: `clip-shaped${suffix}`, dimensions: 512, batched: suffix === '' });
    manifest.vision = {
      ...manifest.vision,
      ...{ file: `vision_model${suffix}.onnx`, sha256: undefined, width: 224, height: 224, resize: 'crop' },
    };
    manifest.text = { ...manifest.text, file: `text_model${suffix}.onnx`, sha256: undefined, contextLength: 77 };
  });
  for (const tower of ['vision', 'text']) {
    const file = `${tower}_model${suffix}.onnx`;
    await cp(join(CLIP_SHAPED, file), join(folder, file));
  }
  await cp(CLIP_TOKENIZER, folder, { recursive: true });
  return folder;
}

describe.skipIf(!existsSync(CLIP_SHAPED))(
  'embedder of a model in the shape of CLIP (needs ../shared)',
  { timeout: 300_000 },
  () => {
    it.each([
      ['fp32', ''],
      ['int8', '_quantized'],
    ])('embeds texts and pictures in 512 dimensions, alone as in a batch (%s)', async (_, suffix) => {
      const embedder = await openEmbedder({ folder: await clipFolder(suffix) });
      expect(embedder.model.dimensions).toBe(512);
      const when = { priority: 'import' } as const;
      const texts = ['red dress', 'a photo of navy blue trousers for men, slim fit', 'bag'];
      const pictures = ['portrait.jpg', 'thumbnail.png', 'grey.jpg'].map(fixturePicture);
      const together = await Promise.all([
        ...texts.map((text) => embedder.embedText(text, when)),
        ...pictures.map((bytes) => embedder.embedImage(bytes, when)),
      ]);
      const alone: Embedding[] = [];
      for (const text of texts) alone.push(await embedder.embedText(text, when));
      for (const bytes of pictures) alone.push(await embedder.embedImage(bytes, when));
      for (const [at, vector] of alone.entries()) {
        expect(vector).toHaveLength(512);
        expect(largestDifference(vector, together[at] as Embedding)).toBeLessThan(BATCH_TOLERANCE);
      }
      await embedder.close();
    });
  },
);
