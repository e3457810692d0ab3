import type { Sketches } from '../../database/embedding-models.ts';
import type { Embedding } from '../../embedding-vector.ts';
import type { ResolvedFilter } from '../filter/product-filter.ts';
import { SCAN_LIMITS } from '../request/limits.ts';
import type { ScanWay } from '../request/search-request.ts';
import { matchingShares, matchingVectors } from './matching-shares.ts';
import { chooseClusters } from './nearest-clusters.ts';

export interface ScanPlan {
  readonly chosen: ScanWay;
  /** As far as they were reckoned. */
  readonly others: readonly ScanWay[];
  /** Numbers of the clusters to look in, for CLUSTERS. */
  readonly clusters: readonly number[];
  /** Pictures that hold, estimated. */
  readonly matching: number;
}

/** How to look for products without a picture, which are compared by their text. */
export interface TextPlan {
  /** Numbers of the clusters to look in; undefined for all of them. */
  readonly clusters: readonly number[] | undefined;
  /** Sketches whose vectors are compared. */
  readonly compared: number;
}

/** Sketches whose vectors are compared for so many products. */
export function comparedFor(wanted: number, { way, rows }: Pick<ScanWay, 'way' | 'rows'>): number {
  const { compared, comparedOfAll, comparedShare, comparedPerProduct } = SCAN_LIMITS;
  const least = way === 'ALL' ? Math.max(comparedOfAll, Math.min(rows, SCAN_LIMITS.all) * comparedShare) : compared;
  return Math.ceil(Math.max(least, wanted * comparedPerProduct));
}

/** What is looked for, by which a way is chosen. */
export interface ScanRequest {
  readonly sketches: Sketches;
  readonly filter: ResolvedFilter;
  /** To be compared with vectors of the kind. */
  readonly query: Embedding;
  /** Products. */
  readonly wanted: number;
  /** Pictures that the index would be asked for. */
  readonly fetched: number;
  /** Whether the HNSW index stands. */
  readonly indexed: boolean;
  /** Up to so many products are all compared, whatever is best: fewer than `SCAN_LIMITS.all` only where a search says so. */
  readonly exactLimit?: number | undefined;
}

/** Chooses how to look for the nearest pictures that satisfy a filter, by counts of values in clusters, where the query lies, and what ways cost here. */
export function planScan(p: ScanRequest): ScanPlan {
  const { clusters, costs, scatter } = p.sketches;
  const shares = matchingShares(clusters.pictures, p.filter);
  const matching = matchingVectors(clusters.pictures, shares);
  const compared = (way: ScanWay['way'], rows: number) => Math.min(rows, comparedFor(p.wanted, { way, rows }));
  const all = way('ALL', matching, costs.gathered * matching + costs.compared * compared('ALL', matching));
  const isFew = matching <= Math.min(SCAN_LIMITS.all, p.exactLimit ?? SCAN_LIMITS.all);
  if (isFew) return { chosen: all, others: [], clusters: [], matching };
  const sought = Math.max(SCAN_LIMITS.sought, p.wanted);
  const choice = chooseClusters(clusters.pictures, {
    query: p.query,
    shares,
    scatter,
    sought,
    least: SCAN_LIMITS.sketches,
  });
  const handedOver = p.fetched / Math.max(choice.nearShare, 1e-3);
  const ways: ScanWay[] = [
    all,
    way(
      'CLUSTERS',
      choice.vectors,
      costs.probed * choice.vectors + costs.compared * compared('CLUSTERS', choice.matches),
    ),
    ...(p.indexed ? [way('HNSW', handedOver, costs.hnsw * handedOver)] : []),
  ];
  const mayWalk = matching > SCAN_LIMITS.all && choice.nearShare >= SCAN_LIMITS.leastNearShare;
  const allowed = ways.filter(({ way }) => way !== 'HNSW' || mayWalk);
  const [chosen = all] = allowed.sort((a, b) => a.milliseconds - b.milliseconds);
  return { chosen, others: ways.filter((each) => each !== chosen), clusters: choice.numbers, matching };
}

/**
 * Where there are few texts, it is as well to look at all.
 *
 * @param pictures - that hold: the more of them, the fewer texts come among the first
 */
export function planTexts(
  { sketches, filter, query, wanted }: Pick<ScanRequest, 'sketches' | 'filter' | 'query' | 'wanted'>,
  pictures: number,
): TextPlan {
  const { scatter } = sketches;
  const { texts } = sketches.clusters;
  const shares = matchingShares(texts, filter);
  const matching = matchingVectors(texts, shares);
  const part = Math.min(1, (SCAN_LIMITS.soughtTextsPerShare * matching) / Math.max(1, matching + pictures));
  const sought = SCAN_LIMITS.soughtTexts + wanted * part;
  const compared = Math.ceil(Math.max(SCAN_LIMITS.comparedPerText * sought, SCAN_LIMITS.compared * part, wanted));
  if (texts.total <= SCAN_LIMITS.allTexts) return { clusters: undefined, compared };
  const least = SCAN_LIMITS.textSketches;
  return { clusters: chooseClusters(texts, { query, shares, scatter, sought, least }).numbers, compared };
}

function way(way: ScanWay['way'], rows: number, microseconds: number): ScanWay {
  return { way, rows: Math.round(rows), milliseconds: Math.round(microseconds / 10) / 100 };
}
