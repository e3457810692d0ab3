import type { EmbeddingClusterValueTable } from '../../database/tables.ts';
import { type ClusterCounts, clusterValueKey, type VectorClusters } from '../../database/vector-clusters.ts';
import { PLAIN_NUMBER } from '../filter/attribute-numbers.ts';
import { type ByKind, type ConditionsByKind, conditionsOf } from '../filter/fields.ts';
import type { ResolvedFilter } from '../filter/product-filter.ts';
import type { ValueFilter } from '../request/search-request.ts';

/** For each cluster a share of its vectors, 0 to 1. */
type Shares = Float64Array;

export interface MatchingShares {
  /** That satisfy a filter, if values of different fields are independent of each other. */
  readonly expected: Shares;
  /** That hold at most: brown shoes among shirts may be all shoes that are there, and all that is brown. */
  readonly most: Shares;
  /** That hold at least: what is left of most where the filter is turned round. */
  readonly least: Shares;
}

/**
 * Which share of the vectors of each cluster satisfies a filter, estimated from how often single values occur there. Values that are not listed, since hardly
 * any has them, are taken to occur nowhere; times of updates to be all within the range.
 */
export function matchingShares(clusters: VectorClusters, filter: ResolvedFilter): MatchingShares {
  const known = sharesOf.get(clusters) ?? new WeakMap<ResolvedFilter, MatchingShares>();
  sharesOf.set(clusters, known);
  const filled = (share: number) => new Float64Array(clusters.numbers.length).fill(share);

  function of(one: ResolvedFilter): MatchingShares {
    const shares = known.get(one) ?? ofNew(one);
    known.set(one, shares);
    return shares;
  }

  function ofNew(one: ResolvedFilter): MatchingShares {
    return every([
      ...(one.and ?? []).map(of),
      ...given(one.or, (some) => any(some.map(of))),
      ...given(one.not, (turned) => not(of(turned))),
      ...conditionsOf(one, sharesByKind),
    ]);
  }

  /** What is not counted is not known to narrow anything: a code is a product or none, anywhere. */
  const sharesByKind: ByKind<MatchingShares> = {
    tree: (ids, { counted }) => given(counted, (field) => oneOf(field, '', ids)),
    value: (states, { counted }) => given(counted, (field) => oneOf(field, '', states)),
    flag: () => [],
    values: (some, { counted }) => given(counted, (field) => values(field, '', some)),
    code: ({ in: wanted }) => given(wanted, anyOf),
    money: (range) => [pricesWithin(range)],
    period: () => [],
    picture: () => [],
    numbers: (numbers, { counted }) =>
      given(counted, (field) => every(numbers.flatMap((range) => numbersWithin(field, range)))),
    attributes: (attributes, { counted }) =>
      given(counted, (field) => every(attributes.map((attribute) => values(field, attribute.name, attribute)))),
  };

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

  /** Plain loops: a filter on a category tree has a hundred values, and a million pictures have thousands of clusters. */
  function combined(
    shares: readonly MatchingShares[],
    bound: keyof MatchingShares,
    start: number,
    combine: (a: number, b: number) => number,
  ): Shares {
    const so = filled(start);
    for (const { [bound]: each } of shares) {
      for (let place = 0; place < so.length; place++) so[place] = combine(so[place] as number, each[place] as number);
    }
    return so;
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

  /** Of several values of an attribute a product may have more than one, and of several categories, of which the clusters know how many are beside a main one; of a brand or availability it has one. */
  function oneOf(field: Field, name: string, some: readonly string[]): MatchingShares {
    const added = filled(0);
    for (const value of some) add(added, clusters.values.get(clusterValueKey(field, name, value)), 1);
    if (some.length === 1) return { expected: added, most: added, least: added };
    if (field !== 'ATTRIBUTE') return { expected: added, most: added, least: withoutFurther(field, added) };
    const least = filled(0);
    for (const value of some) {
      const one = filled(0);
      add(one, clusters.values.get(clusterValueKey(field, name, value)), 1);
      for (let place = 0; place < one.length; place++)
        least[place] = Math.max(least[place] as number, one[place] as number);
    }
    return { expected: added, most: added, least };
  }

  /** What is left where whatever is in a further category was counted twice. */
  function withoutFurther(field: Field, added: Shares): Shares {
    const counts = clusters.values.get(clusterValueKey(field, FURTHER, ''));
    if (counts === undefined) return added;
    const further = filled(0);
    add(further, counts, 1);
    return added.map((share, place) => Math.max(0, share - (further[place] as number)));
  }

  /** All prices of a range may be at its end. */
  function pricesWithin(wanted: ConditionsByKind['money']): MatchingShares {
    const { currency } = wanted;
    const [min, max] = [Number(wanted.min ?? 0), Number(wanted.max ?? Number.MAX_VALUE)];
    const expected = filled(0);
    const most = filled(0);
    const least = filled(0);
    for (const range of clusters.prices) {
      if (range.currency !== currency && range.currency !== '') continue;
      if (min > range.highest || max < range.lowest || min > max) continue;
      add(expected, range, overlap(range, { min, max }));
      add(most, range, 1);
      if (min <= range.lowest && max >= range.highest) add(least, range, 1);
    }
    return { expected, most, least };
  }

  /** By the listed values that are numbers. Others may be within the range, too; where none is listed, nothing is known. */
  function numbersWithin(field: Field, { name, min, max }: NumberRange): MatchingShares[] {
    const listed = numbersOf(clusters, field, name);
    if (listed.length === 0 || (min === undefined && max === undefined)) return [];
    const within = listed.filter(
      ({ number }) => number >= Number(min ?? -Infinity) && number <= Number(max ?? Infinity),
    );
    const { expected, least } = oneOf(
      field,
      name,
      within.map(({ value }) => value),
    );
    return [{ expected, most: filled(1), least }];
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
    for (let index = 0; index < counts.places.length; index++) {
      const place = counts.places[index] as number;
      const added = (share * (counts.vectors[index] as number)) / Math.max(1, clusters.sizes[place] as number);
      shares[place] = Math.min(1, (shares[place] as number) + added);
    }
  }

  return of(filter);
}

/** What count_cluster_values() counts under: how many further categories products have. */
const FURTHER = 'further';

/** A search asks several times for the same filter, alone and within others. */
const sharesOf = new WeakMap<VectorClusters, WeakMap<ResolvedFilter, MatchingShares>>();

type NumberRange = ConditionsByKind['numbers'][number];

interface ListedNumber {
  readonly value: string;
  readonly number: number;
}

/** The values of an attribute that are counted and are numbers. */
function numbersOf(clusters: VectorClusters, field: Field, name: string): readonly ListedNumber[] {
  const known = listedNumbers.get(clusters) ?? new Map<string, readonly ListedNumber[]>();
  listedNumbers.set(clusters, known);
  const prefix = clusterValueKey(field, name, '');
  const listed =
    known.get(prefix) ??
    [...clusters.values.keys()]
      .filter((key) => key.startsWith(prefix) && PLAIN_NUMBER.test(key.slice(prefix.length)))
      .map((key) => ({ value: key.slice(prefix.length), number: Number(key.slice(prefix.length)) }));
  // Names come from requests: those without numbers are not kept, or anybody could fill the memory.
  if (listed.length > 0) known.set(prefix, listed);
  return listed;
}

/** Going through all values takes milliseconds where there are many. */
const listedNumbers = new WeakMap<VectorClusters, Map<string, readonly ListedNumber[]>>();

/** Vectors that are expected to hold in all clusters together. */
export function matchingVectors(clusters: VectorClusters, { expected }: MatchingShares): number {
  let matching = 0;
  for (let place = 0; place < expected.length; place++)
    matching += (clusters.sizes[place] as number) * (expected[place] as number);
  return matching;
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
