import * as facets from '../src/search/counts/facet-statements.ts';
import * as matching from '../src/search/filter/matching-statements.ts';
import * as browse from '../src/search/ranking/browse-statements.ts';
import * as ranking from '../src/search/ranking/ranking-statements.ts';
import * as shown from '../src/search/ranking/variant-statements.ts';
import { FILTER, IMAGE, PRODUCT, SCORES, VARIANT } from './search-samples.ts';
import type { SampleStatements } from './statement-docs.ts';

/** The statements of src/search where results are looks or variants. */
export const unitStatements: SampleStatements = {
  matchingResultCount: () => matching.matchingResultCount({ filter: FILTER, collapse: 'VARIANT', limit: 100_001 }),
  matchingResultCount_looks: () => matching.matchingResultCount({ filter: FILTER, collapse: 'LOOK', limit: 100_001 }),
  rankedProducts_looks: () =>
    ranking.rankedProducts({
      ...SCORES,
      collapse: 'LOOK',
      sort: 'RELEVANCE',
      unavailable: 'LAST',
      excluded: [VARIANT],
      limit: 200,
    }),
  browsedProducts_variants: () =>
    browse.browsedProducts({
      filter: {},
      collapse: 'VARIANT',
      sort: 'NEWEST',
      excluded: [VARIANT],
      after: ['2026-01-01 00:00:00.123456+00', PRODUCT, '3', VARIANT],
      limit: 200,
    }),
  facetCounts_looks: () =>
    facets.facetCounts(
      [
        {
          scores: { ...SCORES, minRelevance: 0, collapse: 'LOOK', currency: 'USD' },
          fields: [
            { field: { builtIn: 'PRICE' }, number: 0, limit: 101 },
            { field: { attribute: 'size' }, number: 1, limit: 101 },
          ],
        },
      ],
      100_000,
    ),
  shownVariants_ofLooks: () =>
    shown.shownVariants({
      filter: FILTER,
      sort: 'NUMBER_ASC',
      sortAttribute: 'weight',
      collapse: 'LOOK',
      currency: 'USD',
      results: [{ result_id: VARIANT, product_id: PRODUCT, image_id: IMAGE }],
    }),
  resultsStillMatching: () =>
    matching.resultsStillMatching({ collapse: 'VARIANT', resultIds: [VARIANT], filter: FILTER }),
  resultsStillMatching_looks: () =>
    matching.resultsStillMatching({ collapse: 'LOOK', resultIds: [VARIANT], filter: FILTER }),
};
