import { type Category as CatalogCategory, parentOf } from '../catalog/read-products.ts';
import { badInput } from '../errors.ts';
import type {
  CategoryKey,
  CategoryResolvers,
  EmbeddingModelResolvers,
  ImageFailureResolvers,
  ProductImageResolvers,
  ProductResolvers,
  QueryResolvers,
} from './generated/resolver-types.ts';
import { encodeGlobalId } from './global-id.ts';
import { toCategoryId, toProductId } from './keys.ts';
import { checkFirst, readListCursor, toConnection } from './list-pages.ts';
import type { Loaders } from './loaders.ts';
import { similarProducts } from './similar-products.ts';

/** In pixels; the same bounds as GET /images/:id has. */
const MIN_WIDTH = 16;
const MAX_WIDTH = 2_048;
/** To an answer. */
const MAX_ATTRIBUTES = 1_000;

export const catalogQueries = {
  product: async (_, { by }, { loaders }) => {
    const id = await toProductId(by, 'by', loaders);
    return id === undefined ? null : ((await loaders.product.load(id)) ?? null);
  },
  category: async (_, { by }, { loaders }) => (await loaders.category.load(toCategoryId(by, 'by'))) ?? null,
  categories: async (_, { parent }, { loaders, countObjects }) => {
    const found = parent ? await childrenOf(parent, loaders) : await loaders.topCategories();
    countObjects(found.length);
    return found;
  },
  embeddingModels: (_, _args, { loaders }) => loaders.models(),
  shop: async (_, _args, { deps }) => {
    const { main, all } = await deps.getCurrencies();
    return { currency: main, currencies: all };
  },
  attributes: async (_, { search, first }, { deps, countObjects }) => {
    if (first < 1 || first > MAX_ATTRIBUTES)
      throw badInput('first', `1 to ${MAX_ATTRIBUTES.toLocaleString('en')}`, first);
    const found = await deps.listAttributes({ search: search ?? '', first });
    countObjects(found.length);
    return found;
  },
  imageFailures: async (_, { first, after }, { deps, countObjects }) => {
    const page = await deps.listImageFailures({ first: checkFirst(first), after: readListCursor(after)?.id });
    countObjects(page.items.length);
    return toConnection(page, ({ image }) => ({ number: null, id: image.id }), after);
  },
} satisfies QueryResolvers;

async function childrenOf(parent: CategoryKey, loaders: Loaders): Promise<CatalogCategory[]> {
  const id = toCategoryId(parent, 'parent');
  if ((await loaders.category.load(id)) === undefined) {
    throw badInput('parent', 'a category of this shop', parent.path ?? parent.id);
  }
  return loaders.childrenOf.load(id);
}

export const Product: ProductResolvers = {
  id: (parent) => encodeGlobalId('product', parent.id),
  sku: ({ groupId }) => groupId,
  price: ({ price }) => price?.lowest ?? null,
  compareAtPrice: ({ variants }) => (variants.length === 1 ? (variants[0]?.compareAtPrice ?? null) : null),
  gtin: ({ variants }) => (variants.length === 1 ? (variants[0]?.gtin ?? null) : null),
  attributes: (parent) => Object.entries(parent.attributes).map(([name, values]) => ({ name, values })),
  images: ({ images }, _, { countObjects }) => {
    countObjects(images.length);
    return images;
  },
  similar: (parent, args, context) => similarProducts(parent, args, context),
};

export const ProductImage: ProductImageResolvers = {
  id: (parent) => encodeGlobalId('image', parent.id),
  // A picture that was not fetched yet has no content to name; its own id answers 404, with the reason.
  url: (parent, { width }, { addressOf }) => {
    if (typeof width === 'number' && (width < MIN_WIDTH || width > MAX_WIDTH)) {
      throw badInput('width', `${MIN_WIDTH} to ${MAX_WIDTH} pixels`, width);
    }
    const path = `/images/${parent.contentHash ?? encodeGlobalId('image', parent.id)}`;
    return addressOf(typeof width === 'number' ? `${path}?width=${width}` : path);
  },
};

export const ImageFailure: ImageFailureResolvers = {
  product: async ({ image }, _, { loaders }) => (await loaders.product.load(image.productId)) ?? null,
};

export const Category: CategoryResolvers = {
  id: (parent) => encodeGlobalId('category', parent.id),
  parent: (parent) => parentOf(parent),
  children: async (parent, _, { loaders, countObjects }) => {
    const children = await loaders.childrenOf.load(parent.id);
    countObjects(children.length);
    return children;
  },
  productCount: (parent, _, { loaders }) => loaders.productCount.load(parent.id),
};

export const EmbeddingModel: EmbeddingModelResolvers = {
  id: (parent) => encodeGlobalId('model', parent.id),
  coverage: ({ id }, _, { loaders }) => loaders.coverage.load(id),
};
