import { openDatabase } from '../src/database/database.ts';
import { openEmbedder } from '../src/embedding/open-embedder.ts';
import { FASHION_MODEL, type FashionPlace, importedFashion, readFashionFeed } from '../test/support/fashion.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import type { DirectResult, DirectRun } from './http/direct.ts';
import { FIRST, knownText, type Operation, operations } from './http/operations.ts';
import { type Helper, startHelper } from './http/start-helper.ts';

const CONCURRENCY = [1, 4, 16];
/** Of each kind and concurrency, unless --queries says otherwise. */
const REQUESTS = 300;
/** Not measured: connections, plans and code get warm. */
const WARMING = 60;

export const benchmark: Benchmark = {
  question:
    'What does a search over HTTP take, whole and beside its parts: an empty GraphQL operation, and the same searches called directly, without HTTP and GraphQL?',
  async run({ databaseUrl, queries = REQUESTS, say }) {
    const place = await fashion(databaseUrl);
    const products = readFashionFeed();
    const rows = [
      ...(await directly(place, queries, say)),
      ...(await overHttp(place, operations(products), queries, say)),
    ];
    const database = await openDatabase(place);
    const { kind, version } = database;
    await database.close();
    return {
      setting: { database: version, kind, products: products.length, productsToAPage: FIRST, requestsToARow: queries },
      rows,
    };
  },
};

async function fashion(databaseUrl: string | undefined): Promise<FashionPlace> {
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  try {
    return await importedFashion(embedder, databaseUrl);
  } finally {
    await embedder.close();
  }
}

type Row = Readonly<Record<string, string | number>>;

/** @param processorMs - of the whole run, of our process alone: on the embedded database that includes the database */
function row(name: string, concurrency: number, p: DirectResult): Row {
  const { milliseconds } = p;
  return {
    what: name,
    'at once': concurrency,
    'p50 ms': rounded(quantile(milliseconds, 0.5)),
    'p95 ms': rounded(quantile(milliseconds, 0.95)),
    'a second': rounded((1000 * milliseconds.length) / p.wallMs),
    'our processor ms each': Math.round((100 * p.processorMs) / milliseconds.length) / 100,
  };
}

async function directly(place: FashionPlace, requests: number, say: (line: string) => void): Promise<Row[]> {
  const child = startHelper('direct.ts', place);
  try {
    await child.line();
    const run = async (concurrency: number, count: number): Promise<DirectResult> => {
      const texts = Array.from({ length: count }, (_, number) => knownText(number));
      child.write(JSON.stringify({ texts, first: FIRST, concurrency } satisfies DirectRun));
      return JSON.parse(await child.line()) as DirectResult;
    };
    const rows: Row[] = [];
    for (const concurrency of CONCURRENCY) {
      say(`directly, ${concurrency} at once`);
      await run(concurrency, WARMING);
      rows.push(row('text, asked for before, called directly', concurrency, await run(concurrency, requests)));
    }
    return rows;
  } finally {
    await child.end();
  }
}

async function overHttp(
  place: FashionPlace,
  all: readonly Operation[],
  requests: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const server = startHelper('serve.ts', place);
  try {
    const address = await server.line();
    const rows: Row[] = [];
    for (const operation of all) {
      // Each request is another one, also from run to run.
      let number = 0;
      for (const concurrency of CONCURRENCY) {
        say(`${operation.name}, ${concurrency} at once`);
        await ask(address, server, { operation, concurrency, from: number, count: WARMING });
        number += WARMING;
        rows.push(
          row(
            operation.name,
            concurrency,
            await ask(address, server, { operation, concurrency, from: number, count: requests }),
          ),
        );
        number += requests;
      }
    }
    return rows;
  } finally {
    await server.end();
  }
}

async function ask(
  address: string,
  server: Helper,
  p: { operation: Operation; concurrency: number; from: number; count: number },
): Promise<DirectResult> {
  const bodies = await Promise.all(
    Array.from({ length: p.count }, async (_, number) => JSON.stringify(await p.operation.request(p.from + number))),
  );
  const milliseconds: number[] = [];
  const processorBefore = server.processorMs();
  const started = performance.now();
  const oneAfterTheOther = async () => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const begun = performance.now();
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const answer = await response.text();
      milliseconds.push(performance.now() - begun);
      if (!response.ok || answer.startsWith('{"errors"'))
        throw new Error(`${p.operation.name}: ${answer.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: p.concurrency }, oneAfterTheOther));
  return { milliseconds, wallMs: performance.now() - started, processorMs: server.processorMs() - processorBefore };
}
