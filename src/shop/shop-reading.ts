import { getEmbeddingCoverage } from '../catalog/read-coverage.ts';
import { listImageFailures } from '../catalog/read-image-failures.ts';
import { getImportsByIds, listImportFailures, listImports } from '../catalog/read-imports.ts';
import {
  countProductsInCategories,
  getCategoriesByIds,
  getChildCategories,
  getProductIdsByVariants,
  getProductImages,
  getProductsByIds,
} from '../catalog/read-products.ts';
import { getSynonymsByIds, listSynonyms } from '../catalog/synonyms/read-synonyms.ts';
import type { OpenDatabase } from '../database/database.ts';
import { listEmbeddingModels } from '../database/embedding-models.ts';
import { productIdsOfSkus } from '../database/product-skus.ts';
import type { GraphqlDeps } from '../graphql/graphql-deps.ts';

/** What is only read: products and what is kept of them, of imports and of models. */
export type ShopReading = Pick<
  GraphqlDeps,
  | 'getProductsByIds'
  | 'getProductIdsBySkus'
  | 'getProductIdsByVariants'
  | 'getProductImages'
  | 'getCategoriesByIds'
  | 'getChildCategories'
  | 'countProductsInCategories'
  | 'listEmbeddingModels'
  | 'getEmbeddingCoverage'
  | 'listImports'
  | 'getImportsByIds'
  | 'listImportFailures'
  | 'listImageFailures'
  | 'listSynonyms'
  | 'getSynonymsByIds'
>;

/** Binds what is only read to a shop's database. Each throws AppError DATABASE_UNAVAILABLE or TIMEOUT where the database does not answer. */
export function createShopReading(db: OpenDatabase['db']): ShopReading {
  return {
    getProductsByIds: (ids) => getProductsByIds(db, ids),
    getProductIdsBySkus: async (skus) => {
      const found = await productIdsOfSkus(db, skus);
      return skus.map((sku) => found.get(sku));
    },
    getProductIdsByVariants: (variantIds) => getProductIdsByVariants(db, variantIds),
    getProductImages: (ids) => getProductImages(db, ids),
    getCategoriesByIds: (ids) => getCategoriesByIds(db, ids),
    getChildCategories: (ids) => getChildCategories(db, ids),
    countProductsInCategories: (ids) => countProductsInCategories(db, ids),
    listEmbeddingModels: () => listEmbeddingModels(db),
    getEmbeddingCoverage: (modelIds) => getEmbeddingCoverage(db, modelIds),
    listImports: (page) => listImports(db, page),
    getImportsByIds: (ids) => getImportsByIds(db, ids),
    listImportFailures: (importIds, page) => listImportFailures(db, importIds, page),
    listImageFailures: (page) => listImageFailures(db, page),
    listSynonyms: (page) => listSynonyms(db, page),
    getSynonymsByIds: (ids) => getSynonymsByIds(db, ids),
  };
}
