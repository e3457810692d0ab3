import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { ActiveModel } from '../../src/database/embedding-models.ts';
import type { Database } from '../../src/database/tables.ts';
import { imageEmbeddings, parseVectorBytes, vectorBytes } from '../../src/database/vector-sql.ts';
import type { FlatProduct } from './flat-filter.ts';

/** The vectors of a shop's pictures and what filters ask of their products, out of the database, in memory: what every other engine is given. */
export interface Pictures {
  readonly count: number;
  readonly dimensions: number;
  /** One after another, each of length 1. */
  readonly vectors: Float32Array;
  /** Of each picture, the number of its product. */
  readonly productOf: Uint32Array;
  /** By number. Products without a picture are not among them. */
  readonly productIds: readonly string[];
  readonly products: readonly FlatProduct[];
  /** Of all of this: another shop has another one. */
  readonly hash: string;
}

/** Pictures that are read at once: some ten megabytes. */
const BATCH = 5_000;

/** Reads all of them, in the order of the primary key. A million take 3 GB. */
export async function readPictures(db: Kysely<Database>, model: ActiveModel): Promise<Pictures> {
  const count = await countPictures(db, model);
  const { dimensions } = model;
  const vectors = new Float32Array(count * dimensions);
  const productOf = new Uint32Array(count);
  const productIds: string[] = [];
  let last: { product_id: string; image_id: string } | undefined;
  const hash = createHash('sha256');
  let read = 0;
  do {
    const rows = await pictureBatch(db, model, last).execute();
    for (const { product_id, bytes } of rows) {
      hash.update(product_id).update(bytes);
      if (productIds.at(-1) !== product_id) productIds.push(product_id);
      vectors.set(unit(parseVectorBytes(bytes)), read * dimensions);
      productOf[read++] = productIds.length - 1;
    }
    last = rows.length < BATCH ? undefined : rows.at(-1);
  } while (last !== undefined);
  if (read !== count) throw new Error(`expected ${count} pictures, found ${read}: the shop has changed meanwhile`);
  const products = await readProducts(db, productIds);
  for (const product of products) hash.update(JSON.stringify(product));
  return { count, dimensions, vectors, productOf, productIds, products, hash: hash.digest('hex') };
}

/** The vector of one picture; shares memory with all of them. */
export function vectorOf({ vectors, dimensions }: Pictures, picture: number): Float32Array {
  return vectors.subarray(picture * dimensions, (picture + 1) * dimensions);
}

/** Vectors of pictures that follow one another; shares memory with all of them. */
export function vectorsOf({ vectors, dimensions, count }: Pictures, from: number, wanted: number): Float32Array {
  return vectors.subarray(from * dimensions, Math.min(from + wanted, count) * dimensions);
}

/** Ids of the products that pictures are of, in the order of the pictures. */
export function productsOf({ productOf, productIds }: Pictures, found: Iterable<number>): string[] {
  return Array.from(found, (picture) => {
    const id = productIds[productOf[picture] ?? -1];
    if (id === undefined) throw new RangeError(`expected the number of a picture, found ${picture}`);
    return id;
  });
}

/** What filters ask of the product of a picture. */
export function columnsOf({ products, productOf }: Pictures, picture: number): FlatProduct {
  const product = products[productOf[picture] ?? -1];
  if (product === undefined) throw new RangeError(`expected the number of a picture, found ${picture}`);
  return product;
}

async function countPictures(db: Kysely<Database>, model: ActiveModel): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from ${sql.table(model.imageTable)}`.execute(db);
  return rows[0]?.count ?? 0;
}

function pictureBatch(
  db: Kysely<Database>,
  model: ActiveModel,
  after: { product_id: string; image_id: string } | undefined,
) {
  return db
    .selectFrom(imageEmbeddings(model.imageTable, 'e'))
    .select(['e.product_id', 'e.image_id', vectorBytes(sql`e.embedding::vector`).as('bytes')])
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(e.product_id, e.image_id) > (${after?.product_id}::uuid, ${after?.image_id}::uuid)`),
    )
    .orderBy('e.product_id')
    .orderBy('e.image_id')
    .limit(BATCH);
}

/** Halves are rounded, so their length is 1 only nearly. */
function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return vector.map((value) => value / length);
}

interface ProductRow extends Omit<FlatProduct, 'price'> {
  readonly id: string;
  readonly price: string | null;
}

async function readProducts(db: Kysely<Database>, ids: readonly string[]): Promise<FlatProduct[]> {
  const { rows } = await sql<ProductRow>`
    select p.id, coalesce(p.brand, '') as brand, coalesce(p.attributes -> 'color' ->> 0, '') as color,
      coalesce(p.attributes -> 'gender' ->> 0, '') as gender, coalesce(p.attributes -> 'usage' ->> 0, '') as usage,
      coalesce(c.path[1], '') as category_1, coalesce(c.path[2], '') as category_2, coalesce(c.path[3], '') as category_3,
      p.price_lowest::text as price
    from product as p left join category as c on c.id = p.category_id`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row === undefined || row.price === null)
      throw new Error(`expected a product with a price, found none for ${id}`);
    const { id: _, price, ...texts } = row;
    return { ...texts, price: Number(price) };
  });
}
