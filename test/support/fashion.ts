import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importFeed } from '../../src/catalog/import-feed.ts';
import { openPictureStore } from '../../src/catalog/picture-store.ts';
import { type OpenDatabase, openDatabase } from '../../src/database/database.ts';
import { type ActiveModel, findActiveModel, registerEmbeddingModel } from '../../src/database/embedding-models.ts';
import { migrateToLatest } from '../../src/database/migrate.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import { inspectPicture } from '../../src/embedding/picture.ts';
import { invariant } from '../../src/errors.ts';
import { productId } from '../../src/identifiers.ts';
import type { SearchPage, SearchRequest } from '../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../src/search/search-products.ts';
import { NO_SYNONYMS } from '../../src/words/query/synonyms.ts';
import { NO_TIMEOUT } from './database.ts';
import { databaseExists, runOnServer, withDatabaseName } from './database-server.ts';
import { hashOf } from './kept.ts';
import { keepVectors } from './kept-vectors.ts';
import { testWords } from './test-words.ts';

/** The fashion catalogue lies beside the checkout, where there is one; it is other people's data and not part of the project. */
const FASHION = fileURLToPath(new URL('../../../shared/catalogs/fashion/', import.meta.url));
/** The bundled model. */
export const FASHION_MODEL = fileURLToPath(new URL('../../models/lookgraph-mini/', import.meta.url));

/** Skip, visibly, without it: `describe.skipIf(!fashionIsHere)`. */
export const fashionIsHere = existsSync(join(FASHION, 'products.tsv'));

/** A product as the feed says it, with the parts that queries and filters are about. */
export interface FashionProduct {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  /** From the top down. */
  readonly category: readonly string[];
  /** The last part of the category: Shirts, Sarees, Handbags. */
  readonly articleType: string;
  readonly brand: string;
  readonly color: string;
  readonly gender: string;
  readonly usage: string;
  readonly price: number;
  readonly availability: 'IN_STOCK' | 'OUT_OF_STOCK';
  /** A file. */
  readonly picture: string;
}

export interface FashionShop {
  readonly database: OpenDatabase;
  readonly deps: SearchDeps;
  readonly embedder: Embedder;
  /** By id. */
  readonly products: ReadonlyMap<string, FashionProduct>;
  search(request: SearchRequest): Promise<SearchPage>;
  close(): Promise<void>;
}

/**
 * The whole fashion catalogue, imported as a shop would, with the bundled model: on the server of LOOKGRAPH_TEST_DATABASE_URL, or embedded. Importing takes some
 * ten minutes, so the database is kept between runs, under a name made of all that goes into it: lookgraph_fashion_... It may be dropped at any time while no test runs.
 *
 * @param serverUrl - another server; undefined, where that is none: embedded
 */
export async function fashionShop(serverUrl = process.env.LOOKGRAPH_TEST_DATABASE_URL): Promise<FashionShop> {
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  const database = await openDatabase({
    ...(await importedFashion(embedder, serverUrl)),
    statementTimeoutMs: NO_TIMEOUT,
  });
  let model: ActiveModel | undefined;
  const { analysis } = await testWords();
  const deps: SearchDeps = {
    db: database.db,
    words: { analysis, synonyms: async () => NO_SYNONYMS },
    cursorKey: new Uint8Array(32).fill(2),
    loadImage: async (source) => {
      invariant(source.kind === 'bytes', 'tests bring the bytes of their pictures');
      return source.bytes;
    },
    activeModel: async () => {
      // As a server does: clusters are read once.
      model = await findActiveModel(database.db, model);
      invariant(model !== undefined, 'the shop has a model');
      return { model, embedder };
    },
  };
  return {
    database,
    deps,
    embedder,
    products: new Map(readFashionFeed().map((product) => [product.id, product])),
    search: (request) => searchProducts(deps, request),
    async close() {
      await embedder.close();
      await database.close();
    },
  };
}

/** The products of the feed, in its order. */
export function readFashionFeed(): FashionProduct[] {
  const [header = '', ...lines] = readFileSync(join(FASHION, 'products.tsv'), 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (name: string) => cells[names.indexOf(name)] ?? '';
    const category = cell('product_type').split(' > ');
    return {
      id: productId(cell('id')),
      sku: cell('id'),
      title: cell('title'),
      category,
      articleType: category.at(-1) ?? '',
      brand: cell('brand'),
      color: cell('color'),
      gender: cell('gender'),
      usage: cell('usage'),
      price: Number(cell('price').split(' ')[0]),
      availability: cell('availability') === 'in_stock' ? 'IN_STOCK' : 'OUT_OF_STOCK',
      picture: join(FASHION, cell('image_link')),
    };
  });
}

/** Where the imported catalogue is: what a configuration needs to open it. */
export interface FashionPlace {
  /** Undefined: embedded, in the folder. */
  readonly url: string | undefined;
  readonly dataFolder: string;
}

/**
 * Imports the catalogue where that was not done yet: under another name first, so what has the name is whole.
 *
 * @param serverUrl - undefined: embedded
 */
export async function importedFashion(embedder: Embedder, serverUrl: string | undefined): Promise<FashionPlace> {
  const name = `lookgraph_fashion_${hashOfIngredients()}`;
  const unfinished = `lookgraph_unfinished_${randomUUID().slice(0, 8)}`;
  const folder = join(tmpdir(), name);
  await mkdir(folder, { recursive: true });
  if (serverUrl === undefined) {
    const data = join(folder, 'embedded');
    if (!existsSync(data)) {
      await importInto(await openDatabase({ url: undefined, dataFolder: join(folder, unfinished) }), embedder, folder);
      await rename(join(folder, unfinished), data);
    }
    return { url: undefined, dataFolder: data };
  }
  const url = withDatabaseName(serverUrl, name);
  if (!(await databaseExists(serverUrl, name))) {
    await runOnServer(serverUrl, `create database ${unfinished}`);
    const place = { url: withDatabaseName(serverUrl, unfinished), dataFolder: folder };
    const database = await openDatabase({ ...place, statementTimeoutMs: NO_TIMEOUT });
    await importInto(database, embedder, folder);
    await runOnServer(serverUrl, `alter database ${unfinished} rename to ${name}`);
  }
  return { url, dataFolder: folder };
}

async function importInto(database: OpenDatabase, embedder: Embedder, folder: string): Promise<void> {
  const { db } = database;
  await migrateToLatest(db);
  const kept = await keepVectors(embedder, hashOf(['src/embedding', 'models/lookgraph-mini'], PACKAGES));
  const report = await importFeed(
    {
      db,
      words: await testWords(),
      pictures: await openPictureStore(join(folder, 'pictures')),
      inspectPicture,
      fetchImage: async (address) => {
        throw new Error(`expected no web address in the feed, found ${address}`);
      },
      fetchFeed: async (address) => {
        throw new Error(`expected a file, found ${address}`);
      },
      embedder: kept.embedder,
      placeholderRule: { products: 10 },
      model: await registerEmbeddingModel(db, embedder.model),
    },
    { path: join(FASHION, 'products.tsv') },
  );
  await database.close();
  await kept.save();
  invariant(report.failed === 0 && report.imagesFailed === 0, `nothing failed: ${JSON.stringify(report.problems)}`);
}

/** What rows, vectors and indexes are made by, and the packages that decode and encode. */
const MADE_BY = [
  'src/catalog',
  'src/embedding',
  'src/database',
  'src/words',
  'migrations',
  'sql/functions',
  'models/lookgraph-mini',
];
const PACKAGES = ['onnxruntime-node', 'sharp', '@xenova/transformers'];

/** Feed and code. The pictures are not read: they lie beside the feed and change with it. */
function hashOfIngredients(): string {
  return createHash('sha256')
    .update(readFileSync(join(FASHION, 'products.tsv')))
    .update(hashOf(MADE_BY, PACKAGES))
    .digest('hex')
    .slice(0, 12);
}
