import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { type BenchShop, FASHION_FEED, FASHION_QUERIES, openEmptyShop, runOn } from './fashion.ts';

/** A shopper's pause between two searches during the import, in milliseconds. */
const PAUSE_MS = 100;

export const benchmark: Benchmark = {
  question:
    'How long does the fashion catalogue (44,072 products with a picture each) take to import, and how busy is the event loop while people search meanwhile?',
  async run({ databaseUrl, say }) {
    const bench = await openEmptyShop(databaseUrl);
    try {
      const phases = createPhases();
      let importing = true;
      const searching = searchUntil(bench, () => !importing, phases);
      const report = await bench.shop.importFeed({
        path: FASHION_FEED,
        onProgress: (progress) => {
          if (phases.enter(progress.phase)) say(`${progress.phase} ...`);
        },
      });
      phases.end();
      importing = false;
      await searching;
      return {
        setting: {
          database: bench.shop.database.version,
          kind: bench.shop.database.kind,
          model: (await bench.shop.activeModel()).name,
          created: report.created,
          failedRows: report.failed,
          imagesEmbedded: report.imagesEmbedded,
          imagesFailed: report.imagesFailed,
          databaseMiB: await databaseMiB(bench),
          picturesMiB: await folderMiB(path.join(bench.dataFolder, 'pictures')),
        },
        rows: phases.rows(report.created),
      };
    } finally {
      await bench.dispose();
    }
  },
};

interface Phase {
  readonly name: string;
  readonly started: number;
  ended: number;
  readonly delay: ReturnType<typeof monitorEventLoopDelay>;
  readonly searchMs: number[];
  peakMemory: number;
}

function createPhases() {
  const all: Phase[] = [];
  const sampler = setInterval(() => {
    const phase = all.at(-1);
    if (phase) phase.peakMemory = Math.max(phase.peakMemory, process.memoryUsage.rss());
  }, 200);

  function end(): void {
    clearInterval(sampler);
    finish(all.at(-1));
  }
  function finish(phase: Phase | undefined): void {
    if (!phase) return;
    phase.ended = performance.now();
    phase.delay.disable();
  }
  return {
    /** Returns whether the phase is new. */
    enter(name: string): boolean {
      if (all.at(-1)?.name === name) return false;
      finish(all.at(-1));
      // 1 ms: the timer's own period is part of what it measures, so the figures are a little too high.
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      all.push({ name, started: performance.now(), ended: 0, delay, searchMs: [], peakMemory: 0 });
      return true;
    },
    searched: (milliseconds: number) => all.at(-1)?.searchMs.push(milliseconds),
    end,
    rows: (products: number) =>
      all.map((phase) => {
        const seconds = (phase.ended - phase.started) / 1000;
        return {
          phase: phase.name,
          seconds: rounded(seconds),
          'products a second': rounded(products / seconds),
          'event loop p50 ms': rounded(phase.delay.percentile(50) / 1e6),
          'p99 ms': rounded(phase.delay.percentile(99) / 1e6),
          'max ms': rounded(phase.delay.max / 1e6),
          searches: phase.searchMs.length,
          'search p50 ms': phase.searchMs.length ? rounded(quantile(phase.searchMs, 0.5)) : '',
          'search p95 ms': phase.searchMs.length ? rounded(quantile(phase.searchMs, 0.95)) : '',
          'peak memory MiB': rounded(phase.peakMemory / 2 ** 20),
        };
      }),
  };
}

async function searchUntil(
  { shop }: BenchShop,
  done: () => boolean,
  phases: { searched: (milliseconds: number) => void },
): Promise<void> {
  for (let turn = 0; !done(); turn++) {
    const text = FASHION_QUERIES[turn % FASHION_QUERIES.length] as string;
    const started = performance.now();
    await shop.searchProducts({ terms: [{ match: { kind: 'text', text } }], first: 24 });
    phases.searched(performance.now() - started);
    await sleep(PAUSE_MS);
  }
}

async function databaseMiB(bench: BenchShop): Promise<number> {
  if (bench.databaseUrl === undefined) return folderMiB(path.join(bench.dataFolder, 'postgres'));
  const [row] = await runOn(bench.databaseUrl, 'select pg_database_size(current_database())::float8 as bytes');
  return Math.round(Number(row?.bytes) / 2 ** 20);
}

async function folderMiB(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const entry of entries) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return Math.round(bytes / 2 ** 20);
}
