import type { EmbeddingClusterValueTable } from '../database/tables.ts';
import { type ClusterCounts, clusterValueKey, type VectorClusters } from '../database/vector-clusters.ts';
import type { ResolvedFilter } from './product-filter.ts';
import type { ValueFilter } from './search-request.ts';

/** For each cluster a share of its vectors, 0 to 1. */
type Shares = Float64Array;

export interface MatchingShares {
  /** That hold for a filter, if values of different fields are independent of each other. */
  readonly expected: Shares;
  /** That hold at most: brown shoes among shirts may be all shoes that are there, and all that is brown. */
  readonly most: Shares;
  /** That hold at least: what is left of most where the filter is turned round. */
  readonly least: Shares;
}

/**
 * Which share of the vectors of each cluster holds for a filter, estimated from how often single values occur there. Values that are not listed, since hardly
 * any has them, are taken to occur nowhere; times of updates to be all within the range.
 */
export function matchingShares(clusters: VectorClusters, filter: ResolvedFilter): MatchingShares {
  const filled = (share: number) => new Float64Array(clusters.numbers.length).fill(share);

  function of(one: ResolvedFilter): MatchingShares {
    return every([
      ...(one.and ?? []).map(of),
      ...given(one.or, (some) => any(some.map(of))),
      ...given(one.not, (turned) => not(of(turned))),
      ...given(one.categoryIds, (ids) => oneOf('CATEGORY', '', ids)),
      ...given(one.brand, (brand) => values('BRAND', '', brand)),
      ...given(one.price, ({ min, max }) => pricesWithin(Number(min ?? 0), Number(max ?? Number.MAX_VALUE))),
      ...given(one.availability, (states) => oneOf('AVAILABILITY', '', states)),
      ...(one.attributes ?? []).map((attribute) => values('ATTRIBUTE', attribute.name, attribute)),
      ...given(one.productIds?.in, anyOf),
    ]);
  }

  function every(shares: readonly MatchingShares[]): MatchingShares {
    return {
      expected: combined(shares, 'expected', 1, (a, b) => a * b),
      most: combined(shares, 'most', 1, Math.min),
      least: combined(shares, 'least', 1, (a, b) => Math.max(0, a + b - 1)),
    };
  }

  function any(shares: readonly MatchingShares[]): MatchingShares {
    return {
      expected: combined(shares, 'expected', 0, (a, b) => a + b - a * b),
      most: combined(shares, 'most', 0, (a, b) => Math.min(1, a + b)),
      least: combined(shares, 'least', 0, Math.max),
    };
  }

  function combined(
    shares: readonly MatchingShares[],
    bound: keyof MatchingShares,
    start: number,
    combine: (a: number, b: number) => number,
  ): Shares {
    return filled(start).map((first, place) =>
      shares.reduce((so, each) => combine(so, each[bound][place] ?? 0), first),
    );
  }

  function not({ expected, most, least }: MatchingShares): MatchingShares {
    const turned = (shares: Shares) => shares.map((share) => 1 - share);
    return { expected: turned(expected), most: turned(least), least: turned(most) };
  }

  function values(field: Field, name: string, { in: wanted, notIn: unwanted }: ValueFilter): MatchingShares {
    return every([
      ...given(wanted, (some) => oneOf(field, name, some)),
      ...given(unwanted, (some) => not(oneOf(field, name, some))),
    ]);
  }

  /** Of several values of an attribute a product may have more than one; of a category, brand or availability it has one. */
  function oneOf(field: Field, name: string, some: readonly string[]): MatchingShares {
    const each = some.map((value) => {
      const shares = filled(0);
      add(shares, clusters.values.get(clusterValueKey(field, name, value)), 1);
      return { expected: shares, most: shares, least: shares };
    });
    const added = combined(each, 'most', 0, (a, b) => Math.min(1, a + b));
    return {
      expected: added,
      most: added,
      least: field === 'ATTRIBUTE' ? combined(each, 'least', 0, Math.max) : added,
    };
  }

  /** All prices of a range may be at its end. */
  function pricesWithin(min: number, max: number): MatchingShares {
    const expected = filled(0);
    const most = filled(0);
    const least = filled(0);
    for (const range of clusters.prices) {
      if (min > range.highest || max < range.lowest || min > max) continue;
      add(expected, range, overlap(range, { min, max }));
      add(most, range, 1);
      if (min <= range.lowest && max >= range.highest) add(least, range, 1);
    }
    return { expected, most, least };
  }

  /** Products that lie anywhere: all over the shop, or side by side. */
  function anyOf(ids: readonly string[]): MatchingShares {
    return {
      expected: filled(Math.min(1, ids.length / Math.max(1, clusters.total))),
      most: filled(ids.length === 0 ? 0 : 1),
      least: filled(0),
    };
  }

  function add(shares: Shares, counts: ClusterCounts | undefined, share: number): void {
    if (share === 0 || counts === undefined) return;
    for (const [index, place] of counts.places.entries()) {
      const added = (share * (counts.vectors[index] ?? 0)) / Math.max(1, clusters.sizes[place] ?? 0);
      shares[place] = Math.min(1, (shares[place] ?? 0) + added);
    }
  }

  return of(filter);
}

/** Vectors that are expected to hold in all clusters together. */
export function matchingVectors(clusters: VectorClusters, { expected }: MatchingShares): number {
  return clusters.sizes.reduce((sum, size, place) => sum + size * (expected[place] ?? 0), 0);
}

type Field = EmbeddingClusterValueTable['field'];

/** The part of a range of prices that lies between two that it has any of, as if its prices were evenly spread. */
function overlap(
  { lowest, highest }: { lowest: number; highest: number },
  { min, max }: { min: number; max: number },
): number {
  if (highest === lowest) return 1;
  return (Math.min(highest, max) - Math.max(lowest, min)) / (highest - lowest);
}

function given<T, R>(value: T | undefined, make: (value: T) => R): R[] {
  return value === undefined ? [] : [make(value)];
}
