import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';
import type { ProductFilter } from '../../src/search/request/search-request.ts';

/** What conditions can be about. */
export const FIELDS = ['category', 'color', 'brand', 'gender', 'usage'] as const;
export type Field = (typeof FIELDS)[number];

/** Conditions on some fields, one value each, and how many products satisfy all of them. */
export interface CountedConditions {
  readonly filter: ProductFilter;
  readonly matching: number;
}

/** A combination of values, and how many products have exactly it. */
interface Combination {
  /** From the top down; empty for a product without one. */
  readonly category: readonly string[];
  readonly values: Readonly<Record<Exclude<Field, 'category'>, string | null>>;
  readonly products: number;
}

export interface AttributeCounts {
  /** Products of the shop. */
  readonly products: number;
  /** All combinations of values of these fields that occur, categories at any level, most frequent first; ties by value. */
  conditionsOn(fields: readonly Field[]): CountedConditions[];
  /** Categories with others below them. */
  readonly inner: readonly CountedConditions[];
}

/** Counts once; every combination of fields is then added up from it. */
export async function countAttributes(db: Kysely<Database>): Promise<AttributeCounts> {
  const combinations = await readCombinations(db);
  const paths = new Set(combinations.flatMap(({ category }) => prefixes(category).map((path) => path.join('\n'))));
  const isInner = (path: string) => [...paths].some((other) => other.startsWith(`${path}\n`));
  const inner = new Set([...paths].filter(isInner));
  const conditionsOn = (fields: readonly Field[]) => sumUp(combinations, fields);
  return {
    products: combinations.reduce((sum, { products }) => sum + products, 0),
    conditionsOn,
    inner: conditionsOn(['category']).filter(({ filter }) => inner.has(pathOf(filter).join('\n'))),
  };
}

/** The path that a filter on one category names. */
export function pathOf(filter: ProductFilter): readonly string[] {
  const key = filter.category?.in[0];
  return key?.kind === 'path' ? key.path : [];
}

async function readCombinations(db: Kysely<Database>): Promise<Combination[]> {
  const { rows } = await sql<{ path: string[] | null; products: number } & Combination['values']>`
    select c.path, p.attributes -> 'color' ->> 0 as color, p.brand, p.attributes -> 'gender' ->> 0 as gender,
      p.attributes -> 'usage' ->> 0 as usage, count(*) as products
    from product as p left join category as c on c.id = p.category_id
    group by 1, 2, 3, 4, 5`.execute(db);
  return rows.map(({ path, products, ...values }) => ({ category: path ?? [], values, products }));
}

/** {Apparel}, {Apparel,Topwear}, {Apparel,Topwear,Shirts} */
function prefixes(path: readonly string[]): string[][] {
  return path.map((_, index) => path.slice(0, index + 1));
}

function sumUp(combinations: readonly Combination[], fields: readonly Field[]): CountedConditions[] {
  const counted = new Map<string, { filter: ProductFilter; matching: number }>();
  for (const combination of combinations) {
    for (const filter of filtersOf(combination, fields)) {
      const key = JSON.stringify(filter);
      const known = counted.get(key) ?? { filter, matching: 0 };
      known.matching += combination.products;
      counted.set(key, known);
    }
  }
  return [...counted]
    .sort(([a, one], [b, other]) => other.matching - one.matching || (a < b ? -1 : 1))
    .map(([, conditions]) => conditions);
}

/** What says all these fields of a product: one filter for each level of its category, none if it lacks one of the fields. */
function filtersOf({ category, values }: Combination, fields: readonly Field[]): ProductFilter[] {
  let filters: ProductFilter[] = [{}];
  const attributes: { name: string; in: string[] }[] = [];
  for (const field of fields) {
    if (field === 'category') {
      filters = prefixes(category).flatMap((path) =>
        filters.map((filter) => ({ ...filter, category: { in: [{ kind: 'path', path }] } })),
      );
      continue;
    }
    const value = values[field];
    if (value === null) return [];
    if (field === 'brand') filters = filters.map((filter) => ({ ...filter, brand: { in: [value] } }));
    else attributes.push({ name: field, in: [value] });
  }
  return attributes.length === 0 ? filters : filters.map((filter) => ({ ...filter, attributes }));
}
