import { type Kysely, sql } from 'kysely';
import type { Embedding } from '../embedding-vector.ts';
import type { Database, EmbeddingClusterValueTable } from './tables.ts';
import { parseVectorBytes, vectorBytes } from './vector-sql.ts';

/** Groups of pictures that look alike, and which values that filters ask for occur in each. Arrays are in step: a place in one is the same cluster in the others. */
export interface PictureClusters {
  /** As in the table of sketches. */
  readonly numbers: readonly number[];
  /** Pictures in each when they were last counted. */
  readonly pictures: readonly number[];
  /** Each of length 1, one after the other. */
  readonly centroids: Float32Array;
  /** By `clusterValueKey`. Values of attributes that less than a ten-thousandth of the pictures have are not in it. */
  readonly values: ReadonlyMap<string, ClusterCounts>;
  /** Ranges of prices, which together cover all; in ascending order. */
  readonly prices: readonly (ClusterCounts & { readonly lowest: number; readonly highest: number })[];
}

/** In how many pictures of which clusters something occurs; clusters where it does not are left out. */
export interface ClusterCounts {
  /** Places, not numbers. */
  readonly places: readonly number[];
  readonly pictures: readonly number[];
}

/** Rows to a statement: reading them takes some milliseconds, in which nothing else runs. */
const PAGE = 200;

/** @param name - of the attribute; empty for other fields */
export function clusterValueKey(field: EmbeddingClusterValueTable['field'], name: string, value: string): string {
  return `${field}\n${name}\n${value}`;
}

/** Reads the clusters of a model, some megabytes for a million pictures: once, and again after they were made anew. */
export async function readPictureClusters(db: Kysely<Database>, modelId: string): Promise<PictureClusters> {
  const numbers: number[] = [];
  const pictures: number[] = [];
  const centroids: Embedding[] = [];
  for await (const row of pages(
    (after: number) => clustersAfter(db, modelId, after).execute(),
    0,
    (row) => row.number,
  )) {
    numbers.push(row.number);
    pictures.push(row.pictures);
    centroids.push(parseVectorBytes(row.centroid));
  }
  const places = new Map(numbers.map((number, place) => [number, place]));
  const values = new Map<string, ClusterCounts>();
  const prices: PictureClusters['prices'][number][] = [];
  const first = { field: '', name: '', value: '' };
  for await (const row of pages(
    (after: ValueKey) => valuesAfter(db, modelId, after).execute(),
    first,
    (row) => row,
  )) {
    const known = row.clusters.flatMap((number, index) => {
      const place = places.get(number);
      return place === undefined ? [] : [{ place, pictures: row.pictures[index] ?? 0 }];
    });
    const counts = { places: known.map((each) => each.place), pictures: known.map((each) => each.pictures) };
    if (row.field === 'PRICE') prices.push({ ...counts, lowest: Number(row.lowest), highest: Number(row.highest) });
    else values.set(clusterValueKey(row.field, row.name, row.value), counts);
  }
  prices.sort((a, b) => a.lowest - b.lowest);
  return { numbers, pictures, centroids: concatenated(centroids), values, prices };
}

function concatenated(vectors: readonly Embedding[]): Float32Array {
  const dimensions = vectors[0]?.length ?? 0;
  const all = new Float32Array(vectors.length * dimensions);
  for (const [place, vector] of vectors.entries()) all.set(vector, place * dimensions);
  return all;
}

async function* pages<Row, Key>(
  read: (after: Key) => Promise<Row[]>,
  first: Key,
  keyOf: (row: Row) => Key,
): AsyncGenerator<Row> {
  let after = first;
  for (;;) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = keyOf(last);
  }
}

export function clustersAfter(db: Kysely<Database>, modelId: string, after: number) {
  return db
    .selectFrom('embedding_cluster')
    .select((eb) => ['number', 'pictures', vectorBytes(eb.ref('centroid')).as('centroid')])
    .where('model_id', '=', modelId)
    .where('number', '>', after)
    .orderBy('number')
    .limit(PAGE);
}

interface ValueKey {
  readonly field: string;
  readonly name: string;
  readonly value: string;
}

/** Lists as JSON, which the driver reads many times faster than arrays. */
export function valuesAfter(db: Kysely<Database>, modelId: string, after: ValueKey) {
  return db
    .selectFrom('embedding_cluster_value')
    .select([
      'field',
      'name',
      'value',
      'lowest',
      'highest',
      sql<number[]>`to_json(clusters)`.as('clusters'),
      sql<number[]>`to_json(pictures)`.as('pictures'),
    ])
    .where('model_id', '=', modelId)
    .where(sql<boolean>`(field, name, value) > (${after.field}, ${after.name}, ${after.value})`)
    .orderBy('field')
    .orderBy('name')
    .orderBy('value')
    .limit(PAGE);
}
