import type { Availability, ProductSort } from '../../database/closed-sets.ts';
import type { EmbeddingClusterValueTable, ProductTable, ProductVariantTable } from '../../database/tables.ts';
import type { BuiltInFacet, FieldName, ValueFilter } from '../request/search-request.ts';

/** What a condition on a field of each kind says, once keys have become ids. */
export interface ConditionsByKind {
  /** Ids of categories; those below are among them where that was asked for. */
  readonly tree: readonly string[];
  /** One of a closed set of values. */
  readonly value: readonly Availability[];
  /** Whether it is so; every product says. */
  readonly flag: boolean;
  /** One of values that many products share. */
  readonly values: ValueFilter;
  /** One of values that hardly two products share: ids, product codes. */
  readonly code: ValueFilter;
  /** Amounts of one currency (ISO 4217); decimal strings, both ends included. What is in another currency is not within. */
  readonly money: { readonly min?: string; readonly max?: string; readonly currency: string };
  /** Both ends included. */
  readonly period: { readonly from?: Date; readonly to?: Date };
  /** Whether there is any. */
  readonly picture: boolean;
  /** All of these hold; of an attribute a product may have several values, of which one must be within the range: decimal strings, both ends included. */
  readonly numbers: readonly { readonly name: string; readonly min?: string; readonly max?: string }[];
  /** All of these hold; of an attribute a product may have several values. */
  readonly attributes: readonly ({ readonly name: string } & ValueFilter)[];
}

export type FieldKind = keyof ConditionsByKind;

/** A field of products that one can filter by. */
export interface Field {
  readonly kind: FieldKind;
  /** Of `product`. */
  readonly column: keyof ProductTable;
  /** Type of the column, to cast parameters to. */
  readonly type: 'uuid' | 'text' | 'numeric' | 'timestamptz' | 'jsonb' | 'boolean';
  /** Where the column is an amount of money, the lowest of several: the column of its currency, and that of the highest. */
  readonly currencyColumn?: keyof ProductTable & keyof ProductVariantTable;
  readonly highestColumn?: keyof ProductTable;
  /** Where a product may have several, the first in `column`: the column of the others, a list or null. */
  readonly furtherColumn?: keyof ProductTable;
  /** Where each variant has its own: the column of `product_variant` that says it. `column` says what they have together. Absent: it is the product's. */
  readonly variantColumn?: keyof ProductVariantTable;
  /** Whether tables of sketches have the column, too. Where they do not, products are looked up by it. */
  readonly sketched: boolean;
  /** What its values are counted as in each cluster of vectors; absent: they are not, and a search knows nothing of them beforehand. */
  readonly counted?: EmbeddingClusterValueTable['field'];
  /** What its values are counted as in a result; absent: they are not. */
  readonly facet?: BuiltInFacet;
}

/**
 * The fields of products that one can filter by, in the order in which the database looks at them: what takes a moment comes first. Predicates, shares,
 * selective parts and facets go by a field's kind, so that a field of a known kind is one line here; request/check-filter.ts has what it is checked by.
 */
export const FIELDS = {
  category: {
    kind: 'tree',
    column: 'category_id',
    furtherColumn: 'further_category_ids',
    type: 'uuid',
    sketched: true,
    counted: 'CATEGORY',
    facet: 'CATEGORY',
  },
  brand: { kind: 'values', column: 'brand', type: 'text', sketched: true, counted: 'BRAND', facet: 'BRAND' },
  price: {
    kind: 'money',
    column: 'price_lowest',
    currencyColumn: 'price_currency',
    highestColumn: 'price_highest',
    variantColumn: 'price_amount',
    type: 'numeric',
    sketched: true,
    counted: 'PRICE',
    facet: 'PRICE',
  },
  availability: {
    kind: 'value',
    column: 'availability',
    variantColumn: 'availability',
    type: 'text',
    sketched: true,
    counted: 'AVAILABILITY',
    facet: 'AVAILABILITY',
  },
  product: { kind: 'code', column: 'id', type: 'uuid', sketched: true },
  gtin: { kind: 'code', column: 'codes', variantColumn: 'gtin', type: 'text', sketched: false },
  hasPicture: { kind: 'picture', column: 'id', type: 'uuid', sketched: true },
  onSale: { kind: 'flag', column: 'on_sale', variantColumn: 'compare_at_amount', type: 'boolean', sketched: false },
  updatedAt: { kind: 'period', column: 'updated_at', type: 'timestamptz', sketched: true },
  attributes: {
    kind: 'attributes',
    column: 'attributes',
    variantColumn: 'attributes',
    type: 'jsonb',
    sketched: true,
    counted: 'ATTRIBUTE',
  },
  numbers: {
    kind: 'numbers',
    column: 'attributes',
    variantColumn: 'attributes',
    type: 'jsonb',
    sketched: true,
    counted: 'ATTRIBUTE',
  },
} as const satisfies Record<FieldName, Field>;

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** A condition for each field that is asked for; all hold together. */
export type FieldConditions = {
  readonly [Name in FieldName]?: ConditionsByKind[(typeof FIELDS)[Name]['kind']];
};

/** A filter whose keys have become ids; see resolve-filter.ts. */
export interface ResolvedFilter extends FieldConditions {
  readonly and?: readonly ResolvedFilter[];
  readonly or?: readonly ResolvedFilter[];
  readonly not?: ResolvedFilter;
  /** Any variant of the product satisfies it: a condition on the product. */
  readonly hasVariant?: ResolvedFilter;
}

/** What to make of a condition on a field of each kind. */
export type ByKind<Result> = {
  readonly [Kind in FieldKind]: (condition: ConditionsByKind[Kind], field: Field, name: FieldName) => readonly Result[];
};

/** What is made of the conditions of a filter, in the order of `FIELDS`; without what is nested in it. */
export function conditionsOf<Result>(filter: FieldConditions, byKind: ByKind<Result>): Result[] {
  return FIELD_NAMES.flatMap((name) => {
    const condition = filter[name];
    if (condition === undefined) return [];
    const field: Field = FIELDS[name];
    // A condition is of its field's kind, which the type of FieldConditions says and a union of functions does not.
    const make = byKind[field.kind] as (condition: unknown, field: Field, name: FieldName) => readonly Result[];
    return make(condition, field, name);
  });
}

/** The field whose values a facet counts. */
export function fieldOfFacet(facet: BuiltInFacet): { readonly name: FieldName; readonly field: Field } {
  const name = FACET_FIELDS[facet];
  return { name, field: FIELDS[name] };
}

const FACET_FIELDS = Object.fromEntries(
  Object.entries<Field>(FIELDS).flatMap(([name, { facet }]) => (facet === undefined ? [] : [[facet, name]])),
) as Record<BuiltInFacet, FieldName>;

/** The columns of `product` that tables of sketches have, too. */
export const SKETCHED_COLUMNS: readonly (keyof ProductTable)[] = [
  ...new Set(
    Object.values<Field>(FIELDS).flatMap(({ column, currencyColumn, highestColumn, furtherColumn, sketched }) =>
      sketched ? [column, currencyColumn, highestColumn, furtherColumn].filter((each) => each !== undefined) : [],
    ),
  ),
];

/** What products can be ordered by, beside relevance. Products without a value come last. */
export type SortField = { readonly column: keyof ProductTable } & (
  | { readonly type: 'timestamptz'; readonly descending: boolean }
  /** Amounts of the search's currency; those of another are no value. */
  | {
      readonly type: 'money';
      readonly currencyColumn: NonNullable<Field['currencyColumn']>;
      readonly descending: boolean;
    }
  /** A number among the values of an attribute, which the request names. */
  | { readonly type: 'number'; readonly descending: boolean }
  | { readonly type: 'text'; readonly descending: false }
);

export const SORTS = {
  PRICE_ASC: { column: 'price_lowest', currencyColumn: 'price_currency', type: 'money', descending: false },
  PRICE_DESC: { column: 'price_highest', currencyColumn: 'price_currency', type: 'money', descending: true },
  NEWEST: { column: 'created_at', type: 'timestamptz', descending: true },
  TITLE: { column: 'title', type: 'text', descending: false },
  NUMBER_ASC: { column: 'attributes', type: 'number', descending: false },
  NUMBER_DESC: { column: 'attributes', type: 'number', descending: true },
} as const satisfies Record<Exclude<ProductSort, 'RELEVANCE'>, SortField>;
