import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, testDatabaseKind } from '../support/database.ts';

const FEED_BYTES = 200 * 1024 ** 2;
const MOST_MB = 500;
const PROCESS = fileURLToPath(new URL('../support/feed-memory-process.ts', import.meta.url));
/** A product of some 2 kB: long, as those of shops that describe are. */
const DESCRIPTION = 'A thing of wool & linen, made to last and to be washed. '.repeat(32);

interface Format {
  readonly start: string;
  readonly end: string;
  product(number: number): string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  tsv: {
    start: 'id\ttitle\tdescription\tprice\tcolor\n',
    end: '',
    product: (n) => `P${n}\tThing number ${n}\t${DESCRIPTION}\t${n % 100}.90 EUR\tRed\n`,
  },
  json: {
    start: '{"products": [\n',
    end: '{}]}',
    product: (n) =>
      `${JSON.stringify({ id: `P${n}`, title: `Thing number ${n}`, description: DESCRIPTION, price: `${n % 100}.90 EUR` }, null, 1)},\n`,
  },
  xml: {
    start: '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n',
    end: '</channel></rss>',
    product: (n) =>
      `<item><g:id>P${n}</g:id><g:title>Thing number ${n}</g:title><g:description>${DESCRIPTION.replaceAll('&', '&amp;')}</g:description><g:price>${n % 100}.90 EUR</g:price></item>\n`,
  },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-memory-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeFeed(name: string): Promise<{ path: string; products: number }> {
  const path = join(folder, `feed.${name}`);
  const format = FORMATS[name];
  if (!format) throw new Error(`expected a format, found ${name}`);
  const { start, end, product } = format;
  let products = 0;
  function* pieces(): Generator<string> {
    yield start;
    for (let bytes = 0; bytes < FEED_BYTES; ) {
      const piece = Array.from({ length: 100 }, () => product(products++)).join('');
      bytes += piece.length;
      yield piece;
    }
    yield end;
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path));
  expect((await stat(path)).size).toBeGreaterThanOrEqual(FEED_BYTES);
  return { path, products };
}

async function measure(...parameters: string[]): Promise<{ products: number; maxRssMb: number }> {
  const args = ['--import', 'tsx', PROCESS, ...parameters];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1024 ** 2 });
  const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  console.info(`${parameters[0]}: ${found.products} products, ${Math.round(found.maxRssMb)} MB`);
  return found;
}

describe('a feed of 200 MB', () => {
  it.each(Object.keys(FORMATS))('is read as %s within 500 MB', async (name) => {
    const { path, products } = await writeFeed(name);
    const found = await measure(path);
    expect(found.products).toBe(products);
    expect(found.maxRssMb).toBeLessThan(MOST_MB);
    await rm(path);
  });

  // The embedded database is in the same process and takes its own memory.
  it.skipIf(testDatabaseKind() === 'embedded')('is imported within 500 MB', async () => {
    const { path, products } = await writeFeed('tsv');
    const { url, dataFolder, close } = await openTestDatabase();
    try {
      const found = await measure(path, dataFolder, url ?? '');
      expect(found.products).toBe(products);
      expect(found.maxRssMb).toBeLessThan(MOST_MB);
    } finally {
      await close();
    }
  });
});
