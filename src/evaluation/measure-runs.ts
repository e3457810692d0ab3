import { invariant } from '../errors.ts';
import { compareMeans, estimateMeans } from './confidence.ts';
import { groupingOf, groupOutcomes } from './confusions.ts';
import type { EvaluatedRun, Evaluation, MeasuredDifference, MeasuredMetric } from './evaluation.ts';
import { judge, MEASURES, measureAll, type Slice, sliceQueries } from './measures.ts';
import type { Run } from './run-queries.ts';

/**
 * The figures of runs over the same queries: each metric for each group of queries, and what differs from the first run.
 *
 * @param runs - at least one
 * @param seed - of intervals and p-values
 */
export function measureRuns(runs: readonly Run[], seed: number): Evaluation['configurations'] {
  const [first, ...others] = runs;
  invariant(first !== undefined, 'there is a run to measure');
  const slices = sliceQueries(first.outcomes.map(({ query }) => query));
  const base = measureRun(first, slices, seed, undefined);
  return [base.evaluated, ...others.map((run) => measureRun(run, slices, seed, base.columns).evaluated)];
}

function measureRun(run: Run, slices: readonly Slice[], seed: number, base: readonly Float64Array[] | undefined) {
  const judged = run.outcomes.map(judge);
  const columns = measureAll(judged);
  const metrics = slices.flatMap((slice): MeasuredMetric[] => {
    const estimates = estimateMeans(
      columns.map((column) => Float64Array.from(slice.places, (place) => column[place] ?? Number.NaN)),
      seed,
    );
    return withMeasures(estimates).map((each) => ({ ...each, slice: { name: slice.name, value: slice.value } }));
  });
  const differences: MeasuredDifference[] = base === undefined ? [] : withMeasures(compareMeans(base, columns, seed));
  const grouping = groupingOf(judged);
  const evaluated: EvaluatedRun = { run, metrics, differences, grouping, groups: groupOutcomes(judged, grouping) };
  return { evaluated, columns };
}

/** Names the figures by their measures, and leaves out those that no query defines. */
function withMeasures<Figure extends object>(figures: readonly (Figure | undefined)[]) {
  return MEASURES.flatMap(({ metric, target, k }, place) => {
    const figure = figures[place];
    return figure === undefined ? [] : [{ metric, target, k, ...figure }];
  });
}
