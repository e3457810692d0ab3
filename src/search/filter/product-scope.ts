import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Collapse } from '../../database/closed-sets.ts';
import { type Conditions, productPredicates, type ResolvedFilter } from './product-filter.ts';

/** Which products a stage of a search, or a statement, is about. */
export interface ProductScope {
  readonly filter: ResolvedFilter;
  /** A text search query that their words match; undefined where words do not narrow. Tables of sketches have no words. */
  readonly textQuery?: string | undefined;
  /** What no filter says, on `product as p`: of functions in SQL, whose arguments narrow, and of searches that nothing of what they found can be bought. */
  readonly predicates?: Conditions | undefined;
  /** What one result is: result-units.ts. Candidates are products, whatever it is. In functions of SQL an argument says which of the two others. (PRODUCT) */
  readonly collapse?: Collapse | RawBuilder<Exclude<Collapse, 'PRODUCT'>> | undefined;
}

/** What can be bought, now or later. As a complement, so that facets of the availability stay narrowed by it: it is nobody's choice of values. */
export const AVAILABLE: ResolvedFilter = { not: { availability: ['OUT_OF_STOCK'] } };

/** The products of a scope that satisfy another filter, too. */
export function within(
  { filter, textQuery, predicates, collapse }: ProductScope,
  narrower: ResolvedFilter,
): ProductScope {
  return { filter: { and: [filter, narrower] }, textQuery, predicates, collapse };
}

/** Predicates on `product as p`, to be joined by `and`; none for all products. */
export function scopePredicates({ filter, textQuery, predicates = [] }: ProductScope): Conditions {
  return [...productPredicates(filter), ...predicates, ...wordPredicates({ textQuery })];
}

/** What words narrow. */
export function wordPredicates({ textQuery }: Pick<ProductScope, 'textQuery'>): Conditions {
  return textQuery === undefined ? [] : [matchesWords(textQuery)];
}

/** Whether all products of the shop are in it. */
export function isWholeShop(scope: ProductScope): boolean {
  return scopePredicates(scope).length === 0;
}

/** Whether a filter says all of it, so that a table of sketches can be asked. */
export function isFilterAlone({ textQuery, predicates = [] }: ProductScope): boolean {
  return textQuery === undefined && predicates.length === 0;
}

/** Holds for products whose words match the text search query. */
export function matchesWords(textQuery: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`p.words @@ ${textQuery}::tsquery`;
}
