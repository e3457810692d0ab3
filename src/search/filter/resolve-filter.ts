import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput, invariant } from '../../errors.ts';
import { categoryId } from '../../identifiers.ts';
import type { CategoryKey, ProductFilter, ProductKey } from '../request/search-request.ts';
import { categoriesBelow } from './category-statements.ts';
import type { ResolvedFilter } from './product-filter.ts';
import { findProductIds, type ProductIds } from './product-ids.ts';

/** The categories at and below each that the filter names, by its id. */
type CategoryTree = ReadonlyMap<string, readonly string[]>;

/**
 * Turns the keys of filters into ids. Categories are looked up, all of them in one statement, and so are the products of skus. A product that does not exist matches nothing.
 *
 * @param filters - each with its place in the request, for messages
 * @param currency - what prices are compared in (ISO 4217); undefined where no filter has a price
 * @throws AppError BAD_USER_INPUT naming a category that does not exist
 */
export async function resolveFilters(
  db: Kysely<Database>,
  filters: readonly { readonly filter: ProductFilter; readonly path: string }[],
  currency: string | undefined,
): Promise<ResolvedFilter[]> {
  const keys = filters.flatMap(({ filter, path }) => categoryKeys(filter, path));
  const tree = new Map<string, string[]>();
  if (keys.length > 0) {
    const rows = await categoriesBelow(db, [...new Set(keys.map(({ key }) => idOfCategory(key)))]).execute();
    for (const { named_id, id } of rows) tree.set(named_id, [...(tree.get(named_id) ?? []), id]);
  }
  for (const { key, path } of keys) {
    if (!tree.has(idOfCategory(key)))
      throw badInput(path, 'a category of this shop', key.kind === 'id' ? key.id : key.path);
  }
  const productIds = await findProductIds(
    db,
    filters.flatMap(({ filter }) => productKeys(filter)),
  );
  return filters.map(({ filter }) => resolve(filter, { tree, productIds, currency }));
}

function idOfCategory(key: CategoryKey): string {
  return key.kind === 'id' ? key.id.toLowerCase() : categoryId(key.path);
}

function categoryKeys(filter: ProductFilter, path: string): { key: CategoryKey; path: string }[] {
  return [
    ...(filter.category?.in ?? []).map((key, index) => ({ key, path: `${path}.category.in.${index}` })),
    ...(filter.and ?? []).flatMap((child, index) => categoryKeys(child, `${path}.and.${index}`)),
    ...(filter.or ?? []).flatMap((child, index) => categoryKeys(child, `${path}.or.${index}`)),
    ...(filter.not === undefined ? [] : categoryKeys(filter.not, `${path}.not`)),
    ...(filter.hasVariant === undefined ? [] : categoryKeys(filter.hasVariant, `${path}.hasVariant`)),
  ];
}

function productKeys({ product, and = [], or = [], not, hasVariant }: ProductFilter): ProductKey[] {
  const nested = [
    ...and,
    ...or,
    ...(not === undefined ? [] : [not]),
    ...(hasVariant === undefined ? [] : [hasVariant]),
  ];
  return [...(product?.in ?? []), ...(product?.notIn ?? []), ...nested.flatMap(productKeys)];
}

/** What keys stand for. */
interface Keys {
  readonly tree: CategoryTree;
  readonly productIds: ProductIds;
  /** What prices are compared in. */
  readonly currency: string | undefined;
}

function resolve(filter: ProductFilter, keys: Keys): ResolvedFilter {
  const { tree, productIds, currency } = keys;
  const { and, or, not, hasVariant, category, product, price, ...rest } = filter;
  invariant(price === undefined || currency !== undefined, 'a search by price has a currency');
  return {
    ...rest,
    ...(and && { and: and.map((child) => resolve(child, keys)) }),
    ...(or && { or: or.map((child) => resolve(child, keys)) }),
    ...(not && { not: resolve(not, keys) }),
    ...(hasVariant && { hasVariant: resolve(hasVariant, keys) }),
    ...(category && { category: categoryIds(category, tree) }),
    ...(price && currency !== undefined && { price: { ...price, currency } }),
    ...(product && {
      product: {
        ...(product.in && { in: product.in.flatMap((key) => productIds(key) ?? []) }),
        ...(product.notIn && { notIn: product.notIn.flatMap((key) => productIds(key) ?? []) }),
      },
    }),
  };
}

function categoryIds(category: NonNullable<ProductFilter['category']>, tree: CategoryTree): string[] {
  const named = category.in.map(idOfCategory);
  if (category.includeDescendants === false) return named;
  return [...new Set(named.flatMap((id) => tree.get(id) ?? []))];
}
