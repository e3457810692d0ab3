// A process of its own that imports a feed, to be killed: node --import tsx import-process.ts FEED DATA_FOLDER KEEP|DELETE [DATABASE_URL]
// Prints a line for each step of progress. With DELETE it deletes what the feed does not have, but dies at its first step: it has read a part of the feed then.
import { setTimeout as wait } from 'node:timers/promises';
import { type ImportProgress, importFeed } from '../../src/catalog/import-feed.ts';
import { openDatabase } from '../../src/database/database.ts';
import { openEmbedDeps } from './embed-deps.ts';
import { createFakeEmbedder } from './fake-embedder.ts';

const [feed = '', dataFolder = '', treatment, url] = process.argv.slice(2);
const missing = treatment === 'DELETE' ? 'DELETE' : 'KEEP';
const database = await openDatabase({ url, dataFolder, statementTimeoutMs: 0 });
// Slow enough that there is time to be killed between two encodes.
const embedder = createFakeEmbedder({ before: () => wait(2) });
const deps = await openEmbedDeps({ db: database.db, dataFolder }, { embedder });
function report({ phase }: ImportProgress): void {
  console.log(phase);
  if (missing === 'DELETE') process.kill(process.pid, 'SIGKILL');
}
await importFeed(deps, { path: feed, missing, confirmed: true, onProgress: report });
await database.close();
