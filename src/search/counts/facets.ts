import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput } from '../../errors.ts';
import { containsText } from '../../words/contains-text.ts';
import { fieldOfFacet } from '../filter/fields.ts';
import type { ResolvedFilter } from '../filter/product-filter.ts';
import type { ProductScores } from '../ranking/ranking-statements.ts';
import { checkText, checkValue } from '../request/check-values.ts';
import { COUNT_LIMIT } from '../request/limits.ts';
import type { Facet, FacetField, FacetRequest } from '../request/search-request.ts';
import { type CountedField, type FacetRow, facetCounts } from './facet-statements.ts';
import { createValueOrder } from './value-order.ts';

const MAX_FIELDS = 20;
const MAX_NAME_LENGTH = 1000;
const MAX_SEARCH_LENGTH = 200;
/** Values that are told, where the request does not say how many: more help nobody to choose at once. */
const USUAL_VALUES = 100;
const MAX_VALUES = 1000;
/** Values that are looked at to find some among them: as many as products are counted. */
const VALUES_LOOKED_AT = COUNT_LIMIT;

/** What facets are counted of. */
export interface FacetedSearch extends ProductScores {
  /** Asked only where PRICE is counted: ISO 4217. */
  readonly currency: () => Promise<string>;
  /** BCP 47, of the order A to Z. */
  readonly language: string;
}

/**
 * Counts the values of fields over the whole result. A field is not narrowed by its own condition, wherever that stands among conditions that hold together;
 * inside `or` and `not` a condition is no choice of values and stays; so what is hidden or excluded narrows every field.
 *
 * @throws AppError BAD_USER_INPUT for more than 20 fields, a name that no attribute can have, or values out of 1 to 1,000
 */
export async function countFacets(
  db: Kysely<Database>,
  search: FacetedSearch,
  wanted: readonly FacetRequest[],
): Promise<Facet[]> {
  checkFacets(wanted);
  if (wanted.length === 0) return [];
  const groups = new Map<ResolvedFilter, CountedField[]>();
  wanted.forEach((facet, number) => {
    // The same filter object where nothing was taken out, so that those fields are counted together.
    const narrowing = withoutOwnCondition(search.filter, facet);
    const counted = { field: facet, number, limit: valuesRead(facet) };
    groups.set(narrowing, [...(groups.get(narrowing) ?? []), counted]);
  });
  const currency = wanted.some(isPrice) ? await search.currency() : undefined;
  const grouped = [...groups].map(([filter, fields]) => ({ scores: { ...search, filter, currency }, fields }));
  const { rows } = await facetCounts(grouped, COUNT_LIMIT).execute(db);
  return wanted.map((facet, place) => {
    const ofFacet = rows.filter(({ number }) => number === place);
    return isPrice(facet) ? toRange(facet, ofFacet, currency ?? '') : toValues(facet, ofFacet, search.language);
  });
}

function checkFacets(wanted: readonly FacetRequest[]): void {
  if (wanted.length > MAX_FIELDS) throw badInput('fields', `at most ${MAX_FIELDS}`, wanted.length);
  wanted.forEach((field, index) => {
    const { first = USUAL_VALUES, search } = field;
    if ('attribute' in field) checkText(field.attribute, `fields.${index}.attribute`, MAX_NAME_LENGTH);
    if (!Number.isInteger(first) || first < 1 || first > MAX_VALUES)
      throw badInput('first', `1 to ${MAX_VALUES}`, first);
    if (search !== undefined) checkValue(search, 'search', MAX_SEARCH_LENGTH);
  });
}

/** Values that the database tells: one more than are wanted, or all of them where some are chosen by their text. */
function valuesRead({ first = USUAL_VALUES, search, sort = 'COUNT' }: FacetRequest): number {
  return sort === 'COUNT' && !search?.trim() ? first + 1 : VALUES_LOOKED_AT;
}

function isPrice(field: FacetField): boolean {
  return 'builtIn' in field && fieldOfFacet(field.builtIn).field.kind === 'money';
}

/** @returns the filter itself where it has no such condition */
export function withoutOwnCondition(filter: ResolvedFilter, field: FacetField): ResolvedFilter {
  const and = filter.and?.map((child) => withoutOwnCondition(child, field));
  const changed = and?.some((child, index) => child !== filter.and?.[index]);
  const narrowing: ResolvedFilter = changed && and ? { ...filter, and } : filter;
  if ('attribute' in field) return withoutAttribute(narrowing, field.attribute);
  const { name } = fieldOfFacet(field.builtIn);
  if (narrowing[name] === undefined) return narrowing;
  const { [name]: _, ...others } = narrowing;
  return others;
}

/** Without what is asked of the attribute's values, as texts and as numbers. */
function withoutAttribute(filter: ResolvedFilter, attribute: string): ResolvedFilter {
  const isOwn = ({ name }: { readonly name: string }) => name === attribute;
  const { attributes, numbers } = filter;
  if (!attributes?.some(isOwn) && !numbers?.some(isOwn)) return filter;
  return {
    ...filter,
    ...(attributes && { attributes: attributes.filter((one) => !isOwn(one)) }),
    ...(numbers && { numbers: numbers.filter((one) => !isOwn(one)) }),
  };
}

/** What is the same of all facets. */
function common(field: FacetField, rows: readonly FacetRow[]) {
  const lookedAt = rows.find((row) => row.value === null);
  return {
    field: 'attribute' in field ? field.attribute : field.builtIn,
    missing: lookedAt?.missing ?? 0,
    exact: (lookedAt?.count ?? 0) <= COUNT_LIMIT,
  };
}

function toRange(facet: FacetRequest, rows: readonly FacetRow[], currency: string): Facet {
  const ends = rows.find((row) => row.value !== null);
  const range = ends?.min == null || ends.max === null ? null : { min: ends.min, max: ends.max, currency };
  return { ...common(facet, rows), values: [], hasMore: false, range };
}

function toValues(facet: FacetRequest, rows: readonly FacetRow[], language: string): Facet {
  const { first = USUAL_VALUES, sort = 'COUNT', search = '' } = facet;
  const contains = containsText(search);
  const all = rows.flatMap(({ value, count, category_id: categoryId }) =>
    value === null ? [] : [{ value, count, categoryId }],
  );
  const found = all.filter(({ value }) => contains(value));
  if (sort === 'VALUE') {
    const order = createValueOrder(language);
    found.sort((a, b) => order(a.value, b.value));
  }
  return { ...common(facet, rows), values: found.slice(0, first), hasMore: found.length > first, range: null };
}
