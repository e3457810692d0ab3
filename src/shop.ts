import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { createCatalogCounts } from './catalog/catalog-counts.ts';
import { pruneCategories } from './catalog/change-statements.ts';
import { embedCatalog } from './catalog/embed-catalog.ts';
import type { EmbedDeps, EmbedProgress } from './catalog/embed-deps.ts';
import { createFeedFetcher } from './catalog/feed/fetch-feed.ts';
import { readGoogleTaxonomy } from './catalog/feed/values/google-taxonomy.ts';
import { type FeedUploads, openFeedUploads } from './catalog/feed-uploads.ts';
import { createImageFetcher } from './catalog/fetch-image.ts';
import { importFeed } from './catalog/import-feed.ts';
import { openPictureStore, type PictureStore } from './catalog/picture-store.ts';
import { placeProducts } from './catalog/place-products.ts';
import { attributeDefinitions } from './catalog/read-attributes.ts';
import { getProductImages } from './catalog/read-products.ts';
import { openUploads, type Uploads } from './catalog/uploads.ts';
import { regroupProducts } from './catalog/variants/regroup-products.ts';
import { countWaiting } from './catalog/words/analyze-words.ts';
import type { Config } from './config.ts';
import type { CurrencyCount } from './database/catalog-count-statements.ts';
import { loadCursorKey } from './database/cursor-key.ts';
import { type OpenDatabase, openDatabase } from './database/database.ts';
import { type EmbeddingModelRow, findActiveModel, hasActiveModel } from './database/embedding-models.ts';
import { NO_CURRENCY } from './database/main-currency.ts';
import { migrateToLatest } from './database/migrate.ts';
import type { Embedder } from './embedding/embedder.ts';
import { inspectPicture, readPictureHeader } from './embedding/picture.ts';
import { isEmptyPicture } from './embedding/picture-content.ts';
import { AppError } from './errors.ts';
import type { GraphqlDeps } from './graphql/graphql-deps.ts';
import type { Readiness } from './http/health-routes.ts';
import { interpretText } from './search/interpret-text.ts';
import { createSearchLog } from './search/log/search-log.ts';
import type { ReadingDeps } from './search/query/reading-deps.ts';
import type { SearchRequest } from './search/request/search-request.ts';
import { searchProducts } from './search/search-products.ts';
import { storeQuery } from './search/store-query.ts';
import { suggest } from './search/suggest/suggest.ts';
import { type ActiveModelFollower, followActiveModel, type ModelInUse } from './shop/active-model.ts';
import { createBackgroundLoop } from './shop/background-loop.ts';
import { type Closer, createCloser } from './shop/closer.ts';
import { createImageLoader } from './shop/image-loader.ts';
import { openSynonyms } from './shop/open-synonyms.ts';
import { openWords } from './shop/open-words.ts';
import { createShopEvaluation, type ShopEvaluation } from './shop/shop-evaluation.ts';
import { createShopImports, type ShopImports } from './shop/shop-imports.ts';
import { ensureActiveModel, openEmbedderOfShop, registerModelFolder } from './shop/shop-model.ts';
import { createShopReading } from './shop/shop-reading.ts';
import { createShopWriting } from './shop/shop-writing.ts';
import { createWordsLoop } from './shop/words-loop.ts';
import type { ShopWords } from './words/shop-words.ts';

/** An open shop: everything that can be done with it, bound to its database, model and files. */
export interface Shop extends Omit<GraphqlDeps, 'startImport'>, ShopEvaluation, Omit<ShopImports, 'close'> {
  readonly database: Pick<OpenDatabase, 'kind' | 'version' | 'psqlCommand' | 'warnings' | 'announce'>;
  readonly uploads: Pick<Uploads, 'put' | 'read'>;
  readonly pictures: Pick<PictureStore, 'read'>;
  /** The model that searches use now. */
  readonly activeModel: () => Promise<EmbeddingModelRow>;
  /** Feeds that wait for their import. */
  readonly feedUploads: Pick<FeedUploads, 'put' | 'discard'>;
  /** Embeds the whole catalogue with another model, while searches go on with theirs. @throws AppError MODEL_INVALID */
  readonly buildModel: (
    name: string,
    options: { signal?: AbortSignal; onProgress?: (progress: EmbedProgress) => void },
  ) => Promise<EmbedProgress>;
  /** Keeps a query to be asked in SQL: see storeQuery. @returns its id */
  readonly storeQuery: (request: Pick<SearchRequest, 'terms' | 'words'>, signal?: AbortSignal) => Promise<string>;
  /** Whether the database answers. */
  readonly isReady: () => Promise<Readiness>;
  /** In the reverse order of opening. Safe to call twice. */
  close(): Promise<void>;
}

export interface OpenShopOptions {
  readonly logger: Logger;
  /** The database of the configuration, where it is open already; closed with the shop, also when the shop cannot be opened. */
  readonly database?: OpenDatabase;
  /** Embeds what is new, and analyses what waits, in the background until closed: for a server. (false) */
  readonly embedInBackground?: boolean;
  /** Opens what encodes queries for a model of the shop. (its folder under models/) */
  readonly openEmbedder?: (model: EmbeddingModelRow) => Promise<Embedder>;
}

/**
 * Opens the shop that the configuration names, migrates its database, and opens its model.
 *
 * @throws AppError DATABASE_UNAVAILABLE, DATABASE_UNSUITABLE, DATABASE_LOCKED, MODEL_INVALID. Whatever was opened by then is closed again
 */
export async function openShop(config: Config, options: OpenShopOptions): Promise<Shop> {
  const opened = createCloser();
  try {
    return await openParts(config, options, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openParts(
  config: Config,
  { logger, database: openAlready, embedInBackground, openEmbedder = openEmbedderOfShop }: OpenShopOptions,
  opened: Closer,
): Promise<Shop> {
  const database = opened.add(
    openAlready ?? (await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder })),
  );
  await mkdir(config.dataFolder, { recursive: true });
  for (const warning of database.warnings) logger.warn(warning);
  const { db } = database;
  const migrations = await migrateToLatest(db);
  if (migrations.length > 0) logger.info({ migrations }, 'migrated the database');
  const words = await openWords(db, config);
  const cursorKey = config.cursorKey ?? (await loadCursorKey(db));

  const pictures = await openPictureStore(path.join(config.dataFolder, 'pictures'));
  const writeDeps = { db, words, pictures, inspectPicture: readPictureHeader };
  const regrouped = await regroupProducts(writeDeps);
  if (regrouped > 0) logger.info({ products: regrouped }, 'made variants of products with one group');
  const placed = await placeProducts(writeDeps);
  if (placed > 0) logger.info({ products: placed }, 'put products into further categories, which were an attribute');
  const uploads = opened.add(await openUploads({ folder: path.join(config.dataFolder, 'uploads'), inspectPicture }));
  const fetchImage = createImageFetcher({ allowPrivateAddresses: config.allowPrivateImageAddresses });
  const fetchFeed = createFeedFetcher({ allowPrivateAddresses: config.allowPrivateImageAddresses });
  const loadImage = createImageLoader({
    uploads,
    pictures,
    fetchImage,
    getProductImages: (ids) => getProductImages(db, ids),
  });

  const searchLog = opened.add(createSearchLog(db, { days: config.searchLogDays, logger }));

  const synonyms = openSynonyms(db, words.analysis);
  const counts = opened.add(
    createCatalogCounts(db, { onFailure: (error) => logger.warn({ err: error }, 'could not count the catalogue') }),
  );
  const mainOf = (known: readonly CurrencyCount[]) => config.currency ?? known[0]?.currency ?? null;
  // From here on no search waits for it.
  await counts.currencies();
  const currency = async () => mainOf(await counts.keptCurrencies()) ?? NO_CURRENCY;

  await ensureActiveModel(db, config.model);
  const models = opened.add(
    await followActiveModel({
      findActiveModel: (before) => findActiveModel(db, before),
      openEmbedder,
      logger,
      onSwitch: () => loop?.wake(),
    }),
  );

  const embedDeps = {
    db,
    words,
    pictures,
    inspectPicture: readPictureHeader,
    fetchImage,
    placeholderRule: { products: config.placeholderProducts },
  };
  const embedNew = (signal: AbortSignal) =>
    changingVectors(models, async (inUse) => {
      const done = await embedCatalog({ ...embedDeps, ...inUse }, { signal });
      if (done.total > 0) logger.info(done, 'embedded what was new');
      // What was written is counted behind it, so that no search has to.
      await counts.currencies();
    });
  const loop = embedInBackground
    ? opened.add(createBackgroundLoop({ what: 'embedding', run: embedNew, logger }))
    : undefined;
  loop?.wake();
  const wordsLoop = embedInBackground ? opened.add(createWordsLoop({ db, words, logger })) : undefined;
  wordsLoop?.wake();

  const reading: ReadingDeps = { analysis: words.analysis, synonyms: () => synonyms.current() };
  /** Afterwards there is something to analyse, to embed, to count, and perhaps a category less. */
  async function changingCatalog<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      await pruneCategories().execute(db);
      return done;
    } finally {
      counts.changed();
      loop?.wake();
      wordsLoop?.wake();
    }
  }

  const googleTaxonomy =
    config.googleTaxonomy === undefined ? undefined : await readGoogleTaxonomy(config.googleTaxonomy);
  const feedUploads = await openFeedUploads({ folder: path.join(config.dataFolder, 'feeds') });
  const imports = opened.add(
    createShopImports({
      async importFeed(feed) {
        const options = { ...feed.options, googleTaxonomy };
        const work = () =>
          changingVectors(models, (inUse) => importFeed({ ...embedDeps, ...inUse, fetchFeed }, { ...feed, options }));
        try {
          return await (loop ? loop.suspendDuring(work) : work());
        } finally {
          counts.changed();
          // Kept for servers that run beside: they learn of it by this.
          await Promise.all([counts.currencies(), counts.attributes()]);
        }
      },
      feedUploads,
      onFailure: (error) => logger.error({ err: error }, 'an import failed'),
    }),
  );

  return {
    database,
    uploads,
    pictures,
    loadImage,
    searchProducts: (request, signal) =>
      models.withActiveModel((inUse) =>
        searchProducts(
          {
            db,
            loadImage,
            isEmptyPicture,
            words: reading,
            cursorKey,
            currency,
            activeModel: async () => inUse,
            record: searchLog.record,
          },
          request,
          signal,
        ),
      ),
    storeQuery: (request, signal) =>
      models.withActiveModel((inUse) =>
        storeQuery({ db, loadImage, isEmptyPicture, words: reading, activeModel: async () => inUse }, request, signal),
      ),
    ...createShopEvaluation({ db, loadImage, isEmptyPicture, words: reading, cursorKey, currency, models }),
    explain: config.explain,
    searchesAtOnce: database.searchesAtOnce,
    interpretQuery: (request) => interpretText({ db, analysis: words.analysis }, request),
    addSynonyms: synonyms.add,
    deleteSynonyms: synonyms.delete,
    ...createShopReading(db),
    suggest: (request) => suggest({ db, ...reading }, request),
    getProductImages: (ids) => getProductImages(db, ids),
    activeModel: () => models.withActiveModel(async ({ model }) => model),
    async getCurrencies() {
      const known = await counts.currencies();
      return { main: mainOf(known), all: known.map(({ currency: one }) => one) };
    },
    listAttributes: async (wanted) => attributeDefinitions(await counts.attributes(), wanted),
    ...createShopWriting(embedDeps, changingCatalog),
    feedUploads,
    importFeed: imports.importFeed,
    startImport: imports.startImport,
    cancelImport: imports.cancelImport,
    buildModel: (name, buildOptions) => buildModel(embedDeps, name, buildOptions),
    isReady: () => isReady(database, words),
    close: () => opened.close(),
  };
}

/** Runs what adds vectors; afterwards searches know of new indexes and statistics at once, not at the next look. */
async function changingVectors<T>(models: ActiveModelFollower, work: (inUse: ModelInUse) => Promise<T>): Promise<T> {
  try {
    return await models.withActiveModel(work);
  } finally {
    await models.refresh();
  }
}

async function buildModel(
  deps: Omit<EmbedDeps, 'model' | 'embedder'>,
  name: string,
  options: Parameters<Shop['buildModel']>[1],
): Promise<EmbedProgress> {
  const model = await registerModelFolder(deps.db, name);
  const embedder = await openEmbedderOfShop(model);
  try {
    return await embedCatalog({ ...deps, model, embedder }, options);
  } finally {
    await embedder.close();
  }
}

async function isReady({ db }: OpenDatabase, words: ShopWords): Promise<Readiness> {
  try {
    const problems = (await hasActiveModel(db)) ? [] : ['the shop has no active model'];
    return { ready: problems.length === 0, problems, waitingForWords: await countWaiting({ db, words }) };
  } catch (error) {
    if (error instanceof AppError) return { ready: false, problems: [error.message] };
    throw error;
  }
}
