import { type AliasedRawBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import {
  all,
  boundPredicates,
  type Conditions,
  isUnavailable,
  productPredicates,
  type ResolvedFilter,
  satisfyingLooks,
  satisfyingVariant,
  variantPredicates,
} from './product-filter.ts';
import { type ProductScope, scopePredicates, wordPredicates } from './product-scope.ts';
import { asksVariants, variantConjuncts } from './variant-conditions.ts';

// What one result is. Collapsed to products, statements are about `product as p` alone. Otherwise a row of `product as p` is joined to its looks, or variants, that satisfy the filter, each a row `as u`
// with the id of a variant: its own, or that of the first variant of the look. By that id results are told apart, whatever they are.

/** Whether a result is a product. */
export function isByProduct({ collapse = 'PRODUCT' }: Pick<ProductScope, 'collapse'>): boolean {
  return collapse === 'PRODUCT';
}

/** What joins the results of a scope to `product as p`, under the name `u`; undefined where a result is a product. */
export function resultUnits(
  { filter, collapse = 'PRODUCT' }: ProductScope,
  seen: readonly string[] = [],
): AliasedRawBuilder<{ id: string }, 'u'> | undefined {
  if (collapse === 'PRODUCT') return undefined;
  const variants = satisfyingVariant(filter);
  const isSeen = sql<boolean>`${seen.length === 0 ? sql`false` : sql`v.id = any(${`{${seen.join(',')}}`}::uuid[])`}`;
  if (collapse === 'VARIANT')
    return sql<{ id: string }>`lateral (
        select v.id, v.position, v.look, v.availability = 'OUT_OF_STOCK' as unavailable, ${isSeen} as seen
        from product_variant as v where ${variants})`.as('u');
  // Of all variants of the look the first names it, whichever of them satisfy the filter: another filter finds the same results, if it finds them.
  const satisfies = sql<SqlBool>`(${variants}) is true`;
  const key =
    collapse === 'LOOK' ? sql`v.look` : sql`case when ${collapse} = 'LOOK' then v.look::text else v.id::text end`;
  return sql<{ id: string }>`lateral (
        select (array_agg(v.id order by v.position, v.id))[1] as id, min(v.position) as position, min(v.look) as look,
          bool_and(v.availability = 'OUT_OF_STOCK') filter (where ${satisfies}) as unavailable, bool_or(${isSeen}) as seen
        from product_variant as v where v.product_id = p.id
        group by ${key} having bool_or(${satisfies}))`.as('u');
}

/** The same, to stand behind `product as p`. */
export function unitsJoin(scope: ProductScope, seen?: readonly string[]): RawBuilder<unknown> {
  const units = resultUnits(scope, seen);
  return units === undefined ? sql`` : sql` cross join ${units}`;
}

/** Predicates on these rows, to be joined by `and`; none for all results. That one variant satisfies all of a filter is asked where looks and variants are joined. */
export function resultPredicates(scope: ProductScope): Conditions {
  if (isByProduct(scope)) return scopePredicates(scope);
  return [...boundPredicates(scope.filter), ...(scope.predicates ?? []), ...wordPredicates(scope)];
}

/** What results are told apart by. */
export function resultId(scope: Pick<ProductScope, 'collapse'>): RawBuilder<string> {
  return isByProduct(scope) ? sql.raw('p.id') : sql.raw('u.id');
}

/** Whether of the variants of a result that satisfy the filter none can be bought, now or later. */
export function isResultUnavailable(scope: ProductScope): RawBuilder<SqlBool> {
  return isByProduct(scope) ? isUnavailable(scope.filter) : sql<SqlBool>`u.unavailable`;
}

/** The looks whose pictures tell of a result; null where pictures need not be told apart. Undefined where none need be. */
export function looksOfResult(scope: ProductScope): RawBuilder<number[] | null> | undefined {
  if (isByProduct(scope)) return satisfyingLooks(scope.filter);
  return sql<number[] | null>`case when p.look_count > 1 then array[u.look] end`;
}

/** Whether `product_variant as v` is one of a result, and satisfies the filter. */
export function satisfyingVariantOf({
  filter,
  collapse,
}: Pick<ProductScope, 'filter' | 'collapse'>): RawBuilder<SqlBool> {
  return all([satisfyingVariant(filter), ...ofUnit(collapse)]);
}

/** Whether a result satisfies another filter, too: one and the same of its variants satisfies that and the scope's. */
export function resultSatisfies(
  another: ResolvedFilter,
  { filter, collapse }: Pick<ProductScope, 'filter' | 'collapse'>,
): RawBuilder<SqlBool> {
  if (!asksVariants(another)) return all(productPredicates(another));
  // What is asked of the product alone holds already.
  const both = { and: [...variantConjuncts(filter), another] };
  if (isByProduct({ collapse })) return all(productPredicates(both));
  const where = [sql<SqlBool>`v.product_id = p.id`, ...ofUnit(collapse), ...variantPredicates(both)];
  return sql`exists (select from product_variant as v where ${all(where)})`;
}

function ofUnit(collapse: ProductScope['collapse'] = 'PRODUCT'): RawBuilder<SqlBool>[] {
  if (collapse === 'PRODUCT') return [];
  if (collapse === 'LOOK') return [sql<SqlBool>`v.look = u.look`];
  if (collapse === 'VARIANT') return [sql<SqlBool>`v.id = u.id`];
  return [sql<SqlBool>`case when ${collapse} = 'LOOK' then v.look = u.look else v.id = u.id end`];
}
