import type { Sketches } from '../../src/database/embedding-models.ts';
import type { ClusterScatter, ScanCosts } from '../../src/database/measurements.ts';
import type { EmbeddingClusterValueTable } from '../../src/database/tables.ts';
import {
  type ClusterCounts,
  type ClustersOfKinds,
  clusterValueKey,
  type VectorClusters,
} from '../../src/database/vector-clusters.ts';

/** A cluster as a test says it: `counts` holds how many of its vectors have a value, by field and value, or attribute and value. */
export interface MadeCluster {
  readonly vectors: number;
  /** Of length 1. ([1, 0]) */
  readonly centroid?: readonly number[];
  /** (0.9) */
  readonly cohesion?: number;
  /** By `BRAND:Acme`, `CATEGORY:id`, `AVAILABILITY:IN_STOCK` or `color:Red`. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Vectors in each range of `prices`. */
  readonly prices?: readonly number[];
}

/** Clusters numbered from 101 on, so that a number is no place. */
export function makeClusters(
  made: readonly MadeCluster[],
  prices: readonly (readonly [lowest: number, highest: number])[] = [],
): VectorClusters {
  const keys = new Set(made.flatMap(({ counts = {} }) => Object.keys(counts)));
  const inEach = (count: (cluster: MadeCluster) => number): ClusterCounts => {
    const places = [...made.keys()].filter((place) => count(made[place] as MadeCluster) > 0);
    return { places, vectors: places.map((place) => count(made[place] as MadeCluster)) };
  };
  return {
    numbers: made.map((_, place) => 101 + place),
    sizes: made.map(({ vectors }) => vectors),
    total: made.reduce((sum, { vectors }) => sum + vectors, 0),
    centroids: Float32Array.from(made.flatMap(({ centroid = [1, 0] }) => [...centroid])),
    cohesions: made.map(({ cohesion = 0.9 }) => cohesion),
    values: new Map([...keys].map((key) => [valueKey(key), inEach(({ counts }) => counts?.[key] ?? 0)])),
    prices: prices.map(([lowest, highest], range) => ({
      currency: 'USD',
      lowest,
      highest,
      ...inEach((cluster) => cluster.prices?.[range] ?? 0),
    })),
  };
}

/** About what was measured on two cores. */
export const COSTS: ScanCosts = {
  ...{ hnsw: 25, probed: 0.35, gathered: 0.8, compared: 5 },
  ...{ read: 0.35, listed: 0.02, listedAttribute: 0.06 },
};
export const SCATTER: ClusterScatter = { beside: 0.2, along: 0.5 };

/** Of pictures, and of no texts, unless there are some. */
export function makeSketches(
  pictures: VectorClusters,
  { costs = {}, texts = makeClusters([]) }: { costs?: Partial<ScanCosts>; texts?: VectorClusters } = {},
): Sketches {
  const clusters: ClustersOfKinds = { pictures, texts };
  return {
    table: 'picture_sketch_axes',
    madeAt: new Date(0),
    clusters,
    costs: { ...COSTS, ...costs },
    scatter: SCATTER,
  };
}

const FIELDS: readonly string[] = ['BRAND', 'CATEGORY', 'AVAILABILITY'] satisfies EmbeddingClusterValueTable['field'][];

function valueKey(key: string): string {
  const [name = '', value = ''] = key.split(':');
  if (!FIELDS.includes(name)) return clusterValueKey('ATTRIBUTE', name, value);
  return clusterValueKey(name as EmbeddingClusterValueTable['field'], '', value);
}
