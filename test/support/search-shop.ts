import { sql } from 'kysely';
import type { Availability } from '../../src/database/closed-sets.ts';
import {
  type EmbeddingModelRow,
  findActiveModel,
  registerEmbeddingModel,
} from '../../src/database/embedding-models.ts';
import type { SketchOptions } from '../../src/database/sketches.ts';
import { buildVectorIndexes } from '../../src/database/vector-indexes.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { normalise } from '../../src/embedding-vector.ts';
import { invariant } from '../../src/errors.ts';
import { categoryId, imageId, productId, variantId } from '../../src/identifiers.ts';
import type { SearchPage, SearchRequest } from '../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../src/search/search-products.ts';
import { NO_SYNONYMS, type Synonyms } from '../../src/words/query/synonyms.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { lookAtNothing } from './plain-look.ts';
import { refreshWords, testWords } from './test-words.ts';

/** What is bought, for search tests. */
export interface ShopVariant {
  readonly sku: string;
  readonly gtin?: string | undefined;
  readonly price?: string | undefined;
  /** ISO 4217. (USD) */
  readonly currency?: string | undefined;
  readonly compareAtPrice?: string | undefined;
  readonly availability?: Availability;
  readonly attributes?: Record<string, string[]>;
  /** (0) */
  readonly look?: number;
}

/** A product for search tests: `pictures` holds the vector of each of its pictures. What is said of a variant is said of its only one, unless `variants` says otherwise: then `sku` is its group id. */
export interface ShopProduct extends ShopVariant {
  readonly title?: string;
  readonly description?: string;
  readonly brand?: string;
  readonly category?: readonly string[];
  /** Paths of those beside it. */
  readonly furtherCategories?: readonly (readonly string[])[];
  readonly variants?: readonly ShopVariant[];
  readonly pictures?: readonly (readonly number[])[];
  /** The looks that each of its pictures shows; null: of none in particular. (null) */
  readonly pictureLooks?: readonly (readonly number[] | null)[];
  readonly textVector?: readonly number[];
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
}

/** Each word points along its own axis; a text points where its words do, and a word without an axis along the last one. */
export const AXES = ['red', 'blue', 'green', 'shirt', 'shoe', 'bag', 'dress', 'other'] as const;

/** A vector with these lengths along the named axes. */
export function along(lengths: Partial<Record<(typeof AXES)[number], number>>): number[] {
  return AXES.map((axis) => lengths[axis] ?? 0);
}

export interface SearchShop {
  readonly database: TestDatabase;
  readonly deps: SearchDeps;
  /** Texts and pictures encoded so far. */
  readonly encoded: string[];
  /** Inserts products with their vectors; what has such a sku already is replaced, pictures and all. */
  add(products: readonly ShopProduct[]): Promise<void>;
  remove(...skus: string[]): Promise<void>;
  search(request: Partial<SearchRequest>): Promise<SearchPage>;
  /** The skus of all pages of a search, page by page. */
  pages(request: Partial<SearchRequest>): Promise<string[][]>;
  skus(page: SearchPage): string[];
  buildIndexes(sketches?: SketchOptions): Promise<void>;
  close(): Promise<void>;
}

/**
 * An empty shop with a model of eight dimensions whose vectors one can do in one's head.
 *
 * @param options.database - an empty shop, or one of this model already; closed by `close`
 * @param options.maxWindow - products that are frozen at least before the order goes on by its keys
 * @param options.synonyms - of the shop (none)
 * @param options.measured - whether it is known what arbitrary vectors score (true)
 */
export async function openSearchShop(
  options: {
    database?: TestDatabase;
    kind?: 'embedded';
    maxWindow?: number;
    measured?: boolean;
    synonyms?: Synonyms;
  } = {},
): Promise<SearchShop> {
  const { maxWindow, measured = true, synonyms = NO_SYNONYMS } = options;
  const database = options.database ?? (await openTestDatabase(options));
  const { db } = database;
  const identity = { name: 'axes', version: '1', manifestHash: '0'.repeat(64), dimensions: AXES.length };
  const model = await registerEmbeddingModel(db, identity);
  await sql`
    insert into embedding_statistic (model_id, pair, mean, standard_deviation, sample_size, nearest_mean, nearest_standard_deviation, nearest_sample_size)
    select ${model.id}::uuid, pair, 0, 0.35, 1000, 0.95, 0.05, 1000
    from unnest(array['TEXT_IMAGE', 'IMAGE_IMAGE', 'TEXT_TEXT']) as pair where ${measured}`.execute(db);
  const skuOf = new Map<string, string>();
  const encoded: string[] = [];
  const embedder = axesEmbedder(identity, encoded);
  const { analysis } = await testWords();
  const deps: SearchDeps = {
    db,
    words: { analysis, synonyms: async () => synonyms },
    cursorKey: new Uint8Array(32).fill(1),
    ...(maxWindow !== undefined && { maxWindow }),
    loadImage: async (source) => {
      invariant(source.kind === 'bytes', 'tests bring the bytes of their pictures');
      return source.bytes;
    },
    activeModel: async () => {
      const active = await findActiveModel(db);
      invariant(active !== undefined, 'the shop has a model');
      return { model: active, embedder };
    },
  };
  const search = (request: Partial<SearchRequest>) => searchProducts(deps, { terms: [], ...request });
  const skus = (page: SearchPage) => page.results.map((result) => skuOf.get(result.productId) ?? result.productId);
  return {
    database,
    deps,
    encoded,
    search,
    skus,
    async add(products) {
      for (const product of products) skuOf.set(productId(product.sku), product.sku);
      // At once: a product that is there before its vectors would be one that changes.
      await db.transaction().execute((transaction) => insertProducts({ db: transaction }, model, products));
      await refreshWords(db);
    },
    async remove(...removed) {
      await db.deleteFrom('product').where('group_id', 'in', removed).execute();
    },
    async pages(request) {
      const all: string[][] = [];
      let after: string | undefined;
      do {
        const page = await search({ ...request, ...(after !== undefined && { after }) });
        all.push(skus(page));
        after = page.hasNextPage ? page.results.at(-1)?.cursor : undefined;
      } while (after !== undefined);
      return all;
    },
    async buildIndexes(sketches) {
      await buildVectorIndexes(db, model, sketches);
      await sql`analyze`.execute(db);
    },
    close: () => database.close(),
  };
}

/** A text is the sum of its words' axes; a picture is its own vector, as JSON. */
function axesEmbedder(model: Embedder['model'], encoded: string[]): Embedder {
  return {
    model,
    async embedText(text) {
      encoded.push(text);
      const axes = text
        .toLowerCase()
        .split(/\s+/)
        .map((word) => (AXES as readonly string[]).indexOf(word));
      return normalise(AXES.map((_, i) => axes.filter((axis) => (axis < 0 ? AXES.length - 1 : axis) === i).length));
    },
    async embedImage(bytes) {
      encoded.push('picture');
      return normalise(JSON.parse(new TextDecoder().decode(bytes)) as number[]);
    },
    // As a model that reads all texts.
    countTokens: (text) => Math.ceil(text.length / 4),
    lookAtImage: lookAtNothing,
    async close() {},
  };
}

async function insertProducts(
  { db }: Pick<SearchDeps, 'db'>,
  model: EmbeddingModelRow,
  products: readonly ShopProduct[],
) {
  const categories = new Map(
    products
      .flatMap(({ category = [], furtherCategories = [] }) => [category, ...furtherCategories])
      .flatMap((path) => path.map((_, i) => prefix(path, i + 1))),
  );
  await inChunks(
    [...categories.values()].sort((a, b) => a.path.length - b.path.length),
    (rows) =>
      db
        .insertInto('category')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
  );
  await inChunks(products, async (some) => {
    const ids = some.map(({ sku }) => productId(sku));
    await db.deleteFrom('product_image').where('product_id', 'in', ids).execute();
    await sql`delete from ${sql.table(model.textTable)} where product_id = any(${ids}::uuid[])`.execute(db);
    await db
      .insertInto('product')
      .values(
        some.map((product) => ({
          id: productId(product.sku),
          group_id: product.sku,
          title: product.title ?? 'Thing',
          description: product.description ?? null,
          brand: product.brand ?? null,
          category_id: product.category === undefined ? null : categoryId(product.category),
          further_category_ids: product.furtherCategories?.map(categoryId) ?? null,
          attributes: '{}',
          content_hash: product.sku,
          ...(product.createdAt && { created_at: product.createdAt }),
          ...(product.updatedAt && { updated_at: product.updatedAt }),
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          title: eb.ref('excluded.title'),
          description: eb.ref('excluded.description'),
          brand: eb.ref('excluded.brand'),
          category_id: eb.ref('excluded.category_id'),
          further_category_ids: eb.ref('excluded.further_category_ids'),
          created_at: eb.ref('excluded.created_at'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .execute();
    await db.deleteFrom('product_variant').where('product_id', 'in', ids).execute();
    // Triggers say of the products what their variants have together.
    await inChunks(some.flatMap(variantRows), (rows) => db.insertInto('product_variant').values(rows).execute());
    // What loses variants counts as changed now.
    const dated = some.flatMap(({ sku, updatedAt }) =>
      updatedAt === undefined ? [] : [[productId(sku), updatedAt] as const],
    );
    await sql`
      update product as p set updated_at = given.updated_at
      from unnest(${dated.map(([id]) => id)}::uuid[], ${dated.map(([, at]) => at)}::timestamptz[]) as given (id, updated_at)
      where p.id = given.id and p.updated_at <> given.updated_at`.execute(db);
  });
  const pictures = products.flatMap(({ sku, pictures = [], pictureLooks = [] }) =>
    pictures.map((vector, position) => ({
      product: productId(sku),
      id: imageId(productId(sku), String(position)),
      position,
      vector,
      looks: pictureLooks[position] ?? null,
    })),
  );
  await inChunks(pictures, async (some) => {
    await db
      .insertInto('product_image')
      .values(
        some.map(({ product, id, position, looks }) => ({
          product_id: product,
          id,
          position,
          source: String(position),
          looks: looks === null ? null : [...looks],
          state: 'READY' as const,
        })),
      )
      .execute();
    await insertVectors(
      { db },
      model.imageTable,
      some.map(({ product, id, vector }) => [product, id, vector]),
    );
  });
  const texts = products.flatMap(({ sku, textVector }) =>
    textVector ? [[productId(sku), sku, textVector] as const] : [],
  );
  await inChunks(texts, (some) => insertVectors({ db }, model.textTable, some));
}

function variantRows(product: ShopProduct) {
  const { sku: group, createdAt, updatedAt } = product;
  const variants = product.variants ?? [product];
  return variants.map(
    ({ sku, price, currency = 'USD', compareAtPrice, availability, attributes, gtin, look }, position) => ({
      product_id: productId(group),
      id: variantId(sku),
      sku,
      position,
      look: look ?? 0,
      attributes: JSON.stringify(attributes ?? {}),
      price_amount: price ?? null,
      price_currency: price === undefined ? null : currency,
      compare_at_amount: price === undefined ? null : (compareAtPrice ?? null),
      availability: availability ?? ('IN_STOCK' as const),
      gtin: gtin ?? null,
      content_hash: sku,
      ...(createdAt && { created_at: createdAt }),
      updated_at: updatedAt ?? createdAt ?? new Date(0),
    }),
  );
}

async function insertVectors(
  { db }: Pick<SearchDeps, 'db'>,
  table: string,
  rows: readonly (readonly [string, string, readonly number[]])[],
) {
  const values = rows.map(
    ([product, key, vector]) => sql`(${product}::uuid, ${key}, ${`[${[...normalise(vector)].join(',')}]`})`,
  );
  const second = table.startsWith('image') ? sql`key::uuid` : sql`key`;
  await sql`insert into ${sql.table(table)} select product_id, ${second}, vector::halfvec
    from (values ${sql.join(values)}) as given (product_id, key, vector)`.execute(db);
}

function prefix(
  path: readonly string[],
  length: number,
): [string, { id: string; parent_id: string | null; name: string; path: string[]; ancestor_ids: string[] }] {
  const own = path.slice(0, length);
  const ancestors = own.map((_, i) => categoryId(own.slice(0, i + 1)));
  const id = categoryId(own);
  return [id, { id, parent_id: ancestors.at(-2) ?? null, name: own.at(-1) ?? '', path: own, ancestor_ids: ancestors }];
}

/** 500 rows a statement: parameters are limited to 65,535. */
async function inChunks<T>(items: readonly T[], insert: (some: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += 500) await insert(items.slice(start, start + 500));
}
