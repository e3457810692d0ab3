import DataLoader from 'dataloader';
import type { FailurePlace } from '../catalog/import-statements.ts';
import type { EmbeddingCoverage } from '../catalog/read-coverage.ts';
import type { ImportFailure, ImportRun, ListPage } from '../catalog/read-imports.ts';
import type { Category, Product, ProductImage } from '../catalog/read-products.ts';
import type { Synonym } from '../catalog/synonyms/read-synonyms.ts';
import type {
  KeptConfiguration,
  KeptEvaluation,
  KeptGroup,
  KeptMeasure,
  WantedGroups,
} from '../evaluation/read-evaluations.ts';
import type { ConfigurationKey } from '../evaluation/read-statements.ts';
import type { EmbeddingModel, GraphqlDeps, PageOf } from './graphql-deps.ts';

/** Reads of one request, put together so that a page costs one statement for each kind of thing. */
export interface Loaders {
  readonly product: DataLoader<string, Product | undefined>;
  /** Id of the product that a sku is a variant of. */
  readonly productOfSku: DataLoader<string, string | undefined>;
  /** Id of the product that a variant is of. */
  readonly productOfVariant: DataLoader<string, string | undefined>;
  readonly image: DataLoader<string, ProductImage | undefined>;
  readonly category: DataLoader<string, Category | undefined>;
  /** By parent. */
  readonly childrenOf: DataLoader<string, Category[]>;
  /** The top of the tree. Read at most once. */
  readonly topCategories: () => Promise<Category[]>;
  /** By category, with all below it. */
  readonly productCount: DataLoader<string, number>;
  /** Read at most once. */
  readonly models: () => Promise<readonly EmbeddingModel[]>;
  /** Those of the shop. Read at most once. */
  readonly currencies: GraphqlDeps['getCurrencies'];
  /** By model. */
  readonly coverage: DataLoader<string, EmbeddingCoverage[]>;
  readonly import: DataLoader<string, ImportRun | undefined>;
  readonly importFailures: ListLoader<string, PageOf<FailurePlace>, ListPage<ImportFailure>>;
  readonly evaluation: DataLoader<string, KeptEvaluation | undefined>;
  /** By evaluation. */
  readonly configurations: DataLoader<string, KeptConfiguration[]>;
  readonly measures: DataLoader<ConfigurationKey, KeptMeasure[], string>;
  readonly weakestGroups: ListLoader<ConfigurationKey, WantedGroups, KeptGroup[]>;
  readonly synonym: DataLoader<string, Synonym | undefined>;
  /** Forgets everything: what a mutation changes must not be answered from before. */
  readonly clear: () => void;
}

/** Reads a list of each parent: those that ask for the same, of whatever parent, are put together. */
export type ListLoader<Parent, Wanted, List> = DataLoader<{ of: Parent; wanted: Wanted }, List, string>;

/** Loaders for one request; they remember what they have read until the request ends. */
export function createLoaders(deps: GraphqlDeps): Loaders {
  const loaders = {
    product: new DataLoader(deps.getProductsByIds),
    productOfSku: new DataLoader(deps.getProductIdsBySkus),
    productOfVariant: new DataLoader(deps.getProductIdsByVariants),
    image: new DataLoader(deps.getProductImages),
    category: new DataLoader(deps.getCategoriesByIds),
    childrenOf: new DataLoader(deps.getChildCategories),
    productCount: new DataLoader(deps.countProductsInCategories),
    coverage: new DataLoader(deps.getEmbeddingCoverage),
    import: new DataLoader(deps.getImportsByIds),
    importFailures: listLoader(deps.listImportFailures),
    evaluation: new DataLoader(deps.getEvaluationsByIds),
    configurations: new DataLoader(deps.getEvaluationConfigurations),
    measures: new DataLoader(deps.getEvaluationMeasures, {
      cacheKeyFn: ({ evaluationId, name }) => `${evaluationId} ${name}`,
    }),
    weakestGroups: listLoader(deps.getWeakestGroups),
    synonym: new DataLoader(deps.getSynonymsByIds),
  };
  let models: Promise<readonly EmbeddingModel[]> | undefined;
  let topCategories: Promise<Category[]> | undefined;
  let currencies: ReturnType<GraphqlDeps['getCurrencies']> | undefined;
  return {
    ...loaders,
    topCategories: () => {
      topCategories ??= deps.getChildCategories([null]).then(([top = []]) => top);
      return topCategories;
    },
    models: () => {
      models ??= deps.listEmbeddingModels();
      return models;
    },
    currencies: () => {
      currencies ??= deps.getCurrencies();
      return currencies;
    },
    clear: () => {
      for (const loader of Object.values(loaders)) loader.clearAll();
      models = undefined;
      topCategories = undefined;
      currencies = undefined;
    },
  };
}

function listLoader<Parent, Wanted, List>(
  read: (parents: readonly Parent[], wanted: Wanted) => Promise<List[]>,
): ListLoader<Parent, Wanted, List> {
  return new DataLoader(
    async (keys) => {
      const groups = new Map<string, { wanted: Wanted; parents: Parent[]; places: number[] }>();
      for (const [place, { of, wanted }] of keys.entries()) {
        const group = groups.get(JSON.stringify(wanted)) ?? { wanted, parents: [], places: [] };
        group.parents.push(of);
        group.places.push(place);
        groups.set(JSON.stringify(wanted), group);
      }
      const lists = new Map<number, List>();
      // One after the other: one operation may ask for very many, and others want connections, too.
      for (const { wanted, parents, places } of groups.values()) {
        const found = await read(parents, wanted);
        for (const [at, list] of found.entries()) lists.set(places[at] ?? -1, list);
      }
      return keys.map((_, place) => lists.get(place) ?? new Error('expected a list for each parent'));
    },
    { cacheKeyFn: (key) => JSON.stringify(key) },
  );
}
