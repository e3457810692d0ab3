import type { Sketches } from '../../src/database/embedding-models.ts';
import { type ClusterCounts, clusterValueKey, type PictureClusters } from '../../src/database/picture-clusters.ts';
import type { EmbeddingClusterValueTable, ScanCosts } from '../../src/database/tables.ts';

/** A cluster as a test says it: `counts` holds how many of its pictures have a value, by field and value, or attribute and value. */
export interface MadeCluster {
  readonly pictures: number;
  /** Of length 1. ([1, 0]) */
  readonly centroid?: readonly number[];
  /** By `BRAND:Acme`, `CATEGORY:id`, `AVAILABILITY:IN_STOCK` or `color:Red`. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Pictures in each range of `prices`. */
  readonly prices?: readonly number[];
}

/** Clusters numbered from 101 on, so that a number is no place. */
export function makeClusters(
  made: readonly MadeCluster[],
  prices: readonly (readonly [lowest: number, highest: number])[] = [],
): PictureClusters {
  const keys = new Set(made.flatMap(({ counts = {} }) => Object.keys(counts)));
  const inEach = (count: (cluster: MadeCluster) => number): ClusterCounts => {
    const places = [...made.keys()].filter((place) => count(made[place] as MadeCluster) > 0);
    return { places, pictures: places.map((place) => count(made[place] as MadeCluster)) };
  };
  return {
    numbers: made.map((_, place) => 101 + place),
    pictures: made.map(({ pictures }) => pictures),
    centroids: Float32Array.from(made.flatMap(({ centroid = [1, 0] }) => [...centroid])),
    values: new Map([...keys].map((key) => [valueKey(key), inEach(({ counts }) => counts?.[key] ?? 0)])),
    prices: prices.map(([lowest, highest], range) => ({
      lowest,
      highest,
      ...inEach((cluster) => cluster.prices?.[range] ?? 0),
    })),
  };
}

/** About what was measured on two cores. */
export const COSTS: ScanCosts = { hnsw: 25, probed: 0.35, gathered: 0.8, compared: 5 };

export function makeSketches(clusters: PictureClusters, costs: Partial<ScanCosts> = {}): Sketches {
  return { table: 'picture_sketch_axes', madeAt: new Date(0), clusters, costs: { ...COSTS, ...costs } };
}

const FIELDS: readonly string[] = ['BRAND', 'CATEGORY', 'AVAILABILITY'] satisfies EmbeddingClusterValueTable['field'][];

function valueKey(key: string): string {
  const [name = '', value = ''] = key.split(':');
  if (!FIELDS.includes(name)) return clusterValueKey('ATTRIBUTE', name, value);
  return clusterValueKey(name as EmbeddingClusterValueTable['field'], '', value);
}
