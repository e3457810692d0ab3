/** An L2-normalised vector, `dimensions` long. Only `normalise` makes one, so a zero or NaN vector cannot be stored or searched with. */
export type Embedding = Float32Array & { readonly [embeddingBrand]: true };
declare const embeddingBrand: unique symbol;

/**
 * Scales a vector to length 1. Sums in double precision.
 *
 * @param values - shape [dimensions], finite, not all zero
 * @throws RangeError for a zero-length, zero or non-finite vector: cosine distance is not defined for it
 */
export function normalise(values: ArrayLike<number>): Embedding {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] as number) ** 2;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) {
    throw new RangeError(
      `expected a finite vector that is not zero, found one of ${values.length} dimensions and length ${length}`,
    );
  }
  return Float32Array.from(values, (value) => value / length) as Embedding;
}

/** Cosine of the angle between two embeddings of the same model, -1 to 1. */
export function cosineSimilarity(a: Embedding, b: Embedding): number {
  if (a.length !== b.length) throw new RangeError(`expected ${a.length} dimensions, found ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
