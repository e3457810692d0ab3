import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedder } from '../src/embedding/open-embedder.ts';
import { type CompiledProgram, compileProgram } from '../test/support/compiled-program.ts';
import { runOnServer, withDatabaseName } from '../test/support/database-server.ts';
import { FASHION_MODEL, fashionIsHere, importedFashion } from '../test/support/fashion.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { type TimedStart, timeStart } from './start/timed-start.ts';

/** Of each kind, unless --queries says otherwise. */
const STARTS = 5;
/** How many products there are makes no difference to a start. */
const SMALL_FEED = fileURLToPath(new URL('../test/fixtures/feeds/products.tsv', import.meta.url));
/** One row of it is wrong on purpose. */
const FINISHED_WITH_FAILURES = 3;

export const benchmark: Benchmark = {
  question:
    'How long does the server take from its start to its first answers, on a new shop and on one that stands, and how much memory does it have by then?',
  async run({ databaseUrl, queries: starts = STARTS, say }) {
    const scratch = await mkdtemp(path.join(tmpdir(), 'lookgraph-bench-start-'));
    say('compiling');
    const program = await compileProgram();
    try {
      const rows =
        databaseUrl === undefined
          ? await embeddedStarts(program, scratch, starts, say)
          : await nativeStarts(program, scratch, databaseUrl, starts, say);
      return { setting: { kind: databaseUrl === undefined ? 'embedded' : 'native', starts }, rows };
    } finally {
      await program.remove();
      await rm(scratch, { recursive: true });
    }
  },
};

type Row = Readonly<Record<string, string | number>>;
type Say = (line: string) => void;

async function embeddedStarts(program: CompiledProgram, scratch: string, starts: number, say: Say): Promise<Row[]> {
  const fresh = await eachTurn(starts, say, 'new folder', (turn) =>
    timeStart(program, { LOOKGRAPH_DATA: path.join(scratch, `new-${turn}`) }),
  );
  const standing = { LOOKGRAPH_DATA: path.join(scratch, 'standing') };
  say('importing a small shop');
  const { exitCode, stderr } = await program.run(['import', SMALL_FEED], standing);
  if (exitCode !== FINISHED_WITH_FAILURES) {
    throw new Error(
      `expected the import of ${SMALL_FEED} to end with ${FINISHED_WITH_FAILURES}, found ${exitCode}: ${stderr}`,
    );
  }
  const warm = await eachTurn(starts, say, 'small shop', () => timeStart(program, standing));
  return [row('new folder', fresh), row('a small shop stands', warm)];
}

async function nativeStarts(
  program: CompiledProgram,
  scratch: string,
  serverUrl: string,
  starts: number,
  say: Say,
): Promise<Row[]> {
  const LOOKGRAPH_DATA = path.join(scratch, 'data');
  const fresh = await eachTurn(starts, say, 'new database', async (turn) => {
    const name = `lookgraph_bench_start_${process.pid}_${turn}`;
    await runOnServer(serverUrl, `create database ${name}`);
    try {
      return await timeStart(program, { LOOKGRAPH_DATA, DATABASE_URL: withDatabaseName(serverUrl, name) });
    } finally {
      await runOnServer(serverUrl, `drop database ${name} with (force)`);
    }
  });
  const rows = [row('new database', fresh)];
  if (fashionIsHere) {
    const DATABASE_URL = await fashionUrl(serverUrl);
    const warm = await eachTurn(starts, say, 'fashion catalogue', () =>
      timeStart(program, { LOOKGRAPH_DATA, DATABASE_URL }),
    );
    rows.push(row('the fashion catalogue stands', warm));
  } else say('no fashion catalogue (../shared): new databases only');
  return rows;
}

async function fashionUrl(serverUrl: string): Promise<string | undefined> {
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  try {
    return (await importedFashion(embedder, serverUrl)).url;
  } finally {
    await embedder.close();
  }
}

async function eachTurn<T>(turns: number, say: Say, what: string, run: (turn: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < turns; turn++) {
    say(`${what}, start ${turn + 1} of ${turns}`);
    results.push(await run(turn));
  }
  return results;
}

/** Medians, and the slowest of what a person waits for. */
function row(shop: string, starts: readonly TimedStart[]): Row {
  const median = (measure: keyof TimedStart) =>
    rounded(
      quantile(
        starts.map((start) => start[measure]),
        0.5,
      ),
    );
  return {
    shop,
    'listens ms': median('listeningMs'),
    'ready ms': median('readyMs'),
    'slowest ready': rounded(Math.max(...starts.map((start) => start.readyMs))),
    'first search answered ms': median('searchedMs'),
    'processor ms by then': median('processorMs'),
    'memory MiB by then': median('memoryMiB'),
    'peak MiB': median('peakMiB'),
    'closes in ms': median('closedMs'),
  };
}
