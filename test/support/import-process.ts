// A process of its own that imports a feed, to be killed: node --import tsx import-process.ts FEED DATA_FOLDER [DATABASE_URL]
// Prints a line for each step of progress.
import { setTimeout as wait } from 'node:timers/promises';
import { importFeed } from '../../src/catalog/import-feed.ts';
import { openDatabase } from '../../src/database/database.ts';
import { openEmbedDeps } from './embed-deps.ts';
import { createFakeEmbedder } from './fake-embedder.ts';

const [feed = '', dataFolder = '', url] = process.argv.slice(2);
const database = await openDatabase({ url, dataFolder, statementTimeoutMs: 0 });
// Slow enough that there is time to be killed between two encodes.
const embedder = createFakeEmbedder({ before: () => wait(2) });
const deps = await openEmbedDeps({ db: database.db, dataFolder }, { embedder });
await importFeed(deps, { path: feed, onProgress: ({ phase }) => console.log(phase) });
await database.close();
