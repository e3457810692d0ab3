import type { ImportRun } from '../catalog/read-imports.ts';
import type { Category, Product, ProductImage } from '../catalog/read-products.ts';
import type { Synonym } from '../catalog/synonyms/read-synonyms.ts';
import { badInput } from '../errors.ts';
import type { KeptEvaluation } from '../evaluation/read-evaluations.ts';
import type { GraphqlContext } from './context.ts';
import type { NodeResolvers, QueryResolvers } from './generated/resolver-types.ts';
import { parseGlobalId } from './global-id.ts';
import type { EmbeddingModel } from './graphql-deps.ts';
import { loadVariant, type VariantOfProduct } from './variant-of-product.ts';

type AnyNode =
  | Product
  | VariantOfProduct
  | ProductImage
  | Category
  | EmbeddingModel
  | ImportRun
  | KeptEvaluation
  | Synonym;

const MAX_NODES = 100;

export const nodeQueries = {
  node: (_, { id }, context) => loadNode(context, id),
  nodes: (_, { ids }, context) => {
    if (ids.length > MAX_NODES) throw badInput('ids', `at most ${MAX_NODES}`, ids.length);
    return Promise.all(ids.map((id) => loadNode(context, id)));
  },
} satisfies QueryResolvers;

export const Node: NodeResolvers = {
  __resolveType: (found) => {
    if ('groupId' in found) return 'Product';
    if ('variant' in found) return 'ProductVariant';
    if ('manifestHash' in found) return 'EmbeddingModel';
    if ('findings' in found) return 'Evaluation';
    if ('startedAt' in found) return 'Import';
    if ('meanings' in found) return 'Synonym';
    return 'productId' in found ? 'ProductImage' : 'Category';
  },
};

async function loadNode({ loaders }: GraphqlContext, id: string): Promise<AnyNode | null> {
  const parsed = parseGlobalId(id);
  switch (parsed?.kind) {
    case undefined:
      return null;
    case 'product':
      return (await loaders.product.load(parsed.uuid)) ?? null;
    case 'variant':
      return (await loadVariant(loaders, parsed.uuid)) ?? null;
    case 'image':
      return (await loaders.image.load(parsed.uuid)) ?? null;
    case 'category':
      return (await loaders.category.load(parsed.uuid)) ?? null;
    case 'model':
      return (await loaders.models()).find((model) => model.id === parsed.uuid) ?? null;
    case 'import':
      return (await loaders.import.load(parsed.uuid)) ?? null;
    case 'evaluation':
      return (await loaders.evaluation.load(parsed.uuid)) ?? null;
    case 'synonym':
      return (await loaders.synonym.load(parsed.uuid)) ?? null;
  }
}
