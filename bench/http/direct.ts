import { createInterface } from 'node:readline';
import pino from 'pino';
import { loadConfig } from '../../src/config.ts';
import { openShop } from '../../src/shop.ts';

/*
 * The searches of http.bench.ts without HTTP and GraphQL, in a process of its own: the same search, the same products with their category and pictures. It reads one
 * line of JSON for each run (texts, products to a page, how many at once) and answers with one: milliseconds of each search, and of the processor.
 */

/** What one run asks for. */
export interface DirectRun {
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

const shop = await openShop(loadConfig(process.env), { logger: pino({ level: 'error' }, pino.destination(2)) });

async function search(text: string, first: number): Promise<void> {
  const page = await shop.searchProducts({ terms: [{ match: { kind: 'text', text } }], first });
  await shop.getProductsByIds(page.results.map(({ productId }) => productId));
}

async function measure({ texts, first, concurrency }: DirectRun): Promise<DirectResult> {
  const milliseconds: number[] = [];
  const waiting = [...texts];
  const started = performance.now();
  const processor = process.cpuUsage();
  const oneAfterTheOther = async () => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
      const begun = performance.now();
      await search(text, first);
      milliseconds.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, oneAfterTheOther));
  const { user, system } = process.cpuUsage(processor);
  return { milliseconds, wallMs: performance.now() - started, processorMs: (user + system) / 1000 };
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await measure(JSON.parse(line) as DirectRun)));
}
await shop.close();
process.exit(0);
