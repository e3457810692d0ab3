import { sql } from 'kysely';
import { SKETCHED_COLUMNS } from '../../src/search/filter/fields.ts';
import type { TestDatabase } from './database.ts';

/** What a table of sketches has of a product beside what filters ask for. */
export const OWN_COLUMNS = ['cluster', 'image_id', 'bits'];

/** What it has of the variants of a picture's looks. */
export const OF_VARIANTS = ['price_highest', 'variant_count', 'on_sale', 'looks'];

const columns = sql.join(
  [...new Set(['image_id', 'bits', ...SKETCHED_COLUMNS, ...OF_VARIANTS])].map((column) => sql.ref(column)),
);

/** Centroids so near to each other are alike: the index of build_sketches() compares in half precision. */
const CENTROID_NOISE = 2e-3;

/**
 * What is wrong with the tables of sketches: rows that are missing, rows too many, and vectors in clusters that are not the nearest; as text. Empty where all are as
 * sketch_rows() says.
 */
export async function differencesOfSketches({ db }: Pick<TestDatabase, 'db'>): Promise<string[]> {
  const models = await db
    .selectFrom('embedding_model as m')
    .select(['id', 'sketch_table', 'image_table', 'text_table'])
    .select(
      sql<string>`sketch_rows(m, case when m.id is not null then '1' end, case when m.id is not null then '-1' end)`.as(
        'rows',
      ),
    )
    .execute();
  const differences = [];
  for (const { id, sketch_table, image_table, text_table, rows: statement } of models) {
    if (sketch_table === null) continue;
    const kept = sql`select sign(cluster)::integer as kind, ${columns} from ${sql.table(sketch_table)}`;
    const wanted = sql`select cluster as kind, ${columns} from (${sql.raw(statement)}) as r`;
    const distance = sql`c.centroid <#> e.embedding`;
    const { rows } = await sql<{ difference: string }>`
      select 'missing ' || m::text as difference from (${wanted} except all ${kept}) as m
      union all select 'too many ' || t::text from (${kept} except all ${wanted}) as t
      union all select 'far from its cluster ' || s.id
      from ${sql.table(sketch_table)} as s
      inner join (
        select 1 as kind, product_id, image_id, embedding::vector as embedding from ${sql.table(image_table)}
        union all select -1, product_id, null, embedding::vector from ${sql.table(text_table)} where pictureless
      ) as e on e.kind = sign(s.cluster) and e.product_id = s.id and e.image_id is not distinct from s.image_id
      left join embedding_cluster as c on c.model_id = ${id} and c.number = s.cluster
      where coalesce(${distance}, 2) > ${CENTROID_NOISE} + (
        select min(${distance}) from embedding_cluster as c where c.model_id = ${id} and sign(c.number) = sign(s.cluster))`.execute(
      db,
    );
    differences.push(...rows.map(({ difference }) => `${sketch_table}: ${difference}`));
  }
  return differences;
}
