import type { ClusterScatter } from '../../database/measurements.ts';
import type { VectorClusters } from '../../database/vector-clusters.ts';
import type { Embedding } from '../../embedding-vector.ts';
import { CHOICE_LIMITS } from '../request/limits.ts';
import type { MatchingShares } from './matching-shares.ts';

export interface ClusterChoice {
  /** Those in which to look, by their numbers. */
  readonly numbers: readonly number[];
  /** Vectors in them. */
  readonly vectors: number;
  /** Of these, those that are expected to hold. */
  readonly matches: number;
  /** Of the vectors that are as near to the query as the nearest that hold, the share that holds, 0 to 1. */
  readonly nearShare: number;
}

/** What is looked for in clusters. */
export interface ClusterSearch {
  readonly query: Embedding;
  readonly shares: MatchingShares;
  readonly scatter: ClusterScatter;
  /** The nearest vectors that are looked for: the more, the more clusters. */
  readonly sought: number;
  /** Vectors in the chosen clusters, at least: counts may be out of date. */
  readonly least: number;
}

/**
 * Chooses the clusters that are worth reading for the nearest vectors that satisfy a filter.
 *
 * Of a vector x of a cluster with the centroid c the cosine to a query q is taken to be normally distributed around cohesion × cos(q, c): x lies around c, nearer or further, and what is left of x and of q beside c
 * points anywhere. So each cluster has an expected number of vectors above any cosine; that cosine is looked for which as many as are sought are above in all clusters together, and clusters are
 * taken in the order of what they have above it for each vector that must be read, until nearly all of it is there. Where filter and query agree these are a few near clusters; where they disagree,
 * many, and the larger ones of what holds first.
 */
export function chooseClusters(
  clusters: VectorClusters,
  { query, shares, scatter, sought, least }: ClusterSearch,
): ClusterChoice {
  const { sizes, numbers } = clusters;
  const cosines = expectedCosines(clusters, query, scatter);
  const holding = holdingVectors(clusters, shares);
  const cosine = cosineOfNearest(sought, holding, cosines);
  const near = new Float64Array(sizes.length);
  let [allNear, passed] = [0, 0];
  for (let place = 0; place < near.length; place++) {
    const share = shareAbove(cosine, cosines, place);
    near[place] = (holding[place] as number) * share;
    allNear += near[place] as number;
    passed += (sizes[place] as number) * share;
  }
  // Sorting takes longest: what all clusters together may be left out for is left out first.
  const negligible = (allNear * CHOICE_LIMITS.missed) / 10 / Math.max(1, near.length);
  const places = [...near.keys()].filter((place) => (near[place] as number) > negligible);
  const yields = near.map((count, place) => count / Math.max(1, sizes[place] as number));
  const chosen = new Set<number>();
  let [found, vectors, matches] = [0, 0, 0];
  const choose = (place: number) => {
    chosen.add(place);
    found += near[place] as number;
    vectors += sizes[place] as number;
    matches += (sizes[place] as number) * (shares.expected[place] ?? 0);
  };
  for (const place of places.sort((a, b) => (yields[b] as number) - (yields[a] as number))) {
    if (found >= allNear * (1 - CHOICE_LIMITS.missed) || vectors >= CHOICE_LIMITS.mostSketches) break;
    choose(place);
  }
  if (vectors < least) {
    const others = [...holding.keys()].filter((place) => (holding[place] as number) > 0 && !chosen.has(place));
    for (const place of others.sort((a, b) => (cosines.means[b] as number) - (cosines.means[a] as number))) {
      if (vectors >= least) break;
      choose(place);
    }
  }
  return {
    numbers: [...chosen].map((place) => numbers[place] as number),
    vectors,
    matches,
    nearShare: allNear / Math.max(1, passed),
  };
}

/** Vectors of each cluster that are taken to hold. */
function holdingVectors({ sizes }: VectorClusters, { expected, most }: MatchingShares): Float64Array {
  const holding = new Float64Array(sizes.length);
  for (let place = 0; place < holding.length; place++) {
    const atMost = most[place] as number;
    if (atMost < CHOICE_LIMITS.leastShare) continue;
    // Values of different fields go together more often than by chance (brown shoes among trousers), and seldom as often as they might.
    holding[place] = (sizes[place] as number) * Math.sqrt((expected[place] as number) * atMost);
  }
  return holding;
}

/** Cosines of the query to the vectors of each cluster: normally distributed. In two arrays, since they are gone through some fifteen times. */
interface Cosines {
  readonly means: Float64Array;
  readonly standardDeviations: Float64Array;
}

function expectedCosines({ centroids, cohesions }: VectorClusters, query: Embedding, scatter: ClusterScatter): Cosines {
  const products = innerProducts(centroids, query);
  const means = new Float64Array(cohesions.length);
  const standardDeviations = new Float64Array(cohesions.length);
  for (let place = 0; place < means.length; place++) {
    const cohesion = cohesions[place] as number;
    const cosine = products[place] as number;
    const left = Math.sqrt(Math.max(0, 1 - cosine * cosine) * Math.max(0, 1 - cohesion * cohesion));
    const beside = scatter.beside * left;
    const along = scatter.along * (1 - cohesion) * cosine;
    means[place] = cohesion * cosine;
    standardDeviations[place] = Math.max(1e-6, Math.sqrt(beside * beside + along * along));
  }
  return { means, standardDeviations };
}

/** Of each centroid with the query. Four centroids at a time: each number of the query is read once for four, and the processor adds side by side. */
function innerProducts(centroids: Float32Array, query: Embedding): Float64Array {
  const { length } = query;
  const products = new Float64Array(centroids.length / length);
  const inFours = products.length - (products.length % 4);
  for (let place = 0; place < inFours; place += 4) {
    const from = place * length;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let i = 0; i < length; i++) {
      const value = query[i] as number;
      first += (centroids[from + i] as number) * value;
      second += (centroids[from + length + i] as number) * value;
      third += (centroids[from + 2 * length + i] as number) * value;
      fourth += (centroids[from + 3 * length + i] as number) * value;
    }
    products[place] = first;
    products[place + 1] = second;
    products[place + 2] = third;
    products[place + 3] = fourth;
  }
  for (let place = inFours; place < products.length; place++) {
    let product = 0;
    for (let i = 0; i < length; i++) product += (centroids[place * length + i] as number) * (query[i] as number);
    products[place] = product;
  }
  return products;
}

/** The cosine, to a ten-thousandth, that about so many vectors are above; -1 if there are not so many. */
function cosineOfNearest(sought: number, holding: Float64Array, cosines: Cosines): number {
  let [low, high] = [-1, 1];
  for (let step = 0; step < 14; step++) {
    const middle = (low + high) / 2;
    let above = 0;
    for (let place = 0; place < holding.length; place++) {
      const held = holding[place] as number;
      if (held > 0) above += held * shareAbove(middle, cosines, place);
    }
    if (above > sought) low = middle;
    else high = middle;
  }
  return low;
}

/** Places of the table to one standard deviation, and standard deviations up to which it goes. */
const TAIL = { places: 64, until: 8 };
const TAILS = makeTails();

/** The share of a cluster's vectors whose cosine is above one. */
function shareAbove(cosine: number, { means, standardDeviations }: Cosines, place: number): number {
  const deviations = (cosine - (means[place] as number)) / (standardDeviations[place] as number);
  const at = Math.floor((deviations + TAIL.until) * TAIL.places + 0.5);
  if (at <= 0) return 1;
  return at < TAILS.length ? (TAILS[at] as number) : 0;
}

/** Summed up from the density: a search asks some ten thousand times. */
function makeTails(): Float64Array {
  const tails = new Float64Array(2 * TAIL.until * TAIL.places + 1);
  let share = 0;
  for (let place = tails.length - 1; place >= 0; place--) {
    const middle = (place + 0.5) / TAIL.places - TAIL.until;
    share += Math.exp((-middle * middle) / 2) / Math.sqrt(2 * Math.PI) / TAIL.places;
    tails[place] = Math.min(1, share);
  }
  return tails;
}
