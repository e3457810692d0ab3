import { sql } from 'kysely';
import { createFeedFetcher } from '../../src/catalog/feed/fetch-feed.ts';
import type { FetchImage } from '../../src/catalog/fetch-image.ts';
import type { ImportDeps } from '../../src/catalog/import-feed.ts';
import { openPictureStore } from '../../src/catalog/picture-store.ts';
import { registerEmbeddingModel } from '../../src/database/embedding-models.ts';
import { inspectPicture } from '../../src/embedding/picture.ts';
import { AppError } from '../../src/errors.ts';
import type { TestDatabase } from './database.ts';
import { createFakeEmbedder, type FakeEmbedder } from './fake-embedder.ts';
import { testWords } from './test-words.ts';

/** What importing and embedding need: the real database and picture store, an embedder without a model, a web of the test's making. */
export async function openEmbedDeps(
  database: Pick<TestDatabase, 'db' | 'dataFolder'>,
  options: { embedder?: FakeEmbedder; web?: Readonly<Record<string, Uint8Array>>; placeholderProducts?: number } = {},
): Promise<ImportDeps & { embedder: FakeEmbedder; fetched: string[] }> {
  const { embedder = createFakeEmbedder(), web = {} } = options;
  const fetched: string[] = [];
  const fetchImage: FetchImage = async (url) => {
    fetched.push(url);
    const bytes = web[url];
    if (bytes === undefined) throw new AppError('IMAGE_FETCH_FAILED', 'expected a picture, found HTTP status 404');
    return { bytes, version: '"v1"' };
  };
  return {
    db: database.db,
    words: await testWords(),
    pictures: await openPictureStore(`${database.dataFolder}/pictures`),
    inspectPicture,
    fetchImage,
    fetchFeed: createFeedFetcher({ allowPrivateAddresses: true }),
    embedder,
    placeholderRule: { products: options.placeholderProducts ?? 10 },
    model: await registerEmbeddingModel(database.db, embedder.model),
    fetched,
  };
}

/** Takes everything out of the database again, models and their vectors too: much quicker than opening another. */
export async function emptyShop({ db }: Pick<TestDatabase, 'db'>): Promise<void> {
  const models = await db.selectFrom('embedding_model').select(['image_table', 'text_table']).execute();
  for (const { image_table, text_table } of models) {
    await sql`drop table ${sql.table(image_table)}, ${sql.table(text_table)}`.execute(db);
  }
  await sql`truncate category, product, picture_source, embedding_model, import cascade`.execute(db);
}
