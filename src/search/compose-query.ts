import type { EmbeddingStatistic } from '../database/embedding-models.ts';
import { type Embedding, normalise } from '../embedding-vector.ts';
import { badInput } from '../errors.ts';

/** One term of a query as a vector. */
export interface QueryPart {
  readonly vector: Embedding;
  /** -1 to 1, not 0. */
  readonly weight: number;
  /** What is compared with the catalogue's pictures: a text or a picture. */
  readonly pair: 'TEXT_IMAGE' | 'IMAGE_IMAGE';
}

/** A whole query as one vector, and what arbitrary pictures score against it. */
export interface ComposedQuery {
  readonly vector: Embedding;
  readonly scores: EmbeddingStatistic;
}

export type Statistics = Partial<Record<QueryPart['pair'], EmbeddingStatistic>>;

/** What is left of a sum when terms cancel each other out: rounding errors of single precision, and no direction. */
const CANCELLED = 1e-5;

/**
 * Composes the terms of a query into the one vector that ranks pictures by the weighted sum of their calibrated scores.
 *
 * Texts and pictures lie in different regions of the space (the modality gap), so their cosines differ in range: an arbitrary picture scores
 * `mean +- standardDeviation` of its kind. A term's calibrated score is `z = (cosine - mean) / standardDeviation`. The sum over the terms of
 * `weight * z` is linear in the picture's vector, so ranking by it is ranking by the cosine to the sum of `weight / standardDeviation * vector`:
 * weights act monotonically, 1:1 means half and half, and one vector query does it.
 *
 * Not measured yet (an empty shop): all kinds count alike.
 *
 * @param parts - at least one
 * @throws AppError BAD_USER_INPUT if the terms cancel each other out
 */
export function composeQuery(parts: readonly QueryPart[], statistics: Statistics): ComposedQuery {
  const measured = parts.every((part) => statistics[part.pair] !== undefined);
  const statisticOf = (pair: QueryPart['pair']) => (measured && statistics[pair]) || { mean: 0, standardDeviation: 1 };

  const sum = new Float64Array(parts[0]?.vector.length ?? 0);
  let mean = 0;
  let longest = 0;
  for (const { vector, weight, pair } of parts) {
    const statistic = statisticOf(pair);
    const scale = weight / statistic.standardDeviation;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + scale * (vector[i] ?? 0);
    mean += scale * statistic.mean;
    longest += Math.abs(scale);
  }
  const length = Math.hypot(...sum);
  if (length <= CANCELLED * longest) {
    throw badInput(
      'terms',
      'terms that do not cancel each other out',
      parts.map((part) => part.weight),
    );
  }
  return { vector: normalise(sum), scores: { mean: mean / length, standardDeviation: spread(parts) / length } };
}

/**
 * The standard deviation of `sum of weight * z` over arbitrary pictures. Terms of one kind vary together as far as they point the same way;
 * texts and pictures are taken to vary independently.
 */
function spread(parts: readonly QueryPart[]): number {
  const lengths = (['TEXT_IMAGE', 'IMAGE_IMAGE'] as const).map((pair) => {
    const ofKind = parts.filter((part) => part.pair === pair);
    const sum = ofKind[0]?.vector.map((_, i) =>
      ofKind.reduce((total, part) => total + part.weight * (part.vector[i] ?? 0), 0),
    );
    return Math.hypot(...(sum ?? []));
  });
  return Math.hypot(...lengths);
}
