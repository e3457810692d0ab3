import { describe, expect, it } from 'vitest';
import type { ScanCosts } from '../../../src/database/measurements.ts';
import { normalise } from '../../../src/embedding-vector.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import {
  comparedFor,
  planScan,
  planTexts,
  type ScanPlan,
  type TextPlan,
} from '../../../src/search/nearest/scan-plan.ts';
import { type MadeCluster, makeClusters, makeSketches } from '../../support/vector-clusters.ts';

const ACME: ResolvedFilter = { brand: { in: ['Acme'] } };
/** Pictures to a cluster, and clusters: a hundred thousand pictures. Which of them are read: nearest-clusters.test.ts. */
const PICTURES = 1000;
const CLUSTERS = 100;
/** At one end of the shop: the nearest cluster is the first. */
const QUERY = normalise([1, 0]);
/** The same as a query for texts. */
const TEXT_QUERY = normalise([0, 1]);

/**
 * Clusters that lie in a fan, each further from the query than the one before: of each so many pictures are of Acme as `acme` says of its place.
 */
function shop(acme: (place: number) => number, clusters = CLUSTERS) {
  const made = Array.from({ length: clusters }, (_, place): MadeCluster => {
    const angle = (place / clusters) * Math.PI;
    return { vectors: PICTURES, centroid: [Math.cos(angle), Math.sin(angle)], counts: { 'BRAND:Acme': acme(place) } };
  });
  return makeClusters(made);
}

function plan(
  acme: (place: number) => number,
  options: {
    clusters?: number;
    costs?: Partial<ScanCosts>;
    wanted?: number;
    fetched?: number;
    indexed?: boolean;
    filter?: ResolvedFilter;
  } = {},
): ScanPlan {
  const { clusters, costs = {}, filter = ACME, ...others } = options;
  const sketches = makeSketches(shop(acme, clusters), { costs });
  return planScan({
    sketches,
    filter,
    query: QUERY,
    wanted: 200,
    fetched: 250,
    indexed: true,
    ...others,
  });
}

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
    expect(plan((place) => (place < 30 ? 950 : 500)).chosen.way).toBe('HNSW');
    expect(plan((place) => (place < 30 ? 500 : 950)).chosen.way).not.toBe('HNSW');
  });

  it('asks it never where it does not stand', () => {
    const ways = ({ chosen, others }: ScanPlan) => [chosen, ...others].map(({ way }) => way).sort();
    expect(ways(plan(() => 950))).toEqual(['ALL', 'CLUSTERS', 'HNSW']);
    expect(ways(plan(() => 950, { indexed: false }))).toEqual(['ALL', 'CLUSTERS']);
  });

  it('takes what costs less on this database', () => {
    const many = () => 300;
    expect(plan(many, { costs: { gathered: 0.8 } }).chosen.way).toBe('CLUSTERS');
    expect(plan(many, { costs: { gathered: 0.01, compared: 0.01 } }).chosen.way).toBe('ALL');
    expect(plan(many, { costs: { probed: 100 } }).chosen.way).toBe('ALL');
    // Nearly all that is near holds, but the index is slow here.
    expect(plan(() => 950, { costs: { hnsw: 2500 } }).chosen.way).toBe('CLUSTERS');
  });

  it('says what each way would look at and take', () => {
    const { chosen, others } = plan(() => 950);
    // Microseconds: 25 for each of 263 handed over.
    expect(chosen).toEqual({ way: 'HNSW', rows: 263, milliseconds: 6.58 });
    expect(others[0]).toEqual({ way: 'ALL', rows: 95_000, milliseconds: 85 });
    // 0.35 for each sketch, 5 for each of 900 vectors.
    const { way, rows = 0, milliseconds } = others[1] ?? {};
    expect(way).toBe('CLUSTERS');
    expect(rows % PICTURES).toBe(0);
    expect(milliseconds).toBeCloseTo((rows * 0.35 + 500 * 5) / 1000, 2);
  });

  it('reckons nothing else where few satisfy the filter', () => {
    expect(plan(() => 50)).toMatchObject({ chosen: { way: 'ALL', rows: 5000 }, others: [] });
    expect(plan(() => 500).others).toHaveLength(2);
  });

  it('tells what was not chosen, and nothing twice', () => {
    for (const acme of [121, 300, 950]) {
      const { chosen, others } = plan(() => acme);
      expect([chosen, ...others].map(({ way }) => way).toSorted()).toEqual(['ALL', 'CLUSTERS', 'HNSW']);
    }
  });

  it('compares more vectors for more products', () => {
    const some = { way: 'CLUSTERS', rows: 40_000 } as const;
    expect(comparedFor(1, some)).toBe(500);
    expect(comparedFor(300, some)).toBe(600);
    expect(comparedFor(1000, some)).toBe(2000);
    expect(comparedFor(100, { way: 'ALL', rows: 10_000 })).toBe(1500);
    expect(comparedFor(100, { way: 'ALL', rows: 1000 })).toBe(900);
    const milliseconds = (wanted: number) => plan(() => 300, { wanted }).chosen.milliseconds;
    expect(milliseconds(1000)).toBeGreaterThan(milliseconds(200));
  });
});

describe('planTexts', () => {
  /** Beside 50,000 pictures that hold. */
  function textPlan(made: readonly MadeCluster[], wanted: number): TextPlan {
    const sketches = makeSketches(
      shop(() => 500),
      { texts: makeClusters(made) },
    );
    return planTexts({ sketches, filter: ACME, query: TEXT_QUERY, wanted }, 50_000);
  }

  it('looks for texts in their own clusters', () => {
    const planned = textPlan(
      [
        { vectors: 9000, centroid: [0, 1], counts: { 'BRAND:Acme': 3000 } },
        { vectors: 9000, centroid: [1, 0], cohesion: 0.999, counts: { 'BRAND:Acme': 3000 } },
        { vectors: 9000, centroid: [0, 1], counts: {} },
      ],
      10,
    );
    expect(planned.clusters).toEqual([101]);
  });

  it('looks at all texts where they are few', () => {
    expect(
      textPlan([{ vectors: 1000, centroid: [0, 1], counts: { 'BRAND:Acme': 300 } }], 200).clusters,
    ).toBeUndefined();
    expect(textPlan([], 200).clusters).toBeUndefined();
  });

  it('compares more texts the larger their part of what holds is', () => {
    const compared = (texts: number) =>
      textPlan([{ vectors: texts, centroid: [0, 1], counts: { 'BRAND:Acme': texts } }], 50).compared;
    // Of 50,000: ten for each of 20, and of what may be on the page; in the end no fewer than of pictures.
    expect(compared(1)).toBe(201);
    expect(compared(500)).toBe(225);
    expect(compared(5000)).toBe(428);
    expect(compared(50_000)).toBe(700);
  });
});
