import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { type ModelManifest, readModelFolder } from '../src/embedding/model-manifest.ts';
import { openTowerSession } from '../src/embedding/tower-session.ts';
import { type Benchmark, rounded } from './benchmark.ts';
import { countOperations } from './encoder/count-operations.ts';
import { machineLimit, type Rate, rateOf } from './encoder/machine-limit.ts';
import type { Precision } from './encoder/matrix-model.ts';
import { type BenchModel, benchModels } from './encoder/models.ts';
import { type Turns, timeTurns } from './encoder/turns.ts';

/** Of each run, at least, unless --queries says otherwise. */
const TURNS = 3;
const BATCHES = [1, 2, 4, 8, 16, 32];
const THREADS = [1, 2];

export const benchmark: Benchmark = {
  question:
    'How many pictures a second does each model encode, by precision, batch and threads, and how near is that to what the machine can do?',
  async run({ queries: turns = TURNS, say }) {
    const { models, remove } = await benchModels(say);
    try {
      const limits = await limitsOf(turns, say);
      const rows = [];
      for (const threads of THREADS) {
        for (const model of models) rows.push(...(await encodingRates(model, { threads, turns, limits, say })));
      }
      return { setting: { turns, ...limits.setting }, rows };
    } finally {
      await remove();
    }
  },
};

type Say = (line: string) => void;

interface Limits {
  of(precision: Precision, threads: number): Rate;
  readonly setting: Readonly<Record<string, number>>;
}

async function limitsOf(turns: number, say: Say): Promise<Limits> {
  const rates = new Map<string, Rate>();
  const name = (precision: Precision, threads: number) =>
    `${precision} limit, ${threads} thread${threads > 1 ? 's' : ''}`;
  for (const precision of ['fp32', 'int8'] as const) {
    for (const threads of THREADS) {
      say(name(precision, threads));
      rates.set(name(precision, threads), await machineLimit(precision, threads, turns));
    }
  }
  return {
    of: (precision, threads) =>
      rates.get(name(precision, threads)) ?? { bySecond: Number.NaN, byProcessorSecond: Number.NaN },
    setting: Object.fromEntries(
      [...rates].flatMap(([key, rate]) => [
        [`${key} (GFLOP/s)`, rounded(rate.bySecond)],
        [`${key} (GFLOP to a processor second)`, rounded(rate.byProcessorSecond)],
      ]),
    ),
  };
}

async function encodingRates(
  { name, precision, folder }: BenchModel,
  p: { threads: number; turns: number; limits: Limits; say: Say },
) {
  const { manifest } = await readModelFolder(folder);
  const path = join(folder, manifest.vision.file);
  const operations = await countOperations(path, { pixel_values: onePicture(manifest.vision) });
  const session = await openTowerSession({
    path,
    output: manifest.vision.output,
    dimensions: manifest.dimensions,
    threads: p.threads,
    tower: { kind: 'picture', ...manifest.vision },
    sample: pixels(manifest.vision, 0),
  });
  const rows = [];
  for (const batch of BATCHES) {
    p.say(`${name}, ${p.threads} threads, batch of ${batch}`);
    const pictures = Array.from({ length: batch }, (_, number) => pixels(manifest.vision, number));
    const measured = await timeTurns(p.turns, () => session.encode(pictures));
    rows.push({
      model: name,
      precision,
      threads: p.threads,
      batch,
      ...rates(measured, batch, operations, p.limits.of(precision, p.threads)),
    });
  }
  await session.release();
  return rows;
}

/** @param operations - to a picture */
function rates(turns: Turns, batch: number, operations: number, limit: Rate) {
  const rate = rateOf(operations * batch, turns);
  return {
    'GFLOP each': rounded(operations / 1e9),
    'a second': rounded((1000 * batch) / turns.fastestMs),
    'a second, median turn': rounded((1000 * batch) / turns.medianMs),
    'processor ms each': rounded(turns.processorMs / batch),
    'GFLOP/s': rounded(rate.bySecond),
    '% of the limit': rounded((100 * rate.bySecond) / limit.bySecond),
    '% of it by processor time': rounded((100 * rate.byProcessorSecond) / limit.byProcessorSecond),
  };
}

type Vision = ModelManifest['vision'];

/** Some picture: what is in it does not matter to how long it takes. */
function pixels({ width, height }: Vision, number: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7 + number * 31) % 256);
}

function onePicture({ width, height }: Vision): Tensor {
  return new Tensor('float32', new Float32Array(3 * width * height).fill(0.5), [1, 3, height, width]);
}
