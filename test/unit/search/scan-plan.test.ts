import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/embedding-vector.ts';
import type { ResolvedFilter } from '../../../src/search/product-filter.ts';
import { comparedFor, planScan, SCAN_LIMITS, type ScanPlan } from '../../../src/search/scan-plan.ts';
import { type MadeCluster, makeClusters, makeSketches } from '../../support/picture-clusters.ts';

const ACME: ResolvedFilter = { brand: { in: ['Acme'] } };
/** Pictures to a cluster, and clusters: a hundred thousand pictures. */
const PICTURES = 1000;
const CLUSTERS = 100;
/** At one end of the shop: the nearest cluster is the first. */
const QUERY = normalise([1, 0]);

/**
 * Clusters that lie in a fan, each further from the query than the one before: of each so many pictures are of Acme as `acme` says of its place.
 */
function shop(acme: (place: number) => number, clusters = CLUSTERS) {
  const made = Array.from({ length: clusters }, (_, place): MadeCluster => {
    const angle = (place / clusters) * Math.PI;
    return { pictures: PICTURES, centroid: [Math.cos(angle), Math.sin(angle)], counts: { 'BRAND:Acme': acme(place) } };
  });
  return makeClusters(made);
}

function plan(
  acme: (place: number) => number,
  options: {
    clusters?: number;
    costs?: object;
    wanted?: number;
    fetched?: number;
    indexed?: boolean;
    filter?: ResolvedFilter;
  } = {},
): ScanPlan {
  const { clusters, costs, filter = ACME, ...others } = options;
  const sketches = makeSketches(shop(acme, clusters), costs);
  return planScan({ sketches, filter, query: QUERY, wanted: 200, fetched: 250, indexed: true, ...others });
}

/** Places of the clusters that a plan looks in. */
const places = ({ clusters }: ScanPlan) => clusters.map((number) => number - 101);
const from0to = (count: number) => Array.from({ length: count }, (_, place) => place);

describe('planScan', () => {
  it('looks at all that hold where they are few, whatever it costs', () => {
    const few = plan(() => 120);
    expect(few.matching).toBe(12_000);
    expect(few.chosen).toMatchObject({ way: 'ALL', rows: 12_000 });
    expect(plan(() => 120, { costs: { gathered: 1000 } }).chosen.way).toBe('ALL');
    expect(plan(() => 121, { costs: { gathered: 1000 } }).chosen.way).toBe('CLUSTERS');
  });

  it('takes nothing to hold where nothing is known to', () => {
    const none = plan(() => 0);
    expect(none).toMatchObject({ matching: 0, clusters: [], chosen: { way: 'ALL', rows: 0, milliseconds: 0 } });
  });

  it('asks the index where nearly all that is near holds', () => {
    const near = plan(() => 950);
    expect(near.chosen).toMatchObject({ way: 'HNSW', rows: Math.round(250 / 0.95) });
    expect(plan(() => 950, { indexed: false }).chosen.way).toBe('CLUSTERS');
    // What is near decides, not what is far.
    expect(plan((place) => (place < 10 ? 950 : 500)).chosen.way).toBe('HNSW');
    expect(plan((place) => (place < 10 ? 500 : 950)).chosen.way).not.toBe('HNSW');
  });

  it('asks it never where it does not stand', () => {
    const ways = ({ chosen, others }: ScanPlan) => [chosen, ...others].map(({ way }) => way).sort();
    expect(ways(plan(() => 950))).toEqual(['ALL', 'CLUSTERS', 'HNSW']);
    expect(ways(plan(() => 950, { indexed: false }))).toEqual(['ALL', 'CLUSTERS']);
  });

  it('reads the nearest clusters until there are enough sketches and enough that hold', () => {
    // Of 20,000 sketches 10,000 hold.
    expect(places(plan(() => 500))).toEqual(from0to(20));
    // 3,000 hold only in 24.
    expect(places(plan(() => 130))).toEqual(from0to(24));
    // As near as anywhere: a twentieth of all that hold is not waited for.
    expect(places(plan(() => 600, { clusters: 1000 }))).toEqual(from0to(20));
  });

  it('reads on where filter and query disagree, until a fifth of all that hold was seen', () => {
    // 300 in a thousand hold on average, 100 near the query: 60,000 of 300,000 would be in 340 clusters, and more than 100,000 sketches are not read.
    const disagreeing = plan((place) => (place < 200 ? 100 : 350), { clusters: 1000 });
    expect(places(disagreeing)).toEqual(from0to(100));
    // 6,400 of 32,000 are in 61.
    const fewer = plan((place) => (place < 60 ? 100 : 650));
    expect(places(fewer)).toEqual(from0to(61));
  });

  it('begins at whichever end of the shop the query lies', () => {
    const sketches = makeSketches(shop(() => 500));
    const far = planScan({
      sketches,
      filter: ACME,
      query: normalise([-1, 0]),
      wanted: 200,
      fetched: 250,
      indexed: true,
    });
    expect(places(far)).toEqual(from0to(20).map((place) => CLUSTERS - 1 - place));
  });

  it('passes over clusters in which nothing holds: nothing near does', () => {
    const hostile = plan((place) => (place < 70 ? 0 : 900));
    expect(hostile.chosen.way).toBe('CLUSTERS');
    expect(places(hostile)).toEqual(from0to(20).map((place) => 70 + place));
    expect(hostile.chosen.rows).toBe(20_000);
  });

  it('looks where little is expected to hold, but more may', () => {
    // Near the query a ten-thousandth holds if both values are independent, but a hundredth may.
    const made = from0to(CLUSTERS).map((place): MadeCluster => {
      const angle = (place / CLUSTERS) * Math.PI;
      const counts = place < 20 ? { 'BRAND:Acme': 10, 'color:Red': 10 } : { 'BRAND:Acme': 600, 'color:Red': 900 };
      return { pictures: PICTURES, centroid: [Math.cos(angle), Math.sin(angle)], counts };
    });
    const sketches = makeSketches(makeClusters(made));
    const filter = { ...ACME, attributes: [{ name: 'color', in: ['Red'] }] };
    const found = planScan({ sketches, filter, query: QUERY, wanted: 200, fetched: 250, indexed: true });
    expect(places(found).slice(0, 20)).toEqual(from0to(20));
    expect(found.clusters.length).toBeGreaterThan(20);
  });

  it('ends after so many sketches, however few of them hold', () => {
    const sparse = plan(() => 1, { clusters: 13_000 });
    expect(sparse.matching).toBe(13_000);
    expect(sparse.clusters).toHaveLength(SCAN_LIMITS.mostSketches / PICTURES);
  });

  it('takes what costs less on this database', () => {
    const many = () => 300;
    expect(plan(many, { costs: { gathered: 0.8 } }).chosen.way).toBe('CLUSTERS');
    expect(plan(many, { costs: { gathered: 0.01 } }).chosen.way).toBe('ALL');
    expect(plan(many, { costs: { probed: 8 } }).chosen.way).toBe('ALL');
    // Nearly all that is near holds, but the index is slow here.
    expect(plan(() => 950, { costs: { hnsw: 2500 } }).chosen.way).toBe('CLUSTERS');
  });

  it('says what each way would look at and take', () => {
    const { chosen, others } = plan(() => 950);
    // Microseconds: 25 for each of 263 handed over.
    expect(chosen).toEqual({ way: 'HNSW', rows: 263, milliseconds: 6.58 });
    expect(others).toEqual([
      { way: 'ALL', rows: 95_000, milliseconds: 85 },
      { way: 'CLUSTERS', rows: 20_000, milliseconds: 10 },
    ]);
  });

  it('tells what was not chosen, and nothing twice', () => {
    for (const acme of [0, 50, 300, 950]) {
      const { chosen, others } = plan(() => acme);
      expect([chosen, ...others].map(({ way }) => way).toSorted()).toEqual(['ALL', 'CLUSTERS', 'HNSW']);
    }
  });

  it('compares more vectors for more products', () => {
    const some = { way: 'CLUSTERS', rows: 40_000 } as const;
    expect(comparedFor(1, some)).toBe(600);
    expect(comparedFor(300, some)).toBe(600);
    expect(comparedFor(1000, some)).toBe(2000);
    expect(comparedFor(100, { way: 'ALL', rows: 10_000 })).toBe(1500);
    expect(comparedFor(100, { way: 'ALL', rows: 1000 })).toBe(600);
    const milliseconds = (wanted: number) => plan(() => 300, { wanted }).chosen.milliseconds;
    expect(milliseconds(1000)).toBeGreaterThan(milliseconds(200));
  });
});
