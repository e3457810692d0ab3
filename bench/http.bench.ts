import { existsSync } from 'node:fs';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { ask } from './http/ask.ts';
import { readCatalogue } from './http/catalogue.ts';
import type { DirectResult, DirectRun } from './http/direct.ts';
import { FIRST, knownText, type Operation, operations, peerOperations } from './http/operations.ts';
import { type BenchPlace, benchPlace } from './http/place.ts';
import { startHelper } from './http/start-helper.ts';

const CONCURRENCY = [1, 4, 16];
/** Of each kind and concurrency, unless --queries says otherwise. */
const REQUESTS = 300;
/** Not measured: connections, plans and code get warm. */
const WARMING = 60;

const PEER = new URL('http/peers/node_modules/postgraphile/package.json', import.meta.url);

export const benchmark: Benchmark = {
  question:
    'What does a search over HTTP take, whole and beside its parts: an empty GraphQL operation, products that nobody searched for, the same searches called directly, and their statements alone? And what does PostGraphile take where it can answer the same?',
  async run({ databaseUrl, products, queries = REQUESTS, say }) {
    const place = await benchPlace({ databaseUrl, products, say });
    const catalogue = await readCatalogue(place);
    const measured = { place, requests: queries, say };
    const rows = [
      ...(databaseUrl === undefined ? [] : await directly(measured, 'STATEMENTS')),
      ...(await directly(measured, 'FUNCTIONS')),
      ...(await overHttp(measured, 'serve.ts', operations(catalogue))),
    ];
    const peer = peerReason(databaseUrl);
    if (peer === undefined)
      rows.push(...(await overHttp(measured, 'peers/postgraphile.mjs', peerOperations(catalogue))));
    else say(`PostGraphile is left out: ${peer}`);
    return {
      setting: {
        database: catalogue.version,
        kind: catalogue.kind,
        products: catalogue.productCount,
        productsToAPage: FIRST,
        requestsToARow: queries,
        PostGraphile: peer === undefined ? 'measured' : `left out: ${peer}`,
      },
      rows,
    };
  },
};

/** Why PostGraphile cannot be measured; undefined where it can. */
function peerReason(databaseUrl: string | undefined): string | undefined {
  if (databaseUrl === undefined) return 'the embedded database takes one process';
  return existsSync(PEER) ? undefined : 'npm ci --prefix bench/http/peers installs it';
}

interface Measured {
  readonly place: BenchPlace;
  readonly requests: number;
  readonly say: (line: string) => void;
}

type Row = Readonly<Record<string, string | number>>;

function row(name: string, concurrency: number, p: DirectResult): Row {
  const { milliseconds } = p;
  return {
    what: name,
    'at once': concurrency,
    'p50 ms': rounded(quantile(milliseconds, 0.5)),
    'p95 ms': rounded(quantile(milliseconds, 0.95)),
    'a second': rounded((1000 * milliseconds.length) / p.wallMs),
    // Of the process that answers, without the database; on the embedded database that is within it.
    'its processor ms each': Math.round((100 * p.processorMs) / milliseconds.length) / 100,
  };
}

const DIRECTLY: Record<DirectRun['by'], string> = {
  STATEMENTS: 'text, asked for before: its statements alone, by pg',
  FUNCTIONS: 'text, asked for before, called directly',
};

async function directly({ place, requests, say }: Measured, by: DirectRun['by']): Promise<Row[]> {
  const child = startHelper('direct.ts', place);
  try {
    await child.line();
    const run = async (concurrency: number, count: number): Promise<DirectResult> => {
      const texts = Array.from({ length: count }, (_, number) => knownText(number));
      child.write(JSON.stringify({ by, texts, first: FIRST, concurrency } satisfies DirectRun));
      return JSON.parse(await child.line()) as DirectResult;
    };
    const rows: Row[] = [];
    for (const concurrency of CONCURRENCY) {
      say(`${DIRECTLY[by]}, ${concurrency} at once`);
      await run(concurrency, WARMING);
      rows.push(row(DIRECTLY[by], concurrency, await run(concurrency, requests)));
    }
    return rows;
  } finally {
    await child.end();
  }
}

async function overHttp(
  { place, requests, say }: Measured,
  program: string,
  all: readonly Operation[],
): Promise<Row[]> {
  const process = startHelper(program, place);
  try {
    const server = { process, address: await process.line() };
    const rows: Row[] = [];
    for (const operation of all) {
      // Each request is another one, also from run to run.
      let number = 0;
      for (const concurrency of CONCURRENCY) {
        say(`${operation.name}, ${concurrency} at once`);
        await ask(server, { operation, concurrency, from: number, count: WARMING });
        number += WARMING;
        const measured = await ask(server, { operation, concurrency, from: number, count: requests });
        rows.push(row(operation.name, concurrency, measured));
        number += requests;
      }
    }
    return rows;
  } finally {
    await process.end();
  }
}
