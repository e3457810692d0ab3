import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { badInput } from '../../errors.ts';
import { fieldOfFacet } from '../filter/fields.ts';
import type { ResolvedFilter } from '../filter/product-filter.ts';
import type { ProductScores } from '../ranking/ranking-statements.ts';
import { checkText } from '../request/check-values.ts';
import { COUNT_LIMIT } from '../request/limits.ts';
import type { Facet, FacetField } from '../request/search-request.ts';
import { type FacetGroup, type FacetRow, facetCounts } from './facet-statements.ts';

const MAX_FIELDS = 20;
const MAX_NAME_LENGTH = 1000;

/**
 * Counts the values of fields over the whole result. A field is not narrowed by its own condition, wherever that stands among conditions that hold together;
 * inside `or` and `not` a condition is no choice of values and stays; so what is hidden or excluded narrows every field.
 *
 * @throws AppError BAD_USER_INPUT for more than 20 fields, or a name that no attribute can have
 */
export async function countFacets(
  db: Kysely<Database>,
  scores: ProductScores,
  fields: readonly FacetField[],
): Promise<Facet[]> {
  checkFields(fields);
  if (fields.length === 0) return [];
  const groups = new Map<ResolvedFilter, FacetGroup['fields'][number][]>();
  fields.forEach((field, number) => {
    // The same filter object where nothing was taken out, so that those fields are counted together.
    const narrowing = withoutOwnCondition(scores.filter, field);
    groups.set(narrowing, [...(groups.get(narrowing) ?? []), { field, number }]);
  });
  const grouped = [...groups].map(([filter, ofGroup]) => ({ scores: { ...scores, filter }, fields: ofGroup }));
  const { rows } = await facetCounts(grouped, COUNT_LIMIT).execute(db);
  return fields.map((field, number) =>
    toFacet(
      field,
      rows.filter((row) => row.number === number),
    ),
  );
}

function checkFields(fields: readonly FacetField[]): void {
  if (fields.length > MAX_FIELDS) throw badInput('fields', `at most ${MAX_FIELDS}`, fields.length);
  fields.forEach((field, index) => {
    if ('attribute' in field) checkText(field.attribute, `fields.${index}.attribute`, MAX_NAME_LENGTH);
  });
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

function toFacet(field: FacetField, rows: readonly FacetRow[]): Facet {
  const products = rows.find((row) => row.value === null)?.count ?? 0;
  const values = rows.filter((row) => row.value !== null);
  const exact = products <= COUNT_LIMIT;
  const name = 'attribute' in field ? field.attribute : field.builtIn;
  if ('attribute' in field || fieldOfFacet(field.builtIn).field.kind !== 'range')
    return { field: name, values: values.map(toValue), range: null, exact };
  const [ends] = values;
  const range = ends?.min == null || ends.max === null ? null : { min: ends.min, max: ends.max };
  return { field: name, values: [], range, exact };
}

function toValue({ value, count, category_id: categoryId }: FacetRow) {
  return { value: value ?? '', count, categoryId };
}
