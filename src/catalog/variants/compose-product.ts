import type { Attributes, VariantRow } from '../product-input.ts';
import { eachText } from '../product-texts.ts';
import { commonTitle } from './common-title.ts';
import { optionsOf } from './product-options.ts';
import type { ReadImage, ReadProduct, ReadRow } from './read-product.ts';

/**
 * One product of the rows that belong together: the words with which all their titles begin, the first description, brand and link that any of them has, and the categories of the first that is in any.
 *
 * @param rows - at least one, in the shop's order
 * @param p.images - pictures that belong to no variant in particular
 * @param p.order - names of attributes in the shop's order: jsonb, which rows are stored as, has none
 */
export function composeProduct(
  groupId: string,
  rows: readonly ReadRow[],
  { images = [], order = [] }: { readonly images?: readonly ReadImage[]; readonly order?: readonly string[] } = {},
): ReadProduct {
  const first = <T>(of: (row: VariantRow) => T | null): T | null =>
    rows.reduce<T | null>((found, { row }) => found ?? of(row), null);
  const placed = first((row) => (row.category.length > 0 ? row : null));
  const title = commonTitle(rows.map(({ row }) => row.title));
  return {
    groupId,
    title,
    ...eachText((name) => first((row) => row[name])),
    category: placed?.category ?? [],
    furtherCategories: placed?.furtherCategories ?? [],
    link: first(({ link }) => link),
    options: optionsOf(
      rows.map(({ row }) => row.attributes),
      order,
    ),
    images,
    variants: rows.map(({ row, images: own, contentHash }) => ({
      variant: { ...row, title: row.title === title ? null : row.title },
      images: own,
      contentHash,
    })),
  };
}

/** Rows that share a group id and, but for those without one, a brand. */
export interface BrandGroup<Row> {
  readonly groupId: string;
  readonly rows: readonly Row[];
}

/**
 * Feeds use the same group id for products of several brands. The brand that the shop knows the product by keeps the id, else that of most rows (of as many, the first from A to Z); rows of
 * each other brand become the group `<id>/<brand>`. Rows without a brand stay with the one that keeps it.
 *
 * @param known - the brand of the product that is stored under this id; null where there is none
 */
export function splitByBrand<Row extends Pick<VariantRow, 'brand'>>(
  groupId: string,
  rows: readonly Row[],
  known: string | null,
): BrandGroup<Row>[] {
  const counts = new Map<string, number>();
  for (const { brand } of rows) if (brand !== null) counts.set(brand, (counts.get(brand) ?? 0) + 1);
  const [most] = [...counts].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  const keeper = known ?? most?.[0] ?? null;
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row.brand === null || row.brand === keeper ? groupId : `${groupId}/${row.brand}`;
    const some = groups.get(id) ?? [];
    some.push(row);
    groups.set(id, some);
  }
  return [...groups].map(([id, some]) => ({ groupId: id, rows: some }));
}

/** All values of several sets of attributes, by name, each once, in the order in which they first come; as merged_attributes() of sql/functions/47_variants.sql. */
export function mergedAttributes(sets: readonly Attributes[]): Attributes {
  const [only] = sets;
  if (sets.length === 1 && only !== undefined) return only;
  const merged = new Map<string, Set<string>>();
  for (const attributes of sets) {
    for (const [name, values] of Object.entries(attributes)) {
      const known = merged.get(name) ?? new Set<string>();
      for (const value of values) known.add(value);
      merged.set(name, known);
    }
  }
  return Object.fromEntries(
    [...merged].flatMap(([name, values]) => (values.size === 0 ? [] : [[name, [...values]] as const])),
  );
}

/** What holds for all variants: the attributes of which each has the same values; as common_attributes() of sql/functions/47_variants.sql. */
export function commonAttributes(sets: readonly Attributes[]): Attributes {
  const [first = {}, ...others] = sets;
  if (others.length === 0) return first;
  return Object.fromEntries(
    Object.entries(first).filter(([name, values]) =>
      others.every((attributes) => JSON.stringify(attributes[name]) === JSON.stringify(values)),
    ),
  );
}
