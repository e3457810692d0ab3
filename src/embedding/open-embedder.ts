import { webcrypto } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Embedding, normalise } from '../embedding-vector.ts';
import { AppError, badInput } from '../errors.ts';
import { createLimiter } from '../limiter.ts';
import type { Embedder, EncodePriority, PictureView, Region } from './embedder.ts';
import type { TowerInput, TowerOptions } from './inference-messages.ts';
import { type InferencePool, openInferencePool } from './inference-pool.ts';
import { type ModelFolder, readModelFolder } from './model-manifest.ts';
import { lookAtPicture } from './picture-look.ts';
import { preprocessPicture } from './preprocess-picture.ts';
import { createSharedResults } from './shared-results.ts';
import { openTokenizer, type Tokenizer, tidyText } from './tokenizer.ts';
import { verifyModelFiles } from './verify-model.ts';
import { queueFull } from './work-queue.ts';

/**
 * The defaults come from two cores shared with other work, where one thread over both embedded more pictures a second (53 of
 * 60 x 80 pixels, median of ten turns) than two threads of one core (36), answered queries sooner, and holds the weights once.
 */
export interface EmbedderOptions {
  /** A model's folder, with manifest.json and the files that it names. */
  readonly folder: string;
  /** How many pictures, and how many texts, may wait to be encoded, for each priority (256). More are refused. */
  readonly maxWaiting?: number;
  /** Threads that encode pictures, each with the picture tower in memory (one for each 4 cores). */
  readonly pictureThreads?: number;
  /** Cores that one run of a tower is spread over (all, up to 4). */
  readonly coresPerThread?: number;
}

/** 10 MB of 256 dimensions. */
const KEPT_TEXTS = 10_000;
/** Somebody pages through what looks like a picture; few do so at a time. */
const KEPT_PICTURES = 1_000;

/** What of a picture is encoded: at most one of them; the whole without. */
interface PicturePart {
  readonly region?: Region | undefined;
  readonly view?: PictureView | undefined;
}

/** When a piece of work is done, and whether still. */
interface Scheduling {
  readonly priority: EncodePriority;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads a model, checks its files against the manifest, and tries both towers.
 *
 * @throws AppError MODEL_INVALID, with the file, what was expected, and what was found
 */
export async function openEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { maxWaiting = 256 } = options;
  const cores = availableParallelism();
  const threads = options.coresPerThread ?? Math.min(cores, 4);
  const pictureThreads = options.pictureThreads ?? Math.max(1, Math.floor(cores / threads));

  const opened = await readModelFolder(options.folder);
  const { vision, text: words, batched } = opened.manifest;
  // Before anything of them is loaded.
  await verifyModelFiles(opened);
  const [picturePool, textPool] = await openBoth(
    openInferencePool({ tower: pictureTower(opened, threads), size: pictureThreads, batched, maxWaiting }),
    openTextPool(opened, threads, maxWaiting),
  );
  // sharp works in libuv's threads, in the order of asking; the limiter puts queries first.
  const decoding = createLimiter({ atOnce: cores, bound: { waiting: maxWaiting, refusal: queueFull } });
  const keptTexts = createSharedResults<Embedding>(KEPT_TEXTS);
  const keptPictures = createSharedResults<Embedding>(KEPT_PICTURES);

  async function encode(pool: InferencePool, file: string, input: TowerInput, when: Scheduling): Promise<Embedding> {
    const vector = await pool.encode(input, when);
    try {
      return normalise(vector);
    } catch (cause) {
      const found = cause instanceof Error ? cause.message : String(cause);
      throw new AppError('MODEL_INVALID', `${join(options.folder, file)}: ${found}`, { cause });
    }
  }

  async function encodeText(text: string, when: Scheduling): Promise<Embedding> {
    return encode(textPool, words.file, textPool.tokenize(text), when);
  }

  async function encodePicture(bytes: Uint8Array, part: PicturePart, when: Scheduling): Promise<Embedding> {
    const pixels = await decoding.run(() => preprocessPicture(bytes, vision, part), {
      later: when.priority === 'import',
      signal: when.signal,
    });
    return encode(picturePool, vision.file, pixels, when);
  }

  return {
    model: opened.model,
    async embedText(text, { priority = 'query', signal } = {}) {
      const tidy = tidyText(text);
      if (tidy === '') throw badInput('text', 'words', text);
      // What an import embeds is stored, and would push out what people ask for.
      if (priority === 'import') return encodeText(tidy, { priority, signal });
      return keptTexts.get(tidy, (stop) => encodeText(tidy, { priority, signal: stop }), signal);
    },
    countTokens: (text) => textPool.count(tidyText(text)),
    async embedImage(bytes, { priority = 'query', signal, region, view } = {}) {
      const part = { region, view };
      if (priority === 'import') return encodePicture(bytes, part, { priority, signal });
      const key = await pictureKey(bytes, part);
      return keptPictures.get(key, (stop) => encodePicture(bytes, part, { priority, signal: stop }), signal);
    },
    async lookAtImage(bytes, { priority = 'query', signal } = {}) {
      return decoding.run(() => lookAtPicture(bytes), { later: priority === 'import', signal });
    },
    async close() {
      await Promise.all([picturePool.close(), textPool.close()]);
    },
  };
}

/** Both, or none: when one model file is wrong, the threads of the other are ended. */
async function openBoth(picture: Promise<InferencePool>, text: Promise<TextPool>): Promise<[InferencePool, TextPool]> {
  try {
    return await Promise.all([picture, text]);
  } catch (error) {
    const opened = await Promise.allSettled([picture, text]);
    await Promise.all(opened.map((pool) => (pool.status === 'fulfilled' ? pool.value.close() : undefined)));
    throw error;
  }
}

/** What encodes texts, and what makes its input of them. */
type TextPool = InferencePool & Pick<Tokenizer, 'tokenize' | 'count'>;

async function openTextPool(opened: ModelFolder, threads: number, maxWaiting: number): Promise<TextPool> {
  const tokenizer = await openTokenizer(opened);
  const tower = textTower(opened, threads, tokenizer);
  const pool = await openInferencePool({ tower, size: 1, batched: opened.manifest.batched, maxWaiting });
  return { ...pool, tokenize: (text) => tokenizer.tokenize(text), count: (text) => tokenizer.count(text) };
}

function pictureTower({ folder, manifest }: ModelFolder, threads: number): TowerOptions {
  const { file, output, width, height, mean, std } = manifest.vision;
  return {
    path: join(folder, file),
    output,
    dimensions: manifest.dimensions,
    threads,
    tower: { kind: 'picture', width, height, mean, std },
    sample: new Uint8Array(width * height * 3).fill(128),
  };
}

function textTower({ folder, manifest }: ModelFolder, threads: number, tokenizer: Tokenizer): TowerOptions {
  return {
    path: join(folder, manifest.text.file),
    output: manifest.text.output,
    dimensions: manifest.dimensions,
    threads,
    tower: { kind: 'text', padId: tokenizer.padId },
    sample: tokenizer.tokenize('a photo'),
  };
}

/** Hashed in libuv's threads: 10 MiB would hold up the event loop for 6 ms. */
async function pictureKey(bytes: Uint8Array, { region, view }: PicturePart): Promise<string> {
  const hash = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
  const { x, y, width, height } = region ?? view?.frame ?? { x: 0, y: 0, width: 1, height: 1 };
  return [hash, x, y, width, height, ...(view ? [view.turn, ...view.ground] : [])].join(' ');
}
