import { badInput } from '../errors.ts';
import { DEFINITIONS, metricLabel } from '../evaluation/definitions.ts';
import type { KeptMeasure } from '../evaluation/read-evaluations.ts';
import type {
  EvaluationConfigurationResolvers,
  EvaluationMeasureResolvers,
  EvaluationResolvers,
  QueryResolvers,
} from './generated/resolver-types.ts';
import { encodeGlobalId } from './global-id.ts';
import { checkFirst, readNumberedCursor, toConnection } from './list-pages.ts';
import type { Loaders } from './loaders.ts';

export const evaluationQueries = {
  evaluations: async (_, { first, after }, { deps, countObjects }) => {
    const place = readNumberedCursor(after);
    const page = await deps.listEvaluations({
      first: checkFirst(first),
      after: place && { createdAt: place.number, id: place.id },
    });
    countObjects(page.items.length);
    return toConnection(page, (each) => ({ number: each.place.createdAt, id: each.place.id }), after);
  },
} satisfies QueryResolvers;

export const Evaluation: EvaluationResolvers = {
  id: (parent) => encodeGlobalId('evaluation', parent.id),
  configurations: async ({ id }, _, { loaders, countObjects }) => {
    const configurations = await loaders.configurations.load(id);
    countObjects(configurations.length);
    return configurations;
  },
};

export const EvaluationConfiguration: EvaluationConfigurationResolvers = {
  measures: async (parent, { metrics, k }, { loaders, countObjects }) => {
    const measures = (await loaders.measures.load(parent)).filter(
      (measure) => (metrics?.includes(measure.metric) ?? true) && (typeof k === 'number' ? measure.k === k : true),
    );
    countObjects(measures.length);
    return measures;
  },
  weakest: async (parent, { by, metric, target, k, minQueries, first }, { loaders, countObjects }) => {
    if (minQueries < 1) throw badInput('minQueries', '1 or more', minQueries);
    const limit = checkFirst(first);
    const headline = metric ?? (await headlineMetric(parent, loaders));
    const wanted = { by, metric: headline, target, k, minQueries, limit };
    const { evaluationId, name } = parent;
    const groups = await loaders.weakestGroups.load({ of: { evaluationId, name }, wanted });
    countObjects(groups.length);
    return groups;
  },
};

/** What says most: whether the very product was shown, where every query has one; else how much was of the right category. */
async function headlineMetric(
  configuration: { readonly evaluationId: string; readonly name: string },
  loaders: Loaders,
): Promise<KeptMeasure['metric']> {
  const measures = await loaders.measures.load(configuration);
  const asked = Math.max(...measures.map(({ queryCount }) => queryCount));
  const hasProduct = measures.some(({ metric, queryCount }) => metric === 'SAME_PRODUCT' && queryCount === asked);
  return hasProduct ? 'SAME_PRODUCT' : 'SAME_SUB_CATEGORY';
}

export const EvaluationMeasure: EvaluationMeasureResolvers = {
  label: ({ metric, target, k }) => metricLabel(metric, target, k),
  meaning: ({ metric }) => DEFINITIONS[metric].meaning,
  moreIsBetter: ({ metric }) => {
    const { better } = DEFINITIONS[metric];
    return better === undefined ? null : better === 'more';
  },
};
