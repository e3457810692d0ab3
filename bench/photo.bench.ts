import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { writeDemoShop } from '../demo/demo-shop.ts';
import { loadConfig } from '../src/config.ts';
import { openDatabase } from '../src/database/database.ts';
import { registerEmbeddingModel } from '../src/database/embedding-models.ts';
import { migrateToLatest } from '../src/database/migrate.ts';
import { readModelFolder } from '../src/embedding/model-manifest.ts';
import { openEmbedder } from '../src/embedding/open-embedder.ts';
import { openShop } from '../src/shop.ts';
import { runOnServer, withDatabaseName } from '../test/support/database-server.ts';
import { type Benchmark, quantile, rounded } from './benchmark.ts';
import { type BenchModel, benchModels } from './encoder/models.ts';
import { photo } from './encoder/photo.ts';
import { ask } from './http/ask.ts';
import type { Operation } from './http/operations.ts';
import type { BenchPlace } from './http/place.ts';
import { startHelper } from './http/start-helper.ts';

const CONCURRENCY = [1, 4];
/** Of each concurrency, unless --queries says otherwise. */
const REQUESTS = 60;
/** Not measured: connections, plans and code get warm. */
const WARMING = 10;
/** What a shopper's telephone sends once it has scaled a photo: a megapixel. */
const PHOTO = { width: 1152, height: 868, format: 'jpeg' } as const;

const SEARCH = `query Search($base64: String!) {
  searchProducts(input: { terms: [{ match: { image: { source: { base64: $base64 } } } }] }, first: 20) {
    nodes { id sku: groupId title brand availability priceRange { min { amount currency } max { amount currency } } category { name } images { url(width: 200) width height } }
  }
}`;

export const benchmark: Benchmark = {
  question:
    'How long does a search by a photo of a megapixel take over HTTP, from the request with its bytes to the products, with the bundled and with a CLIP-sized model?',
  async run({ databaseUrl, queries: requests = REQUESTS, say }) {
    const scratch = await mkdtemp(path.join(tmpdir(), 'lookgraph-bench-photo-'));
    const { models, remove } = await benchModels(say);
    try {
      say('drawing the demo shop');
      const { feed, products, pictures } = await writeDemoShop({
        folder: path.join(scratch, 'demo'),
        customerPhotos: false,
      });
      const rows = [];
      for (const model of models) {
        say(`embedding the demo shop with ${model.name}`);
        const shop = await importedShop({
          model,
          feed,
          serverUrl: databaseUrl,
          folder: path.join(scratch, model.name),
        });
        try {
          rows.push(...(await searches(shop.place, model, requests, say)));
        } finally {
          await shop.remove();
        }
      }
      const kind = databaseUrl === undefined ? 'embedded' : 'native';
      const { width, height } = PHOTO;
      return { setting: { kind, products, pictures, photo: `JPEG of ${width} x ${height}`, requests }, rows };
    } finally {
      await remove();
      await rm(scratch, { recursive: true });
    }
  },
};

interface ImportedShop {
  readonly place: BenchPlace;
  remove(): Promise<void>;
}

/** The demo shop with vectors of the model, closed. */
async function importedShop(p: {
  model: BenchModel;
  feed: string;
  serverUrl: string | undefined;
  folder: string;
}): Promise<ImportedShop> {
  const { model, serverUrl, folder } = p;
  const name = `lookgraph_bench_photo_${process.pid}`;
  if (serverUrl !== undefined) await runOnServer(serverUrl, `create database ${name}`);
  const url = serverUrl && withDatabaseName(serverUrl, name);
  const database = await openDatabase({ url, dataFolder: folder });
  await migrateToLatest(database.db);
  await registerEmbeddingModel(database.db, (await readModelFolder(model.folder)).model);
  const shop = await openShop(loadConfig({ LOOKGRAPH_DATA: folder }), {
    logger: pino({ level: 'error' }, pino.destination(2)),
    database,
    openEmbedder: () => openEmbedder({ folder: model.folder }),
  });
  const { state } = await shop.importFeed({ path: p.feed });
  await shop.close();
  if (state !== 'COMPLETED') throw new Error(`expected the demo shop to be imported, found it ${state}`);
  return {
    place: { url, dataFolder: folder, lifted: false, modelFolder: model.folder },
    remove: async () => {
      if (serverUrl !== undefined) await runOnServer(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

type Row = Readonly<Record<string, string | number>>;

async function searches(
  place: BenchPlace,
  { name, precision }: BenchModel,
  requests: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const process = startHelper('serve.ts', place);
  try {
    const server = { process, address: await process.line() };
    const rows: Row[] = [];
    let from = 0;
    for (const concurrency of CONCURRENCY) {
      say(`${name}, ${concurrency} at once`);
      await ask(server, { operation: BY_PHOTO, concurrency, from, count: WARMING });
      from += WARMING;
      const { milliseconds, wallMs, processorMs } = await ask(server, {
        operation: BY_PHOTO,
        concurrency,
        from,
        count: requests,
      });
      from += requests;
      rows.push({
        model: name,
        precision,
        'at once': concurrency,
        'p50 ms': rounded(quantile(milliseconds, 0.5)),
        'p95 ms': rounded(quantile(milliseconds, 0.95)),
        'a second': rounded((1000 * milliseconds.length) / wallMs),
        'its processor ms each': rounded(processorMs / milliseconds.length),
      });
    }
    return rows;
  } finally {
    await process.end();
  }
}

/** Each photo is another one: what a query embedded is kept, and answered from memory the second time. */
const BY_PHOTO: Operation = {
  name: 'photo',
  answer: '"sku":',
  request: async (number) => {
    const bytes = await photo({ ...PHOTO, brightness: 1 + (number % 1000) / 2000 });
    return { query: SEARCH, variables: { base64: bytes.toString('base64') } };
  },
};
