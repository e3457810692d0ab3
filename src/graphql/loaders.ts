import DataLoader from 'dataloader';
import type { Category, Product, ProductImage } from '../catalog/read-products.ts';
import type { EmbeddingModel, GraphqlDeps } from './context.ts';

/** Reads of one request, put together so that a page costs one statement for each kind of thing. */
export interface Loaders {
  readonly product: DataLoader<string, Product | undefined>;
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
  /** Forgets everything: what a mutation changes must not be answered from before. */
  readonly clear: () => void;
}

/** Loaders for one request; they remember what they have read until the request ends. */
export function createLoaders(deps: GraphqlDeps): Loaders {
  const loaders = {
    product: new DataLoader(deps.getProductsByIds),
    image: new DataLoader(deps.getProductImages),
    category: new DataLoader(deps.getCategoriesByIds),
    childrenOf: new DataLoader(deps.getChildCategories),
    productCount: new DataLoader(deps.countProductsInCategories),
  };
  let models: Promise<readonly EmbeddingModel[]> | undefined;
  let topCategories: Promise<Category[]> | undefined;
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
    clear: () => {
      for (const loader of Object.values(loaders)) loader.clearAll();
      models = undefined;
      topCategories = undefined;
    },
  };
}
