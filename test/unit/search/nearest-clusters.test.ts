import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/embedding-vector.ts';
import type { ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { matchingShares } from '../../../src/search/nearest/matching-shares.ts';
import { type ClusterChoice, chooseClusters } from '../../../src/search/nearest/nearest-clusters.ts';
import { CHOICE_LIMITS } from '../../../src/search/request/limits.ts';
import { type MadeCluster, makeClusters, SCATTER } from '../../support/vector-clusters.ts';

const ACME: ResolvedFilter = { brand: { in: ['Acme'] } };
/** Two are as many vectors as are read at least. */
const SIZE = 2500;
/** Where the first cluster of a fan lies. */
const QUERY = normalise([1, 0]);

/** Clusters in a fan, each `degrees` further from the query than the one before. */
function fan(count: number, degrees: number, made: (place: number) => Partial<MadeCluster>): MadeCluster[] {
  return Array.from({ length: count }, (_, place) => {
    const angle = (place * degrees * Math.PI) / 180;
    return { vectors: SIZE, centroid: [Math.cos(angle), Math.sin(angle)], ...made(place) };
  });
}

const acme = (vectors: number) => ({ counts: { 'BRAND:Acme': vectors } });

function choose(
  made: readonly MadeCluster[],
  {
    filter = ACME,
    sought = 100,
    query = QUERY,
    least = 5_000,
    scatter = SCATTER,
  }: { filter?: ResolvedFilter; sought?: number; query?: typeof QUERY; least?: number; scatter?: typeof SCATTER } = {},
): ClusterChoice & { places: number[] } {
  const clusters = makeClusters(made);
  const choice = chooseClusters(clusters, { query, shares: matchingShares(clusters, filter), scatter, sought, least });
  return { ...choice, places: choice.numbers.map((number) => number - 101) };
}

describe('chooseClusters', () => {
  it('takes the nearest clusters where filter and query agree', () => {
    const { places, vectors, matches } = choose(fan(100, 1.5, () => acme(400)));
    expect(places).toEqual(places.map((_, index) => index));
    expect(places.length).toBeGreaterThan(1);
    expect(places.length).toBeLessThan(40);
    expect(vectors).toBe(places.length * SIZE);
    expect(matches).toBeCloseTo(places.length * 400);
  });

  it('takes more of them where the vectors of the model scatter more', () => {
    const chosen = [0.1, 0.2, 0.4].map(
      (beside) =>
        choose(
          fan(100, 1.5, () => acme(400)),
          { scatter: { ...SCATTER, beside } },
        ).places.length,
    );
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
  });

  it('begins at whichever end of the shop the query lies', () => {
    const { places } = choose(
      fan(100, 1.8, () => acme(400)),
      { query: normalise([-1, 0]) },
    );
    expect(places[0]).toBe(99);
  });

  it('passes over clusters in which nothing holds', () => {
    const { places } = choose(fan(100, 1, (place) => acme(place < 60 ? 0 : 400)));
    expect(Math.min(...places)).toBe(60);
  });

  it('reads of two clusters equally near first the one of which more holds', () => {
    const twins = fan(2, 0, (place) => acme(place === 0 ? 50 : 400));
    expect(choose(twins).places).toEqual([1, 0]);
  });

  it('reads a near cluster of which little holds behind a farther one of which all holds', () => {
    const { places } = choose(fan(2, 4, (place) => acme(place === 0 ? 5 : 500)));
    expect(places[0]).toBe(1);
  });

  it('reads more where filter and query disagree', () => {
    const agreeing = choose(fan(200, 0.8, () => acme(250)));
    const disagreeing = choose(fan(200, 0.8, (place) => acme(place < 100 ? 10 : 490)));
    expect(disagreeing.places.length).toBeGreaterThan(agreeing.places.length);
    expect(disagreeing.nearShare).toBeLessThan(agreeing.nearShare);
  });

  it('reads a far cluster whose vectors lie far from its centroid, and not one whose vectors are all at it', () => {
    const made = (cohesion: number) =>
      fan(30, 2, (place) => ({ ...acme(400), cohesion: place === 15 ? cohesion : 0.97 }));
    expect(choose(made(0.6)).places).toContain(15);
    expect(choose(made(0.999)).places).not.toContain(15);
  });

  it('reads everything where fewer hold than are looked for', () => {
    const { places, matches } = choose(fan(20, 5, () => acme(2)));
    expect(places).toHaveLength(20);
    expect(matches).toBeCloseTo(40);
  });

  it('chooses none where nothing holds, and none in a shop without any', () => {
    expect(choose(fan(20, 5, () => acme(0)))).toMatchObject({ numbers: [], vectors: 0, matches: 0, nearShare: 0 });
    expect(choose([])).toMatchObject({ numbers: [], vectors: 0, matches: 0 });
  });

  it('passes over a cluster of which certainly next to nothing holds', () => {
    const { places } = choose(fan(10, 1, (place) => ({ vectors: 100_000, ...acme(place === 0 ? 10 : 1000) })));
    expect(places).not.toContain(0);
  });

  it('takes values of different fields to go together more often than by chance', () => {
    const near = { counts: { 'BRAND:Acme': 25, 'color:Red': 25 } };
    const far = { counts: { 'BRAND:Acme': 500, 'color:Red': 500 } };
    const filter = { ...ACME, attributes: [{ name: 'color', in: ['Red'] }] };
    // Near the query one in 400 would hold by chance, at most one in 20.
    const { places, nearShare } = choose(
      fan(60, 1, (place) => (place < 20 ? near : far)),
      { filter },
    );
    expect(places.filter((place) => place < 20).length).toBeGreaterThan(10);
    expect(nearShare).toBeLessThan(0.5);
  });

  it('reads more where more are sought, and no more than so many', () => {
    const shop = fan(400, 0.4, () => ({ vectors: 500, ...acme(100) }));
    const vectors = (sought: number) => choose(shop, { sought }).vectors;
    expect(vectors(2000)).toBeGreaterThan(vectors(100));
    const most = choose(
      fan(50, 0.01, () => ({ vectors: 10_000, ...acme(10) })),
      { sought: 5000 },
    );
    expect(most.vectors).toBe(CHOICE_LIMITS.mostSketches);
  });

  it('reads so many at least, the nearest first, wherever anything holds', () => {
    const tiny = fan(90, 2, (place) => ({ vectors: 100, ...acme(place === 3 ? 0 : 90) }));
    const { places, vectors } = choose(tiny, { sought: 1, least: 5_000 });
    expect(vectors).toBe(5_000);
    expect(places).not.toContain(3);
    expect(places.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 51 }, (_, place) => place).filter((place) => place !== 3),
    );
  });

  it('says which share of what is near holds', () => {
    expect(choose(fan(50, 2, () => acme(SIZE))).nearShare).toBeCloseTo(1);
    expect(choose(fan(50, 2, () => acme(SIZE / 4))).nearShare).toBeCloseTo(0.25, 1);
    // Near the query all hold, far from it none.
    expect(choose(fan(50, 2, (place) => acme(place < 15 ? SIZE : 0))).nearShare).toBeGreaterThan(0.95);
    expect(choose(fan(50, 2, (place) => acme(place < 15 ? 0 : SIZE))).nearShare).toBeLessThan(0.1);
  });
});
