import { join } from 'node:path';
import type { TowerOptions } from '../src/embedding/inference-messages.ts';
import { readModelFolder } from '../src/embedding/model-manifest.ts';
import { openTokenizer, type TokenIds } from '../src/embedding/tokenizer.ts';
import { openTowerSession } from '../src/embedding/tower-session.ts';
import { cosineSimilarity, normalise } from '../src/embedding-vector.ts';
import { type Benchmark, rounded } from './benchmark.ts';
import { type BenchModel, benchModels } from './encoder/models.ts';
import { timeTurns } from './encoder/turns.ts';

/** Of each, at least, unless --queries says otherwise. */
const TURNS = 10;
const BATCHES = [1, 16];
/** As people type and as shops title; each is its own length in tokens. */
const TEXTS = [
  'red dress',
  'navy blue polo t-shirt for men',
  'black leather wallet',
  'women off-white printed cotton kurta with three-quarter sleeves',
  'jeans',
  'sports shoes for running on wet roads',
  'silver watch for women',
  'brown handbag with a long strap',
] as const;

export const benchmark: Benchmark = {
  question:
    "What does a text cost when it is encoded in its own length, and what when it is filled up to the model's context, and is it the same vector?",
  async run({ queries: turns = TURNS, say }) {
    const { models, remove } = await benchModels(say);
    const rows = [];
    try {
      for (const model of models) rows.push(...(await compareLengths(model, turns, say)));
    } finally {
      await remove();
    }
    return { setting: { turns, texts: TEXTS.length }, rows };
  },
};

async function compareLengths({ name, precision, folder }: BenchModel, turns: number, say: (line: string) => void) {
  const opened = await readModelFolder(folder);
  const { dimensions } = opened.manifest;
  const { file, output, contextLength } = opened.manifest.text;
  const tokenizer = await openTokenizer(opened);
  const trimmed = TEXTS.map((text) => tokenizer.tokenize(text));
  const options: TowerOptions = {
    path: join(folder, file),
    output,
    dimensions,
    threads: 1,
    tower: { kind: 'text', padId: tokenizer.padId },
    sample: tokenizer.tokenize('a photo'),
  };
  const session = await openTowerSession(options);
  const rows = [];
  // Where a run depends on what else is in it, the service encodes texts one by one.
  for (const batch of opened.manifest.batched ? BATCHES : [1]) {
    const ways = {
      trimmed: cycle(trimmed, batch),
      padded: cycle(trimmed, batch).map((text) => padded(text, contextLength, tokenizer.padId)),
    };
    const vectors = [];
    for (const [way, texts] of Object.entries(ways)) {
      say(`${name}, ${way}, batch of ${batch}`);
      const { fastestMs, medianMs, processorMs } = await timeTurns(turns, () => session.encode(texts));
      vectors.push(await session.encode(texts));
      rows.push({
        model: name,
        precision,
        batch,
        texts: way,
        tokens: Math.max(...texts.map(({ ids }) => ids.length)),
        'ms each': rounded(fastestMs / batch),
        'ms each, median': rounded(medianMs / batch),
        'processor ms each': rounded(processorMs / batch),
        'furthest from the trimmed one': furthest(vectors[0], vectors.at(-1), dimensions),
      });
    }
  }
  await session.release();
  return rows;
}

function cycle(texts: readonly TokenIds[], count: number): TokenIds[] {
  return Array.from({ length: count }, (_, at) => texts[at % texts.length] as TokenIds);
}

function padded({ ids, length }: TokenIds, to: number, padId: number): TokenIds {
  return { ids: [...ids, ...Array<number>(to - ids.length).fill(padId)], length };
}

/**
 * 1 - cosine of the two vectors of a text, at most.
 *
 * @param trimmed - float32 [n, dimensions], and so `other`
 */
function furthest(
  trimmed: Float32Array = new Float32Array(),
  other: Float32Array = new Float32Array(),
  dimensions = 1,
): string {
  const distances = Array.from({ length: trimmed.length / dimensions }, (_, at) => {
    const vectorOf = (all: Float32Array) => normalise(all.slice(at * dimensions, (at + 1) * dimensions));
    return 1 - cosineSimilarity(vectorOf(trimmed), vectorOf(other));
  });
  return Math.max(0, ...distances).toExponential(1);
}
