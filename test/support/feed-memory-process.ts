// A process of its own that reads a feed and says what memory that took: node --import tsx feed-memory-process.ts FEED [DATA_FOLDER DATABASE_URL]
// With a database it also writes the products; embedding is another matter, and is not begun.
import { dirname } from 'node:path';
import { createPictureFinder } from '../../src/catalog/feed/find-pictures.ts';
import { openFeed } from '../../src/catalog/feed/open-feed.ts';
import { readVariantRows } from '../../src/catalog/feed/read-variant-rows.ts';
import { importFeed } from '../../src/catalog/import-feed.ts';
import { openDatabase } from '../../src/database/database.ts';
import { openEmbedDeps } from './embed-deps.ts';

const [feed = '', dataFolder, url] = process.argv.slice(2);

async function read(): Promise<number> {
  let products = 0;
  for await (const row of readVariantRows(await openFeed(feed), await createPictureFinder(dirname(feed)))) {
    if ('row' in row) products++;
  }
  return products;
}

async function write(folder: string): Promise<number> {
  const database = await openDatabase({ url, dataFolder: folder, statementTimeoutMs: 0 });
  const controller = new AbortController();
  const deps = await openEmbedDeps({ db: database.db, dataFolder: folder });
  const report = await importFeed(deps, {
    path: feed,
    signal: controller.signal,
    onProgress: ({ phase }) => {
      if (phase === 'embedding') controller.abort();
    },
  });
  await database.close();
  return report.created;
}

const products = await (dataFolder === undefined ? read() : write(dataFolder));
console.log(JSON.stringify({ products, maxRssMb: process.resourceUsage().maxRSS / 1024 }));
