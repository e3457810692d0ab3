import type { Sketches } from '../database/embedding-models.ts';
import type { Embedding } from '../embedding-vector.ts';
import { matchingPictures, matchingShares } from './matching-shares.ts';
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
  /** Sketches read, at least, and pictures that hold among them, as a number and as a share of all that do; then no more clusters. */
  sketches: 20_000,
  matches: 4_000,
  matchingShare: 0.05,
  mostSketches: 80_000,
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
  const nearest = nearestFirst(p.sketches, p.query);
  const enoughMatches = Math.max(SCAN_LIMITS.matches, matching * SCAN_LIMITS.matchingShare);
  const chosen: number[] = [];
  let sketches = 0;
  let matches = 0;
  let local = 0;
  let localMatches = 0;
  for (const place of nearest) {
    const pictures = clusters.pictures[place] ?? 0;
    const share = shares.expected[place] ?? 0;
    if (local < SCAN_LIMITS.local) {
      local += pictures;
      localMatches += pictures * share;
    }
    const enough =
      sketches >= SCAN_LIMITS.mostSketches || (sketches >= SCAN_LIMITS.sketches && matches >= enoughMatches);
    if (enough && local >= SCAN_LIMITS.local) break;
    if (enough || (shares.most[place] ?? 0) < SCAN_LIMITS.leastShare) continue;
    chosen.push(clusters.numbers[place] ?? 0);
    sketches += pictures;
    matches += pictures * share;
  }
  const compared = (way: ScanWay['way'], rows: number) => Math.min(rows, comparedFor(p.wanted, { way, rows }));
  const localShare = localMatches / Math.max(1, local);
  const handedOver = p.fetched / Math.max(localShare, 1e-3);
  const ways: ScanWay[] = [
    way('ALL', matching, costs.gathered * matching + costs.compared * compared('ALL', matching)),
    way('CLUSTERS', sketches, costs.probed * sketches + costs.compared * compared('CLUSTERS', matches)),
    ...(p.indexed ? [way('HNSW', handedOver, costs.hnsw * handedOver)] : []),
  ];
  const allowed = ways.filter(({ way }) => {
    if (matching <= SCAN_LIMITS.all) return way === 'ALL';
    return way !== 'HNSW' || localShare >= SCAN_LIMITS.leastLocalShare;
  });
  const [best] = allowed.sort((a, b) => a.milliseconds - b.milliseconds);
  return {
    chosen: best ?? way('ALL', matching, 0),
    others: ways.filter((each) => each !== best),
    clusters: chosen,
    matching,
  };
}

function way(way: ScanWay['way'], rows: number, microseconds: number): ScanWay {
  return { way, rows: Math.round(rows), milliseconds: Math.round(microseconds / 10) / 100 };
}

/** Places of all clusters, those with the nearest centroids first. */
function nearestFirst({ clusters: { centroids } }: Sketches, query: Embedding): number[] {
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
