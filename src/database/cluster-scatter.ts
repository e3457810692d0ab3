import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { EmbeddingModelRow } from './embedding-models.ts';
import type { ClusterScatter } from './measurements.ts';
import type { Database } from './tables.ts';

/** Pictures of the sample, and pictures and texts that are compared with each of them: 60,000 pairs, some 100 ms. */
const SAMPLE = { pictures: 300, queries: 100 };

/**
 * Measures, on a sample, how a model's pictures lie in their clusters, and keeps it in embedding_model.cluster_scatter: by this a search expects how many of the nearest a cluster has. Keeps what
 * there is where too few pictures lie in clusters to tell.
 *
 * @param sketchTable - embedding_model.sketch_table, of sketches that stand
 */
export async function measureClusterScatter(
  db: Kysely<Database>,
  model: EmbeddingModelRow,
  sketchTable: string,
): Promise<void> {
  const { rows } = await clusterScatter(model, sketchTable).execute(db);
  const { beside = null, along = null } = rows[0] ?? {};
  if (beside !== null && along !== null) await storeClusterScatter(db, model.id, { beside, along }).execute();
}

/** Deviations on a sample; null where too few pictures lie in clusters. */
export function clusterScatter(
  model: Pick<EmbeddingModelRow, 'id' | 'imageTable' | 'textTable'>,
  sketchTable: string,
): RawBuilder<{ [Name in keyof ClusterScatter]: number | null }> {
  return sql`
    with clustered as materialized (
      select e.product_id, e.embedding::vector as vector, c.centroid, c.cohesion, 1 - (e.embedding::vector <=> c.centroid) as toward
      from (select id, image_id, cluster from ${sql.table(sketchTable)} where cluster > 0 order by id, image_id limit ${sql.lit(SAMPLE.pictures)}) as s
      inner join ${sql.table(model.imageTable)} as e on e.product_id = s.id and e.image_id = s.image_id
      inner join embedding_cluster as c on c.model_id = ${model.id}::uuid and c.number = s.cluster
    ),
    query as materialized (
      (select product_id, embedding::vector as vector from ${sql.table(model.imageTable)} order by product_id desc limit ${sql.lit(SAMPLE.queries)})
      union all
      (select product_id, embedding::vector from ${sql.table(model.textTable)} order by product_id desc limit ${sql.lit(SAMPLE.queries)})
    ),
    pair as (
      select 1 - (q.vector <=> c.vector) as cosine, 1 - (q.vector <=> c.centroid) as across, c.toward
      from clustered as c inner join query as q on q.product_id <> c.product_id
    )
    select
      (select sqrt(avg(((toward - cohesion) / (1 - cohesion)) ^ 2)) from clustered where cohesion < 0.999) as along,
      (select sqrt(avg((cosine - across * toward) ^ 2 / ((1 - across ^ 2) * (1 - toward ^ 2))))
        from pair where abs(across) < 0.999 and abs(toward) < 0.999) as beside`;
}

/** Keeps what was measured, if the model still has sketches. */
export function storeClusterScatter(db: Kysely<Database>, modelId: string, scatter: ClusterScatter) {
  return db
    .updateTable('embedding_model')
    .set({ cluster_scatter: sql`${JSON.stringify(scatter)}::jsonb` })
    .where('id', '=', modelId)
    .where('sketch_table', 'is not', null);
}
