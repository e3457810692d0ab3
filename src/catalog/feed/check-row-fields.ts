import type { AppError } from '../../errors.ts';
import { PRODUCT_LIMITS } from '../check-fields.ts';
import { checkRow, type RawRow } from '../check-variant.ts';
import type { VariantRow } from '../product-input.ts';
import type { FieldProblem } from './field-problem.ts';

/** A row without its bad fields, or why there is none. */
export type FieldsCheck =
  | { readonly row: VariantRow; readonly problems: readonly FieldProblem[] }
  | { readonly row: undefined; readonly field: 'id' | 'title'; readonly reason: string };

/** Without these there is no product; by what feeds call them. */
const REQUIRED: ReadonlyMap<string, 'id' | 'title'> = new Map([
  ['sku', 'id'],
  ['title', 'title'],
]);

/**
 * Checks a row and leaves out each optional field that something is wrong with. Dropped, never cut: half a description or address is wrong without
 * looking so. Of too many attributes, values or pictures the first are kept, and that is said once.
 */
export function checkRowFields(raw: RawRow): FieldsCheck {
  const problems: FieldProblem[] = [];
  let rest = withinCounts(raw, problems);
  for (;;) {
    const { row, problems: found } = checkRow(rest);
    if (row) return { row, problems };
    const required = found.flatMap((problem) => {
      const field = REQUIRED.get(problem.path[0] ?? '');
      return field ? [{ field, reason: reasonOf(field, problem) }] : [];
    });
    const [first] = required;
    if (first) return { row: undefined, field: first.field, reason: required.map(({ reason }) => reason).join('; ') };
    rest = withoutFields(rest, found, problems);
  }
}

function withinCounts(raw: RawRow, problems: FieldProblem[]): RawRow {
  function first<Item>(field: string, items: readonly Item[] | null | undefined, most: number): readonly Item[] {
    const all = items ?? [];
    if (all.length <= most) return all;
    problems.push({
      field,
      kind: 'dropped',
      reason: `${field}: expected at most ${most}, found ${all.length}; the first ${most} are kept`,
    });
    return all.slice(0, most);
  }
  return {
    ...raw,
    attributes: first('attributes', raw.attributes, PRODUCT_LIMITS.attributes).map(({ name, values }) => ({
      name,
      values: first(name, values, PRODUCT_LIMITS.attributeValues),
    })),
    images: first('images', raw.images, PRODUCT_LIMITS.images),
    furtherCategories: first('category', raw.furtherCategories, PRODUCT_LIMITS.categories - 1),
  };
}

/** What feeds call other fields than requests do. */
const FEED_NAMES: ReadonlyMap<string, string> = new Map([
  ['images', 'image_link'],
  ['furtherCategories', 'category'],
  ['groupId', 'item_group_id'],
  ['quantity', 'stock'],
]);

/** The same without what the problems name; each is told once a field. */
function withoutFields(raw: RawRow, found: readonly AppError[], problems: FieldProblem[]): RawRow {
  const told = new Set<string>();
  let rest: RawRow = raw;
  for (const problem of found) {
    const [top = '', index = ''] = problem.path;
    const attribute = top === 'attributes' ? raw.attributes?.[Number(index)] : undefined;
    const field = attribute?.name.slice(0, PRODUCT_LIMITS.attributeName) ?? FEED_NAMES.get(top) ?? top;
    if (attribute) rest = { ...rest, attributes: rest.attributes?.filter((each) => each !== attribute) };
    else if (top === 'images' && index !== '')
      rest = { ...rest, images: rest.images?.filter((each) => each !== raw.images?.[Number(index)]) };
    else if (top === 'furtherCategories' && index !== '') {
      const bad = raw.furtherCategories?.[Number(index)];
      rest = { ...rest, furtherCategories: rest.furtherCategories?.filter((each) => each !== bad) };
    } else rest = { ...rest, [top]: undefined };
    if (!told.has(field)) problems.push({ field, kind: 'dropped', reason: reasonOf(field, problem) });
    told.add(field);
  }
  return rest;
}

/** The reason with the feed's name for the field in front. */
function reasonOf(field: string, problem: AppError): string {
  return `${field}${problem.message.slice(problem.path.join('.').length)}`;
}
