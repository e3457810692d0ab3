import { createInterface } from 'node:readline';
import pg from 'pg';
import { SESSION_OPTIONS } from '../../src/database/session-settings.ts';
import { openBenchShop } from './open-bench-shop.ts';
import { recordStatements, replayStatements, type SentStatement } from './record-statements.ts';

/*
 * The searches of http.bench.ts without HTTP and GraphQL, in a process of its own: the same search, the same products with their category and pictures; or only the statements that these
 * send. It reads one line of JSON for each run and answers with one: milliseconds of each search, and of the processor.
 */

/** What one run asks for. */
export interface DirectRun {
  /** Our functions, or the same statements by `pg` alone. */
  readonly by: 'FUNCTIONS' | 'STATEMENTS';
  readonly texts: readonly string[];
  readonly first: number;
  readonly concurrency: number;
}

/** What it measured. */
export interface DirectResult {
  readonly milliseconds: readonly number[];
  readonly wallMs: number;
  readonly processorMs: number;
}

/** As many connections as a shop has. */
const CONNECTIONS = 10;

const { shop } = await openBenchShop();
const { DATABASE_URL: connectionString } = process.env;
const pool =
  connectionString === undefined
    ? undefined
    : new pg.Pool({ connectionString, max: CONNECTIONS, options: SESSION_OPTIONS.join(' ') });
const recorded = new Map<string, SentStatement[]>();

async function search(text: string, first: number): Promise<void> {
  const page = await shop.searchProducts({ terms: [{ match: { kind: 'text', text } }], first });
  await shop.getProductsByIds(page.results.map(({ productId }) => productId));
}

async function prepare({ by, texts, first }: DirectRun): Promise<(text: string) => Promise<void>> {
  if (by === 'FUNCTIONS') return (text) => search(text, first);
  if (pool === undefined) throw new Error('expected a native database: the embedded one has one connection');
  for (const text of new Set(texts)) {
    if (!recorded.has(text)) recorded.set(text, await recordStatements(() => search(text, first)));
  }
  return (text) => replayStatements(pool, recorded.get(text) ?? []);
}

async function measure(run: DirectRun): Promise<DirectResult> {
  const work = await prepare(run);
  const milliseconds: number[] = [];
  const waiting = [...run.texts];
  const started = performance.now();
  const processor = process.cpuUsage();
  const oneAfterTheOther = async () => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
      const begun = performance.now();
      await work(text);
      milliseconds.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: run.concurrency }, oneAfterTheOther));
  const { user, system } = process.cpuUsage(processor);
  return { milliseconds, wallMs: performance.now() - started, processorMs: (user + system) / 1000 };
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await measure(JSON.parse(line) as DirectRun)));
}
await shop.close();
process.exit(0);
