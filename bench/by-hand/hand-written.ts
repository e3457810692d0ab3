import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';
import { cosineDistance, imageEmbeddings, vectorParameter } from '../../src/database/vector-sql.ts';
import type { Embedding } from '../../src/embedding-vector.ts';
import { all, type Conditions } from '../../src/search/filter/product-filter.ts';

export interface HandWritten {
  /** embedding_model.image_table */
  readonly table: string;
  readonly query: Embedding;
  readonly where: Conditions;
  /** Rows: pictures, of which a product may have several. */
  readonly limit: number;
  /** Cosine distance above which nothing is wanted. */
  readonly within?: number | undefined;
  /** Rows of the pages before. */
  readonly offset?: number | undefined;
}

/**
 * What tutorials and their readers write: pictures joined with products, filtered, in the order of distance, a limit; with a threshold on the distance beside the filter, or with OFFSET for the
 * pages behind the first. To be run with the server's own settings: hnsw.ef_search 40, no iterative scan.
 */
export function handWrittenPictures(db: Kysely<Database>, p: HandWritten) {
  return db
    .selectFrom(imageEmbeddings(p.table, 'e'))
    .innerJoin('product as p', 'p.id', 'e.product_id')
    .select('e.product_id')
    .where((eb) => {
      const distance = cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query));
      const near: RawBuilder<SqlBool>[] = p.within === undefined ? [] : [sql<SqlBool>`${distance} <= ${p.within}`];
      return all([...p.where, ...near]);
    })
    .orderBy((eb) => cosineDistance(eb.ref('e.embedding'), vectorParameter(p.query)))
    .limit(p.limit)
    .offset(p.offset ?? 0);
}
