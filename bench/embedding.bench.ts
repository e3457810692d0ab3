import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Embedder } from '../src/embedding/embedder.ts';
import { openEmbedder } from '../src/embedding/open-embedder.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';

const MODEL = fileURLToPath(new URL('../models/lookgraph-mini', import.meta.url));
const PHOTO = fileURLToPath(new URL('../test/fixtures/preprocess/inputs/landscape.jpg', import.meta.url));
/** As many as the importer keeps going at a time. */
const AT_ONCE = 32;
const PICTURES = 300;
const QUERIES = 40;
/** A shopper's pause between two searches, in milliseconds. */
const PAUSE_MS = 20;
/** Threads that encode pictures x cores for each. */
const THREADS = [
  [1, 1],
  [2, 1],
  [1, 2],
] as const;

export const benchmark: Benchmark = {
  question:
    'How many pictures a second does the bundled model embed, and how long do queries take meanwhile, by threads x cores?',
  async run({ say }) {
    const pictures = { small: await photo(60, 80), large: await photo(348, 348) };
    const rows = [];
    for (const [pictureThreads, coresPerThread] of THREADS) {
      say(`${pictureThreads} x ${coresPerThread} ...`);
      const started = performance.now();
      const embedder = await openEmbedder({ folder: MODEL, pictureThreads, coresPerThread });
      const openMs = performance.now() - started;
      rows.push({
        threads: `${pictureThreads} x ${coresPerThread}`,
        'open ms': rounded(openMs),
        '60x80 a second': rounded(await importRate(embedder, pictures.small)),
        '348x348 a second': rounded(await importRate(embedder, pictures.large)),
        ...(await queries('alone', embedder, pictures.large)),
        ...(await queriesDuringImport(embedder, pictures)),
        'memory MiB': Math.round(process.memoryUsage().rss / 2 ** 20),
      });
      await embedder.close();
    }
    return { setting: { model: 'lookgraph-mini', pictures: PICTURES, queries: QUERIES }, rows };
  },
};

function photo(width: number, height: number): Promise<Buffer> {
  return sharp(PHOTO).resize(width, height, { fit: 'fill' }).jpeg().toBuffer();
}

/** Pictures a second, from JPEG to vector. */
async function importRate(embedder: Embedder, bytes: Buffer): Promise<number> {
  const started = performance.now();
  let begun = 0;
  await importWhile(embedder, bytes, () => begun++ < PICTURES);
  return (PICTURES / (performance.now() - started)) * 1000;
}

async function importWhile(embedder: Embedder, bytes: Buffer, goesOn: () => boolean): Promise<void> {
  const one = async () => {
    while (goesOn()) await embedder.embedImage(bytes, { priority: 'import' });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

/** Each query is another one, so that none is answered from memory. */
async function queries(when: string, embedder: Embedder, bytes: Buffer): Promise<Record<string, number>> {
  const textMs: number[] = [];
  const pictureMs: number[] = [];
  for (let query = 0; query < QUERIES; query++) {
    const begun = performance.now();
    await embedder.embedText(`${when}: red cotton dress ${query}`);
    const between = performance.now();
    const region = { x: 0, y: 0, width: 1, height: 1 - query / 1000 - (when === 'alone' ? 0 : 0.1) };
    await embedder.embedImage(bytes, { region });
    textMs.push(between - begun);
    pictureMs.push(performance.now() - between);
    await sleep(PAUSE_MS);
  }
  return {
    [`text ${when} p50`]: rounded(quantile(textMs, 0.5)),
    [`text ${when} p95`]: rounded(quantile(textMs, 0.95)),
    [`picture ${when} p50`]: rounded(quantile(pictureMs, 0.5)),
    [`picture ${when} p95`]: rounded(quantile(pictureMs, 0.95)),
  };
}

async function queriesDuringImport(embedder: Embedder, pictures: { small: Buffer; large: Buffer }) {
  let importing = true;
  const imported = importWhile(embedder, pictures.small, () => importing);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const latencies = await queries('importing', embedder, pictures.large);
  delay.disable();
  importing = false;
  await imported;
  // The monitor counts its own millisecond between two looks.
  return { ...latencies, 'loop delay p99': rounded(delay.percentile(99) / 1e6 - 1) };
}
