import { enoughQueries } from './confusions.ts';
import type { EvaluatedRun, Evaluation, MeasuredDifference, MeasuredMetric } from './evaluation.ts';
import { findMetric } from './evaluation.ts';
import { CONCURRENCY } from './run-queries.ts';

/** Slices of fewer are not compared with one another. */
const QUERIES_TO_COMPARE = 20;
const CAROUSEL = 3;
const SURE = 0.01;
const LIKELY = 0.05;

/** The two figures that say most: the very product in a carousel of three, and how much of a carousel is of the same category. */
const SAME_PRODUCT = { metric: 'SAME_PRODUCT', target: 'NONE', k: CAROUSEL } as const;
const SAME_CATEGORY = { metric: 'SAME_SUB_CATEGORY', target: 'NONE', k: CAROUSEL } as const;

/** What an evaluation says, in sentences for people who decide: how good, where it is weak, what differs, how fast. */
export function findingsOf({ configurations }: Pick<Evaluation, 'configurations'>): string[] {
  const [base, ...others] = configurations;
  return [
    ...howGood(base),
    ...whereWeak(base),
    ...bySlices(base),
    ...withoutResults(base),
    ...others.flatMap((other) => compared(base, other)),
    speedOf(base),
  ];
}

function howGood(run: EvaluatedRun): string[] {
  const sentences: string[] = [];
  const product = findMetric(run, SAME_PRODUCT);
  const first = findMetric(run, { ...SAME_PRODUCT, k: 1 });
  if (product && first) {
    sentences.push(
      `In a carousel of three, ${outOf(product)} queries show the same product (${between(product)}); ${hundredths(first.mean)} show it first.`,
    );
  }
  const category = findMetric(run, SAME_CATEGORY);
  const top = findMetric(run, { ...SAME_CATEGORY, metric: 'SAME_CATEGORY' });
  if (category && top) {
    const possible = mostPossible(run);
    const bound =
      possible < 0.995 ? `, where ${hundredths(possible)} could be: some categories have fewer than three` : '';
    const wider =
      top.mean - category.mean > 0.005 ? `; ${hundredths(top.mean)} are at least of the same department` : '';
    sentences.push(
      `Of the products in a carousel of three, ${outOf(category)} are of the same category (${between(category)})${bound}${wider}.`,
    );
  }
  return sentences;
}

/** The share of a carousel that could be of the same category if the search were perfect, 0 to 1. */
function mostPossible({ run }: EvaluatedRun): number {
  const expected = run.outcomes.map(({ query }) => query.expected).filter(({ category }) => category !== null);
  const shares = expected.map(({ categoryProducts }) => Math.min(categoryProducts, CAROUSEL) / CAROUSEL);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function whereWeak({ groups, grouping }: EvaluatedRun): string[] {
  const [weakest] = groups.filter(({ queries }) => queries >= enoughQueries(grouping));
  if (weakest === undefined || weakest.atThree === 1) return [];
  const { label, queries, atThree } = weakest;
  const figure =
    grouping === 'PRODUCT'
      ? `${Math.round(atThree * queries)} of its ${queries} queries show it in a carousel of three`
      : `a carousel of three shows ${hundredths(atThree)} of 100 products of the same category that it could show`;
  const [most] = weakest.confusedWith;
  const confused = most ? `; confused most with ${most.label}, which ${most.queries} of ${queries} show first` : '';
  return [`Weakest: ${label}, where ${figure}${confused}.`];
}

/** How the groups of pictures, of query kinds and of distortions differ, where they do. */
function bySlices(run: EvaluatedRun): string[] {
  const headline = findMetric(run, SAME_PRODUCT) ? SAME_PRODUCT : SAME_CATEGORY;
  return ['picture', 'query', 'distortion'].flatMap((name) => {
    const slices = run.metrics
      .filter(
        ({ slice, metric, k, queries }) =>
          slice.name === name && metric === headline.metric && k === headline.k && queries >= QUERIES_TO_COMPARE,
      )
      .sort((a, b) => a.mean - b.mean);
    if (slices.length < 2) return [];
    const figures = slices.map(({ slice, mean }) => `${slice.value} ${hundredths(mean)}`).join(', ');
    return [`By ${name}, worst first, of 100: ${figures}.`];
  });
}

function withoutResults(run: EvaluatedRun): string[] {
  const got = findMetric(run, { metric: 'GOT_RESULTS', target: 'NONE', k: 3 });
  return got && got.mean < 1 ? [`${hundredths(1 - got.mean)} of 100 queries get fewer than three results.`] : [];
}

function compared(base: EvaluatedRun, other: EvaluatedRun): string[] {
  const names = `${other.run.configuration.name} instead of ${base.run.configuration.name}`;
  if (other.differences.every(({ mean }) => mean === 0)) return [`With ${names} nothing changes.`];
  // Of a search within the category everything is of the category.
  const wanted = other.run.configuration.filterByCategory ? [SAME_PRODUCT] : [SAME_PRODUCT, SAME_CATEGORY];
  return wanted.flatMap((figure) => {
    const difference = other.differences.find(({ metric, k }) => metric === figure.metric && k === figure.k);
    const [before, after] = [findMetric(base, figure), findMetric(other, figure)];
    if (!difference || !before || !after) return [];
    const what =
      figure === SAME_PRODUCT
        ? 'of the queries show the same product in a carousel of three'
        : 'of a carousel of three are of the same category';
    return [
      `With ${names}, ${percent(after.mean)} instead of ${percent(before.mean)} ${what}: ${howSure(difference)}.`,
    ];
  });
}

/** In words, with the p-value for those who want it. */
export function howSure({ mean, pValue }: Pick<MeasuredDifference, 'mean' | 'pValue'>): string {
  if (mean === 0) return 'no difference';
  const p = pValue < 0.001 ? 'p below 0.001' : `p = ${pValue.toFixed(3)}`;
  if (pValue < SURE) return `a real difference (${p})`;
  return pValue < LIKELY ? `probably a real difference (${p})` : `which may be chance (${p})`;
}

function speedOf({ run }: EvaluatedRun): string {
  const rate = run.queriesPerSecond >= 10 ? Math.round(run.queriesPerSecond) : run.queriesPerSecond.toFixed(1);
  return `${rate} queries a second, ${CONCURRENCY} at a time; half took at most ${Math.round(run.p50)} ms, 95 of 100 at most ${Math.round(run.p95)} ms.`;
}

const hundredths = (share: number) => String(Math.round(100 * share));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const outOf = ({ mean }: MeasuredMetric) => `${hundredths(mean)} of 100`;
const between = ({ low, high }: MeasuredMetric) => `${hundredths(low)} to ${hundredths(high)} with 95 % confidence`;
