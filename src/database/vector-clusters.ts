import { type Kysely, sql } from 'kysely';
import type { Embedding } from '../embedding-vector.ts';
import type { Database, EmbeddingClusterValueTable } from './tables.ts';
import { parseVectorBytes, vectorBytes } from './vector-sql.ts';

/** Groups of vectors of one kind that are alike, and which values that filters ask for occur in each. Arrays are in step: a place in one is the same cluster in the others. */
export interface VectorClusters {
  /** As in the table of sketches. */
  readonly numbers: readonly number[];
  /** Vectors in each when they were last counted. */
  readonly sizes: readonly number[];
  /** The sum of them. */
  readonly total: number;
  /** Each of length 1, one after the other. */
  readonly centroids: Float32Array;
  /** Of each the mean cosine similarity of its vectors to its centroid, -1 to 1. */
  readonly cohesions: readonly number[];
  /** By `clusterValueKey`. Values of attributes that less than a ten-thousandth of the vectors have are not in it. */
  readonly values: ReadonlyMap<string, ClusterCounts>;
  /** Ranges of prices, which together cover all of their currency; in ascending order. */
  readonly prices: readonly PriceRangeCounts[];
}

/** How many vectors of which clusters have something; clusters where none has it are left out. */
export interface ClusterCounts {
  /** Places, not numbers. */
  readonly places: readonly number[];
  readonly vectors: readonly number[];
}

/** How many vectors have a price within a range, both ends included. */
export interface PriceRangeCounts extends ClusterCounts {
  /** Empty where all currencies were counted together, by a program that did not tell them apart. */
  readonly currency: string;
  readonly lowest: number;
  readonly highest: number;
}

/** The clusters of both kinds of vectors. */
export interface ClustersOfKinds {
  readonly pictures: VectorClusters;
  /** Of products without a picture, which are compared by their text. */
  readonly texts: VectorClusters;
}

/** Of PostgreSQL's integers. */
const LEAST_NUMBER = -(2 ** 31);

/** Rows to a statement: reading them takes some milliseconds, in which nothing else runs. */
const PAGE = 200;

/** @param name - of the attribute; empty for other fields (the ranges of prices are not among the values) */
export function clusterValueKey(field: EmbeddingClusterValueTable['field'], name: string, value: string): string {
  return `${field}\n${name}\n${value}`;
}

/** Reads the clusters of a model, some megabytes for a million pictures: once, and again after they were made anew. */
export async function readVectorClusters(db: Kysely<Database>, modelId: string): Promise<ClustersOfKinds> {
  const read = { pictures: new ReadClusters(), texts: new ReadClusters() };
  for await (const row of pages(
    (after: number) => clustersAfter(db, modelId, after).execute(),
    LEAST_NUMBER,
    (row) => row.number,
  )) {
    read[row.number > 0 ? 'pictures' : 'texts'].addCluster(row);
  }
  const first = { field: '', name: '', value: '' };
  for await (const row of pages(
    (after: ValueKey) => valuesAfter(db, modelId, after).execute(),
    first,
    (row) => row,
  )) {
    read.pictures.addValue(row);
    read.texts.addValue(row);
  }
  return { pictures: read.pictures.all(), texts: read.texts.all() };
}

type ClusterRow = Awaited<ReturnType<ReturnType<typeof clustersAfter>['execute']>>[number];
type ValueRow = Awaited<ReturnType<ReturnType<typeof valuesAfter>['execute']>>[number];

/** The clusters of one kind, while they are read. */
class ReadClusters {
  readonly #rows: ClusterRow[] = [];
  readonly #places = new Map<number, number>();
  readonly #values = new Map<string, ClusterCounts>();
  readonly #prices: PriceRangeCounts[] = [];

  addCluster(row: ClusterRow): void {
    this.#places.set(row.number, this.#rows.length);
    this.#rows.push(row);
  }

  addValue({ field, name, value, lowest, highest, clusters, vectors }: ValueRow): void {
    const counts: ClusterCounts & { places: number[]; vectors: number[] } = { places: [], vectors: [] };
    for (const [index, number] of clusters.entries()) {
      const place = this.#places.get(number);
      if (place === undefined) continue;
      counts.places.push(place);
      counts.vectors.push(vectors[index] ?? 0);
    }
    if (field === 'PRICE')
      this.#prices.push({ ...counts, currency: name, lowest: Number(lowest), highest: Number(highest) });
    else if (counts.places.length > 0) this.#values.set(clusterValueKey(field, name, value), counts);
  }

  all(): VectorClusters {
    const sizes = this.#rows.map((row) => row.vectors);
    return {
      numbers: this.#rows.map(({ number }) => number),
      sizes,
      total: sizes.reduce((sum, size) => sum + size, 0),
      centroids: concatenated(this.#rows.map(({ centroid }) => parseVectorBytes(centroid))),
      cohesions: this.#rows.map(({ cohesion }) => cohesion),
      values: this.#values,
      prices: this.#prices.sort((a, b) => a.lowest - b.lowest),
    };
  }
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
    .select((eb) => ['number', 'vectors', 'cohesion', vectorBytes(eb.ref('centroid')).as('centroid')])
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
      sql<number[]>`to_json(vectors)`.as('vectors'),
    ])
    .where('model_id', '=', modelId)
    .where(sql<boolean>`(field, name, value) > (${after.field}, ${after.name}, ${after.value})`)
    .orderBy('field')
    .orderBy('name')
    .orderBy('value')
    .limit(PAGE);
}
