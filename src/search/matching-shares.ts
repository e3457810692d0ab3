import { type ClusterCounts, clusterValueKey, type PictureClusters } from '../database/picture-clusters.ts';
import type { EmbeddingClusterValueTable } from '../database/tables.ts';
import type { ResolvedFilter } from './product-filter.ts';
import type { ValueFilter } from './search-request.ts';

/** For each cluster a share of its pictures, 0 to 1. */
export type Shares = Float64Array;

/**
 * Which share of the pictures of each cluster holds for a filter, estimated from how often single values occur there. Values of different fields are taken to be
 * independent within a cluster; values that are not listed, since hardly any picture has them, to occur nowhere; times of
 * updates to be all within the range.
 */
export function matchingShares(clusters: PictureClusters, filter: ResolvedFilter): Shares {
  const everywhere = () => new Float64Array(clusters.numbers.length).fill(1);
  const nowhere = () => new Float64Array(clusters.numbers.length);
  const total = clusters.pictures.reduce((sum, pictures) => sum + pictures, 0);

  function of(filter: ResolvedFilter): Shares {
    return every([
      ...(filter.and ?? []).map(of),
      ...given(filter.or, (some) => any(some.map(of))),
      ...given(filter.not, (one) => not(of(one))),
      ...given(filter.categoryIds, (ids) => oneOf('CATEGORY', '', ids)),
      ...given(filter.brand, (brand) => valueShares('BRAND', '', brand)),
      ...given(filter.price, ({ min, max }) => pricesWithin(Number(min ?? 0), Number(max ?? Number.MAX_VALUE))),
      ...given(filter.availability, (states) => oneOf('AVAILABILITY', '', states)),
      ...(filter.attributes ?? []).map((attribute) => valueShares('ATTRIBUTE', attribute.name, attribute)),
      ...given(filter.productIds?.in, (ids) => everywhere().fill(Math.min(1, ids.length / Math.max(1, total)))),
    ]);
  }

  function every(shares: readonly Shares[]): Shares {
    const all = everywhere();
    for (const each of shares) for (let i = 0; i < all.length; i++) all[i] = (all[i] ?? 0) * (each[i] ?? 0);
    return all;
  }

  /** What holds for none of them does not hold. */
  function any(shares: readonly Shares[]): Shares {
    return not(every(shares.map(not)));
  }

  function not(shares: Shares): Shares {
    return shares.map((share) => 1 - share);
  }

  function valueShares(field: Field, name: string, { in: wanted, notIn: unwanted }: ValueFilter): Shares {
    return every([
      ...given(wanted, (values) => oneOf(field, name, values)),
      ...given(unwanted, (values) => not(oneOf(field, name, values))),
    ]);
  }

  /** Of several values of a field most products have one. */
  function oneOf(field: Field, name: string, values: readonly string[]): Shares {
    const shares = nowhere();
    for (const value of values) add(shares, clusters.values.get(clusterValueKey(field, name, value)), 1);
    return shares;
  }

  function pricesWithin(min: number, max: number): Shares {
    const shares = nowhere();
    for (const range of clusters.prices) add(shares, range, overlap(range, { min, max }));
    return shares;
  }

  function add(shares: Shares, counts: ClusterCounts | undefined, share: number): void {
    if (share === 0) return;
    counts?.places.forEach((place, index) => {
      const added = (share * (counts.pictures[index] ?? 0)) / Math.max(1, clusters.pictures[place] ?? 0);
      shares[place] = Math.min(1, (shares[place] ?? 0) + added);
    });
  }

  return of(filter);
}

/** Pictures that hold for it in all clusters together. */
export function matchingPictures(clusters: PictureClusters, shares: Shares): number {
  return clusters.pictures.reduce((sum, pictures, place) => sum + pictures * (shares[place] ?? 0), 0);
}

type Field = EmbeddingClusterValueTable['field'];

/** The part of a range of prices that lies between two, as if its prices were evenly spread. */
function overlap(
  { lowest, highest }: { lowest: number; highest: number },
  { min, max }: { min: number; max: number },
): number {
  if (min > highest || max < lowest) return 0;
  if (highest === lowest) return 1;
  return (Math.min(highest, max) - Math.max(lowest, min)) / (highest - lowest);
}

function given<T, R>(value: T | undefined, make: (value: T) => R): R[] {
  return value === undefined ? [] : [make(value)];
}
