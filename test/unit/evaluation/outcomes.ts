import type { FoundProduct } from '../../../src/evaluation/catalogue-facts.ts';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../../src/evaluation/configuration.ts';
import type { EvaluatedRun } from '../../../src/evaluation/evaluation.ts';
import type { EvaluationQuery, Expectation } from '../../../src/evaluation/evaluation-query.ts';
import { measureRuns } from '../../../src/evaluation/measure-runs.ts';
import type { Outcome, Run } from '../../../src/evaluation/run-queries.ts';

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
      origin: 'line 2',
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

/** What asking came to, measured; with `base` compared with that. */
export function evaluated(
  outcomes: readonly Outcome[],
  { configuration = DEFAULT_CONFIGURATION, base }: { configuration?: Configuration; base?: readonly Outcome[] } = {},
): EvaluatedRun {
  const run = (of: readonly Outcome[]): Run => ({ configuration, outcomes: of, queriesPerSecond: 20, p50: 5, p95: 5 });
  const [first, second] = measureRuns([run(base ?? outcomes), run(outcomes)], 1);
  const measured = base === undefined ? first : second;
  if (measured === undefined) throw new Error('two runs are measured');
  return measured;
}
