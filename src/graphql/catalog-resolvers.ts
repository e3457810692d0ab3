import type { Attributes } from '../catalog/product-input.ts';
import { type Category as CatalogCategory, parentOf } from '../catalog/read-products.ts';
import { badInput } from '../errors.ts';
import type {
  Attribute,
  CategoryKey,
  CategoryResolvers,
  EmbeddingModelResolvers,
  ImageFailureResolvers,
  ProductImageResolvers,
  ProductResolvers,
  ProductVariantResolvers,
  QueryResolvers,
} from './generated/resolver-types.ts';
import { encodeGlobalId } from './global-id.ts';
import { toCategoryId, toProductId, toVariantId } from './keys.ts';
import { checkFirst, readListCursor, toConnection } from './list-pages.ts';
import type { Loaders } from './loaders.ts';
import { similarProducts } from './similar-products.ts';
import {
  isOnSale,
  loadVariant,
  optionsOf,
  ownAttributes,
  picturesOf,
  priceRangeOf,
  selectedOptions,
  titleOf,
  variantsOf,
} from './variant-of-product.ts';

/** In pixels; the same bounds as GET /images/:id has. */
const MIN_WIDTH = 16;
const MAX_WIDTH = 2_048;
/** To an answer. */
const MAX_ATTRIBUTES = 1_000;
/** Of a product. */
const MAX_VARIANTS = 200;

export const catalogQueries = {
  product: async (_, { by }, { loaders }) => {
    const id = await toProductId(by, 'by', loaders);
    return id === undefined ? null : ((await loaders.product.load(id)) ?? null);
  },
  variant: async (_, { by }, { loaders }) => (await loadVariant(loaders, toVariantId(by, 'by'))) ?? null,
  category: async (_, { by }, { loaders }) => (await loaders.category.load(toCategoryId(by, 'by'))) ?? null,
  categories: async (_, { parent }, { loaders, countObjects }) => {
    const found = parent ? await childrenOf(parent, loaders) : await loaders.topCategories();
    countObjects(found.length);
    return found;
  },
  embeddingModels: (_, _args, { loaders }) => loaders.models(),
  shop: async (_, _args, { loaders }) => {
    const { main, all } = await loaders.currencies();
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
  category: ({ categories }) => categories[0] ?? null,
  categories: ({ categories }, _, { countObjects }) => {
    countObjects(categories.length);
    return categories;
  },
  options: (product, _, { countObjects }) => {
    const options = optionsOf(product);
    countObjects(options.reduce((sum, { values }) => sum + values.length, 0));
    return options;
  },
  variants: (product, { first }, { countObjects }) => {
    if (first < 1 || first > MAX_VARIANTS) throw badInput('first', `1 to ${MAX_VARIANTS}`, first);
    const variants = variantsOf(product).slice(0, first);
    countObjects(variants.length);
    return variants;
  },
  priceRange: async (product, { currency }, { loaders }) =>
    priceRangeOf(product, currency?.toUpperCase() ?? (await loaders.currencies()).main),
  attributes: ({ commonAttributes }) => listOf(commonAttributes),
  images: ({ images }, _, { countObjects }) => {
    countObjects(images.length);
    return images;
  },
  similar: (parent, args, context) => similarProducts(parent, args, context),
};

export const ProductVariant: ProductVariantResolvers = {
  id: ({ variant }) => encodeGlobalId('variant', variant.id),
  sku: ({ variant }) => variant.sku,
  title: titleOf,
  selectedOptions,
  price: ({ variant }) => variant.price,
  compareAtPrice: ({ variant }) => variant.compareAtPrice,
  onSale: ({ variant }) => isOnSale(variant),
  availability: ({ variant }) => variant.availability,
  quantity: ({ variant }) => variant.quantity,
  gtin: ({ variant }) => variant.gtin,
  mpn: ({ variant }) => variant.mpn,
  attributes: (one) => listOf(ownAttributes(one)),
  images: (one, _, { countObjects }) => {
    const images = picturesOf(one);
    countObjects(images.length);
    return images;
  },
  link: ({ product, variant }) => variant.link ?? product.link,
  updatedAt: ({ variant }) => variant.updatedAt,
};

function listOf(attributes: Attributes): Attribute[] {
  return Object.entries(attributes).map(([name, values]) => ({ name, values }));
}

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
