import { type Embedding, normalise } from '../../embedding-vector.ts';
import { badInput } from '../../errors.ts';
import { bestScore } from './scoring.ts';
import type { CalibratedVector, Statistics } from './search-query.ts';

/** One term of a query as a vector, or a part of one: a misspelt text and its mended form are two parts of a term. */
export interface QueryPart {
  readonly vector: Embedding;
  /** -1 to 1, not 0. */
  readonly weight: number;
  readonly kind: 'text' | 'picture';
  /** Whether it is a product, by its pictures or its text. (false) */
  readonly isProduct?: boolean;
  /** Place of its term in the request, from 0. */
  readonly term: number;
  /** 0 to 1: how well the model can read it. (1) */
  readonly readability?: number;
}

/** A whole query as one vector, what arbitrary documents score against it, and each term's share of the vector. */
export interface ComposedQuery extends CalibratedVector {
  /** By place of the term; their sum is the vector. */
  readonly shares: readonly Float32Array[];
}

/** What is left of a sum when terms cancel each other out: rounding errors of single precision, and no direction. */
const CANCELLED = 1e-5;

/** What is compared, by kind of the query and of the document. */
const PAIRS = {
  text: { picture: 'TEXT_IMAGE', text: 'TEXT_TEXT' },
  picture: { picture: 'IMAGE_IMAGE', text: 'TEXT_IMAGE' },
} as const;

/**
 * Composes the terms of a query into the one vector that ranks documents by the weighted sum of their calibrated scores.
 *
 * Texts and pictures lie in different regions of the space (the modality gap), so their cosines differ in range: an arbitrary document scores
 * `mean +- standardDeviation` of its pair. A term's calibrated score is `z = (cosine - mean) / standardDeviation`, and its reach what such a term scores with
 * its best match. The sum over the terms of `weight * z / reach` is linear in the document's vector, so ranking by it is ranking by the cosine to the sum of
 * `weight / reach / standardDeviation * vector`: weights act monotonically, 1:1 means half and half, and one vector query does it. docs/decisions/0008-weights.md
 *
 * Not measured yet (an empty shop): all kinds count alike.
 *
 * @param terms - at least one
 * @param documents - what the vector is to be compared with
 * @throws AppError BAD_USER_INPUT if the terms cancel each other out
 */
export function composeQuery(
  terms: readonly QueryPart[],
  statistics: Statistics,
  documents: 'picture' | 'text',
): ComposedQuery {
  const parts = terms.map((part) => ({ ...part, weight: part.weight / bestScore(part.kind, statistics) }));
  const measured = parts.every((part) => statistics[PAIRS[part.kind][documents]] !== undefined);
  const statisticOf = ({ kind }: QueryPart) =>
    (measured && statistics[PAIRS[kind][documents]]) || { mean: 0, standardDeviation: 1 };

  const dimensions = parts[0]?.vector.length ?? 0;
  const total = new Float64Array(dimensions);
  let mean = 0;
  let longest = 0;
  const scaled = parts.map((part) => {
    const statistic = statisticOf(part);
    const scale = part.weight / statistic.standardDeviation;
    add(total, part.vector, scale);
    mean += scale * statistic.mean;
    longest += Math.abs(scale);
    return { term: part.term, vector: part.vector, scale };
  });
  const length = lengthOf(total);
  if (length <= CANCELLED * longest) {
    throw badInput(
      'terms',
      'terms that do not cancel each other out',
      terms.map((term) => term.weight),
    );
  }
  const deviation = spread(parts, dimensions) * (mixes(parts) ? (statistics.COMPOSED?.standardDeviation ?? 1) : 1);
  const [only] = parts;
  // A single vector stays as it is, to the last bit: SQL that compares with a stored vector finds the same order.
  const vector = parts.length === 1 && only !== undefined && only.weight > 0 ? only.vector : normalise(total);
  return {
    vector,
    mean: mean / length,
    standardDeviation: deviation / length,
    shares: sharesOf(scaled, vector, length),
  };
}

/** What each term added to the sum of that length; a single term is all of it. */
function sharesOf(
  scaled: readonly { readonly term: number; readonly vector: Embedding; readonly scale: number }[],
  whole: Embedding,
  length: number,
): Float32Array[] {
  const terms = 1 + Math.max(...scaled.map(({ term }) => term));
  if (terms === 1) return [whole];
  const sums = Array.from({ length: terms }, () => new Float64Array(whole.length));
  for (const { term, vector, scale } of scaled) add(sums[term] ?? new Float64Array(whole.length), vector, scale);
  return sums.map((sum) => Float32Array.from(sum, (value) => value / length));
}

/**
 * The standard deviation of `sum of weight * z` over arbitrary documents. Terms of one kind vary together as far as they point the same way;
 * texts and pictures vary independently, or nearly so: the statistic COMPOSED says how nearly (on the fashion catalogue 0.995 of this).
 */
function spread(parts: readonly QueryPart[], dimensions: number): number {
  const lengths = (['text', 'picture'] as const).map((kind) => {
    const ofKind = parts.filter((part) => part.kind === kind);
    if (ofKind.length === 0) return 0;
    const sum = new Float64Array(dimensions);
    for (const { vector, weight } of ofKind) add(sum, vector, weight);
    return lengthOf(sum);
  });
  return Math.hypot(...lengths);
}

function mixes(parts: readonly QueryPart[]): boolean {
  return new Set(parts.map(({ kind }) => kind)).size > 1;
}

/** Adds a multiple of a vector. Loops and no iterators here: every search does this four times over hundreds of numbers. */
function add(sum: Float64Array, vector: Embedding, scale: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + scale * (vector[i] as number);
}

function lengthOf(vector: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] as number) ** 2;
  return Math.sqrt(squares);
}
