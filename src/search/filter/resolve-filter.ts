import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput, invariant } from '../../errors.ts';
import { categoryId, productId } from '../../identifiers.ts';
import type { CategoryKey, ProductFilter, ProductKey } from '../request/search-request.ts';
import { categoriesBelow } from './category-statements.ts';
import type { ResolvedFilter } from './product-filter.ts';

/** The categories at and below each that the filter names, by its id. */
type CategoryTree = ReadonlyMap<string, readonly string[]>;

/**
 * Turns the keys of filters into ids. Categories are looked up, all of them in one statement; products need no look-up, since
 * an id follows from the sku and a product that does not exist matches nothing.
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
  return filters.map(({ filter }) => resolve(filter, tree, currency));
}

/** @returns the id that the key stands for, whether or not there is such a product */
export function idOfProduct(key: ProductKey): string {
  return key.kind === 'id' ? key.id.toLowerCase() : productId(key.sku);
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
  ];
}

function resolve(filter: ProductFilter, tree: CategoryTree, currency: string | undefined): ResolvedFilter {
  const { and, or, not, category, product, price, ...rest } = filter;
  invariant(price === undefined || currency !== undefined, 'a search by price has a currency');
  return {
    ...rest,
    ...(and && { and: and.map((child) => resolve(child, tree, currency)) }),
    ...(or && { or: or.map((child) => resolve(child, tree, currency)) }),
    ...(not && { not: resolve(not, tree, currency) }),
    ...(category && { category: categoryIds(category, tree) }),
    ...(price && currency !== undefined && { price: { ...price, currency } }),
    ...(product && {
      product: {
        ...(product.in && { in: product.in.map(idOfProduct) }),
        ...(product.notIn && { notIn: product.notIn.map(idOfProduct) }),
      },
    }),
  };
}

function categoryIds(category: NonNullable<ProductFilter['category']>, tree: CategoryTree): string[] {
  const named = category.in.map(idOfCategory);
  if (category.includeDescendants === false) return named;
  return [...new Set(named.flatMap((id) => tree.get(id) ?? []))];
}
