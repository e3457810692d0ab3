import type { OpenDatabase } from '../../src/database/database.ts';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import type { Embedding } from '../../src/embedding-vector.ts';
import { nearestPicturesExactly } from '../../src/search/nearest/neighbour-statements.ts';
import { FASHION_MODEL, readFashionFeed } from '../../test/support/fashion.ts';
import { FASHION_QUERIES } from '../fashion.ts';
import type { BandFilter } from '../workload/filter-bands.ts';
import { readQueries } from '../workload/queries.ts';

/** Something to look for. */
export interface AskedQuery {
  readonly about: string;
  readonly vector: Embedding;
}

/** A product and the cosine distance of its nearest picture. */
export interface NearProduct {
  readonly productId: string;
  readonly distance: number;
}

/** A step of a prime through the feed, where products stand beside their like. */
const STEP = 7919;
/** Pictures of a product at most (workload/recipe.ts): so many pictures show enough products. */
const PICTURES_OF_A_PRODUCT = 4;

/** Of the workload, whose vectors were stored with it. @param count - 1 to 100 */
export async function workloadQueries({ db }: OpenDatabase, count: number): Promise<AskedQuery[]> {
  return readQueries(db, 'text', count);
}

/** What shoppers type, then titles of products, encoded by the bundled model. */
export async function fashionQueries(count: number): Promise<AskedQuery[]> {
  const feed = readFashionFeed();
  const titles = Array.from({ length: count }, (_, number) => feed[(number * STEP) % feed.length]?.title ?? '');
  const embedder = await openEmbedder({ folder: FASHION_MODEL });
  try {
    const texts = [...FASHION_QUERIES, ...titles].slice(0, count);
    return await Promise.all(texts.map(async (about) => ({ about, vector: await embedder.embedText(about) })));
  } finally {
    await embedder.close();
  }
}

/** The nearest products that satisfy a filter, by comparing all pictures. */
export async function rightProducts(
  { db }: OpenDatabase,
  p: { model: ActiveModel; query: AskedQuery; filter: BandFilter; products: number },
): Promise<NearProduct[]> {
  const rows = await nearestPicturesExactly(db, {
    table: p.model.imageTable,
    query: p.query.vector,
    filter: p.filter.resolved,
    limit: p.products * PICTURES_OF_A_PRODUCT,
  }).execute();
  const nearest = new Map<string, number>();
  for (const { product_id, distance } of rows) if (!nearest.has(product_id)) nearest.set(product_id, distance);
  return Array.from(nearest, ([productId, distance]) => ({ productId, distance })).slice(0, p.products);
}
