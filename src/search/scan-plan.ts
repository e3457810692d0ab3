import type { Sketches } from '../database/embedding-models.ts';
import type { PictureClusters } from '../database/picture-clusters.ts';
import type { Embedding } from '../embedding-vector.ts';
import { type MatchingShares, matchingPictures, matchingShares } from './matching-shares.ts';
import type { ResolvedFilter } from './product-filter.ts';

/** A way to find the nearest pictures that hold for a filter. */
export interface ScanWay {
  /** HNSW: the index, until enough hold. CLUSTERS: sketches of the nearest clusters where any may. ALL: sketches of all that hold. */
  readonly way: 'HNSW' | 'CLUSTERS' | 'ALL';
  /** Rows that it would look at. */
  readonly rows: number;
  /** That it would take, by what each row costs on this database (embedding_model.scan_costs). */
  readonly milliseconds: number;
}

export interface ScanPlan {
  readonly chosen: ScanWay;
  readonly others: readonly ScanWay[];
  /** Numbers of the clusters to look in, for CLUSTERS. */
  readonly clusters: readonly number[];
  /** Pictures that hold, estimated. */
  readonly matching: number;
}

/** What a way needs to be right, found by measuring on a million pictures; docs/decisions/0011-sketches.md has the table. */
export const SCAN_LIMITS = {
  /** Up to so many matching pictures all are looked at: recall 1. A fifth more than that, since the number is an estimate. */
  all: 12_000,
  /** Sketches read, at least, and pictures that hold among them; then no more clusters. */
  sketches: 20_000,
  matches: 3_000,
  /**
   * Where pictures that hold are rarer near the query than this share of what they are in the whole shop, filter and query disagree: how near a cluster's
   * centroid is says less of the few in it that hold, and so large a part of all that do is looked at.
   */
  disagreeing: 0.5,
  matchingShare: 0.2,
  mostSketches: 100_000,
  /** A cluster of which certainly less than this holds is passed over. */
  leastShare: 0.0005,
  /** Sketches whose vectors are compared, and how many for each product wanted. */
  compared: 600,
  comparedPerProduct: 2,
  /** Of all that hold, where all of their sketches are looked at. */
  comparedShare: 0.15,
  /** Of the pictures in the nearest clusters so many must hold for the index to be asked: the walk of its graph takes as many steps for each picture that holds. */
  leastLocalShare: 0.9,
  /** Pictures in the nearest clusters that are asked. */
  local: 10_000,
} as const;

/** Sketches whose vectors are compared for so many products. */
export function comparedFor(wanted: number, { way, rows }: Pick<ScanWay, 'way' | 'rows'>): number {
  const ofAll = way === 'ALL' ? Math.min(rows, SCAN_LIMITS.all) * SCAN_LIMITS.comparedShare : 0;
  return Math.ceil(Math.max(SCAN_LIMITS.compared, wanted * SCAN_LIMITS.comparedPerProduct, ofAll));
}

/**
 * Chooses how to look for the nearest pictures that hold for a filter, by counts of values in clusters, where the query lies, and what ways cost here.
 *
 * @param indexed - whether the HNSW index stands
 * @param fetched - pictures that the index would be asked for
 */
export function planScan(p: {
  sketches: Sketches;
  filter: ResolvedFilter;
  query: Embedding;
  wanted: number;
  fetched: number;
  indexed: boolean;
}): ScanPlan {
  const { clusters, costs } = p.sketches;
  const shares = matchingShares(clusters, p.filter);
  const matching = matchingPictures(clusters, shares);
  const near = nearestClusters(clusters, p.query, shares, matching);
  const compared = (way: ScanWay['way'], rows: number) => Math.min(rows, comparedFor(p.wanted, { way, rows }));
  const handedOver = p.fetched / Math.max(near.localShare, 1e-3);
  const ways: ScanWay[] = [
    way('ALL', matching, costs.gathered * matching + costs.compared * compared('ALL', matching)),
    way('CLUSTERS', near.sketches, costs.probed * near.sketches + costs.compared * compared('CLUSTERS', near.matches)),
    ...(p.indexed ? [way('HNSW', handedOver, costs.hnsw * handedOver)] : []),
  ];
  const allowed = ways.filter(({ way }) => {
    if (matching <= SCAN_LIMITS.all) return way === 'ALL';
    return way !== 'HNSW' || near.localShare >= SCAN_LIMITS.leastLocalShare;
  });
  const [best] = allowed.sort((a, b) => a.milliseconds - b.milliseconds);
  return {
    chosen: best ?? way('ALL', matching, 0),
    others: ways.filter((each) => each !== best),
    clusters: near.chosen,
    matching,
  };
}

interface NearClusters {
  /** Numbers of the clusters to look in. */
  readonly chosen: readonly number[];
  /** Pictures in them, and those that are expected to hold. */
  readonly sketches: number;
  readonly matches: number;
  /** The share that holds of the pictures nearest to the query. */
  readonly localShare: number;
}

/** The clusters nearest to the query in which anything may hold, until enough was looked at. */
function nearestClusters(
  clusters: PictureClusters,
  query: Embedding,
  shares: MatchingShares,
  matching: number,
): NearClusters {
  const total = clusters.pictures.reduce((sum, pictures) => sum + pictures, 0);
  const chosen: number[] = [];
  let [sketches, matches, passed, passedMatches, localShare] = [0, 0, 0, 0, 0];
  const isEnough = () => {
    if (sketches >= SCAN_LIMITS.mostSketches) return true;
    if (sketches < SCAN_LIMITS.sketches || matches < SCAN_LIMITS.matches) return false;
    const agrees = passedMatches * total >= SCAN_LIMITS.disagreeing * matching * passed;
    return agrees || matches >= matching * SCAN_LIMITS.matchingShare;
  };
  for (const place of nearestFirst(clusters, query)) {
    if (passed >= SCAN_LIMITS.local && isEnough()) break;
    const pictures = clusters.pictures[place] ?? 0;
    const holding = pictures * (shares.expected[place] ?? 0);
    const isLocal = passed < SCAN_LIMITS.local;
    passed += pictures;
    passedMatches += holding;
    if (isLocal) localShare = passedMatches / Math.max(1, passed);
    if ((shares.most[place] ?? 0) < SCAN_LIMITS.leastShare) continue;
    chosen.push(clusters.numbers[place] ?? 0);
    sketches += pictures;
    matches += holding;
  }
  return { chosen, sketches, matches, localShare };
}

function way(way: ScanWay['way'], rows: number, microseconds: number): ScanWay {
  return { way, rows: Math.round(rows), milliseconds: Math.round(microseconds / 10) / 100 };
}

/** Places of all clusters, those with the nearest centroids first. */
function nearestFirst({ centroids }: PictureClusters, query: Embedding): number[] {
  const dimensions = query.length;
  const places: number[] = [];
  const similarities = new Float32Array(centroids.length / dimensions);
  for (let place = 0; place < similarities.length; place++) {
    let similarity = 0;
    for (let i = 0, at = place * dimensions; i < dimensions; i++, at++) {
      similarity += (centroids[at] as number) * (query[i] as number);
    }
    similarities[place] = similarity;
    places.push(place);
  }
  return places.sort((a, b) => (similarities[b] as number) - (similarities[a] as number));
}
