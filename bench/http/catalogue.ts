import { sql } from 'kysely';
import { openDatabase } from '../../src/database/database.ts';
import { type FashionProduct, readFashionFeed } from '../../test/support/fashion.ts';
import type { BenchPlace } from './place.ts';

/** What requests are made of. */
export interface Catalogue {
  /** For people. */
  readonly version: string;
  readonly kind: string;
  readonly productCount: number;
  /** Some of its products, all over the shop. */
  readonly products: readonly { readonly id: string }[];
  /** The commonest, as they are written in the catalogue. */
  readonly brands: readonly string[];
  /** Whose words and pictures are asked with. */
  readonly feed: readonly FashionProduct[];
}

const PRODUCTS = 1_000;
/** Of RFC 9562: searches refuse other ids. The workload's are any 16 bytes, so one in eight is one. */
const PROPER_UUID = sql<boolean>`id::text ~ '^.{14}[1-8].{4}[89ab]'`;
const BRANDS = 10;

/** Reads it from the shop's own tables; words and pictures from the fashion catalogue, of which every workload is made. */
export async function readCatalogue(place: BenchPlace): Promise<Catalogue> {
  const { db, version, kind, close } = await openDatabase(place);
  try {
    // Ids are hashes, so their order says nothing of the products.
    const products = await db
      .selectFrom('product')
      .select('id')
      .where(PROPER_UUID)
      .orderBy('id')
      .limit(PRODUCTS)
      .execute();
    const brands = await sql<{ brand: string }>`
      select brand from product where brand is not null group by brand order by count(*) desc, brand limit ${BRANDS}`.execute(
      db,
    );
    const { count } = await db
      .selectFrom('product')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return {
      version,
      kind,
      productCount: count,
      products,
      brands: brands.rows.map(({ brand }) => brand),
      feed: readFashionFeed(),
    };
  } finally {
    await close();
  }
}
