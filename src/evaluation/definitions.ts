import type { MetricName } from './measures.ts';

/** A metric in words. */
export interface Definition {
  /** As people write it; k stands for the number of results looked at. */
  readonly name: string;
  readonly meaning: string;
  readonly formula: string;
  /** Whether more is better; undefined where it depends on what the shop wants. */
  readonly better: 'more' | 'less' | undefined;
}

/** What each metric means; docs/evaluation.md has the sources. Means are over the queries that the metric is defined for. */
export const DEFINITIONS: Readonly<Record<MetricName, Definition>> = {
  GOT_RESULTS: {
    name: 'GotResults@k',
    meaning: 'Queries that get at least k results.',
    formula: '1 if there are k results or more, else 0',
    better: 'more',
  },
  SAME_CATEGORY: {
    name: 'SameCategory@k',
    meaning: 'How much of what is shown is of the same department: the first name of the category is the expected one.',
    formula: 'results of the department among the first k / results shown, k at most',
    better: 'more',
  },
  SAME_SUB_CATEGORY: {
    name: 'SameSubCategory@k',
    meaning: 'How much of what is shown is of the expected category, or one below it.',
    formula: 'results of the category among the first k / results shown, k at most',
    better: 'more',
  },
  SAME_PRODUCT: {
    name: 'SameProduct@k',
    meaning: 'Queries that show the expected product among the first k results.',
    formula: '1 if it is among the first k, else 0',
    better: 'more',
  },
  PRECISION: {
    name: 'Precision@k',
    meaning: 'How much of the first k places is relevant; places without a result count as wrong.',
    formula: 'relevant among the first k / k',
    better: 'more',
  },
  RECALL: {
    name: 'Recall@k',
    meaning:
      'How much of what is relevant in the whole catalogue is among the first k. With R relevant products it is at most k / R.',
    formula: 'relevant among the first k / R',
    better: 'more',
  },
  HIT_RATE: {
    name: 'Hit rate@k',
    meaning: 'Queries with anything relevant among the first k results.',
    formula: '1 if any of the first k is relevant, else 0',
    better: 'more',
  },
  AVERAGE_PRECISION: {
    name: 'mAP@k',
    meaning:
      'Whether what is relevant comes first: precision at each relevant result, over the relevant ones that could stand there. Without k: over the whole ranking.',
    formula: 'sum of Precision@r over the ranks r of relevant results, r up to k / min(R, k)',
    better: 'more',
  },
  NDCG: {
    name: 'nDCG@k',
    meaning:
      'Whether what is relevant comes first, where each place further down counts less; 1 for the best order there could be.',
    formula: 'sum of 1 / log2(rank + 1) over the relevant among the first k / the same of the best order',
    better: 'more',
  },
  RECIPROCAL_RANK: {
    name: 'MRR',
    meaning: 'How far up the first relevant result is: 1 for the first place, 1/2 for the second.',
    formula: '1 / rank of the first relevant result, 0 where none was read',
    better: 'more',
  },
  CATEGORY_SPREAD: {
    name: 'CategorySpread@k',
    meaning:
      'How many different categories the first k results are of: few for "more of this", more for "something else".',
    formula: 'number of different categories among the first k',
    better: undefined,
  },
  REPEATED_PRODUCTS: {
    name: 'RepeatedProducts@k',
    meaning: 'Results that show a product again. The search shows each product once, so anything but 0 is a defect.',
    formula: 'results among the first k whose product is shown above them',
    better: 'less',
  },
};

/** A metric as it is written with its number of results and what is to be found: `mAP@5 (product)`. */
export function metricLabel(metric: MetricName, target: 'PRODUCT' | 'CATEGORY' | 'NONE', k: number | null): string {
  const { name } = DEFINITIONS[metric];
  const written = k === null ? name.replace('@k', '') : name.replace('@k', `@${k}`);
  return target === 'NONE' ? written : `${written} (${target.toLowerCase()})`;
}
