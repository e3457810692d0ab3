import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';
import { formatVector, parseVector, unitVectorText } from '../../src/database/vector-sql.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import type { Embedding } from '../../src/embedding-vector.ts';
import { HELD_OUT_QUERIES, TUNED_QUERIES } from '../../test/large/fashion-queries.ts';
import { pictureQueries } from './products.ts';
import { RECIPE, SCRATCH } from './recipe.ts';
import type { Lift } from './rotation.ts';

const MODEL = fileURLToPath(new URL('../../models/lookgraph-mini/', import.meta.url));

export const QUERY_KINDS = ['text', 'picture'] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

/** Something to look for, as a vector. */
export interface WorkloadQuery {
  readonly kind: QueryKind;
  /** From 1 on. */
  readonly number: number;
  /** The text, or the title of the product whose picture it is like: for people. */
  readonly about: string;
  readonly vector: Embedding;
}

/** Makes the vectors of queries, 100 of each kind. Texts: what people type, then titles of products. Needs the parents. */
export async function insertQueries(db: Kysely<Database>, lift: Lift, parents: number): Promise<void> {
  await pictureQueries(parents).execute(db);
  const typed = [...TUNED_QUERIES, ...HELD_OUT_QUERIES].map(({ text }) => text).slice(0, RECIPE.queries);
  const embedder = await openEmbedder({ folder: MODEL });
  try {
    for (const [index, text] of typed.entries()) {
      const vector = formatVector(lift(await embedder.embedText(text)) as Embedding);
      await sql`
        insert into ${sql.table(`${SCRATCH}.query`)} (kind, number, about, vector)
        values ('text', ${index + 1}, ${text}, ${vector}::vector)`.execute(db);
    }
  } finally {
    await embedder.close();
  }
  // Evenly spread over the catalogue.
  const step = Math.floor(parents / RECIPE.queries);
  await sql`
    insert into ${sql.table(`${SCRATCH}.query`)} (kind, number, about, vector)
    select 'text', n, title, text
    from generate_series(${typed.length + 1}::integer, ${RECIPE.queries}::integer) as n
    inner join ${sql.table(`${SCRATCH}.parent`)} on number = n * ${step}::integer`.execute(db);
}

/**
 * Evenly spread over all of a kind, always the same for a count.
 *
 * @param count - 1 to 100
 */
export async function readQueries(db: Kysely<Database>, kind: QueryKind, count: number): Promise<WorkloadQuery[]> {
  const { rows } = await sql<{ number: number; about: string; vector: string }>`
    select number, about, ${unitVectorText(sql.ref('vector'))} as vector from ${sql.table(`${SCRATCH}.query`)} where kind = ${kind} order by number`.execute(
    db,
  );
  if (count < 1 || count > rows.length) throw new RangeError(`expected 1 to ${rows.length} queries, found ${count}`);
  return rows
    .filter((_, index) => Math.floor((index * count) / rows.length) > Math.floor(((index - 1) * count) / rows.length))
    .map(({ number, about, vector }) => ({ kind, number, about, vector: parseVector(vector) }));
}
