import type { EvaluationQuery, Expectation } from '../../../src/evaluation/evaluation-query.ts';
import type { FoundProduct, Outcome } from '../../../src/evaluation/run-queries.ts';

/** A product whose sku and title are its id. */
export function product(id: string, category: readonly string[] | null = null): FoundProduct {
  return { id, sku: id, title: id, category, imageId: `picture of ${id}` };
}

export function expecting(
  id: string | null,
  category: readonly string[] | null = null,
  categoryProducts = category === null ? 0 : 1,
): Expectation {
  return { product: id === null ? null : { id, sku: id, title: id }, category, categoryProducts };
}

/** A query that found these products, all there are. */
export function outcome(
  expected: Expectation,
  results: readonly FoundProduct[],
  query: Partial<EvaluationQuery> = {},
): Outcome {
  return {
    query: {
      position: 1,
      text: 'words',
      picture: null,
      expected,
      leftOut: 'NOTHING',
      slices: { query: 'text' },
      ...query,
    },
    results,
    complete: true,
    milliseconds: 5,
  };
}
