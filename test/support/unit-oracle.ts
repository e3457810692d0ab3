import type { Collapse } from '../../src/database/closed-sets.ts';
import type { FacetField, ProductFilter, SearchRequest } from '../../src/search/request/search-request.ts';
import type { UnitPicture, UnitProduct, UnitVariant } from './unit-shop.ts';

/** A result, whatever it is, by a plain comparison in memory. */
export interface Unit {
  readonly product: UnitProduct;
  /** All that it consists of. */
  readonly variants: readonly UnitVariant[];
  /** Those of them that satisfy the filter. */
  readonly satisfying: readonly UnitVariant[];
  /** The nearest of its pictures; undefined where it has none. */
  readonly nearest: UnitPicture | undefined;
}

export type Asked = Omit<SearchRequest, 'terms'> & { readonly collapse: Collapse; readonly byPicture: boolean };

/** What a result is known by: its product, its product and look, or its variant. */
export function unitKey(collapse: Collapse, product: string, variant: Pick<UnitVariant, 'id' | 'look'>): string {
  return collapse === 'PRODUCT' ? product : collapse === 'LOOK' ? `${product} ${variant.look}` : variant.id;
}

/** All results of a search, in no order. */
export function unitsOf(products: readonly UnitProduct[], asked: Asked, filter = asked.filter ?? {}): Unit[] {
  const { exclude = [], unavailable = 'LAST', collapse } = asked;
  const currency = asked.currency ?? 'USD';
  return products.flatMap((product) => {
    if (exclude.some((key) => key.kind === 'id' && key.id === product.id)) return [];
    const parts = new Map<string, UnitVariant[]>();
    for (const variant of product.variants) {
      const key = unitKey(collapse, product.id, variant);
      parts.set(key, [...(parts.get(key) ?? []), variant]);
    }
    return [...parts.values()].flatMap((variants) => {
      const satisfying = variants.filter(
        (variant) => satisfies(product, variant, filter, currency) && !(unavailable === 'HIDE' && isSoldOut(variant)),
      );
      return satisfying.length === 0
        ? []
        : [{ product, variants, satisfying, nearest: nearestOf(product, satisfying) }];
    });
  });
}

/** Of the pictures of looks that satisfy the filter, and of those of none in particular. */
function nearestOf({ pictures }: UnitProduct, satisfying: readonly UnitVariant[]): UnitPicture | undefined {
  return pictures
    .filter(({ looks }) => looks === null || satisfying.some(({ look }) => looks.includes(look)))
    .toSorted((a, b) => a.angle - b.angle)[0];
}

/** The order of a search without boosts, but for what is pinned. */
export function compareUnits(asked: Asked): (a: Unit, b: Unit) => number {
  const { unavailable = 'LAST' } = asked;
  const keys = [
    ...(unavailable === 'LAST' ? [(unit: Unit) => (unit.satisfying.every(isSoldOut) ? 1 : 0)] : []),
    sortKey(asked),
  ];
  const newestFirst = !asked.byPicture && ['RELEVANCE', 'NEWEST'].includes(asked.sort ?? 'RELEVANCE');
  return (a, b) => {
    for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
    if (a.product.id !== b.product.id) return a.product.id < b.product.id === newestFirst ? 1 : -1;
    return (a.variants[0]?.position ?? 0) - (b.variants[0]?.position ?? 0);
  };
}

function sortKey({ sort = 'RELEVANCE', sortAttribute = '', byPicture, currency = 'USD' }: Asked) {
  return ({ product, satisfying, nearest }: Unit): number | string => {
    switch (sort) {
      case 'RELEVANCE':
        return byPicture ? (nearest?.angle ?? Infinity) : -product.createdAt.getTime();
      case 'NEWEST':
        return -product.createdAt.getTime();
      case 'TITLE':
        return product.title.toLowerCase();
      default: {
        const first = shownVariant(satisfying, { sort, sortAttribute, currency }, undefined);
        return first === undefined ? Infinity : sortValue(first, { sort, sortAttribute, currency });
      }
    }
  };
}

type Sorted = Pick<Asked, 'sort' | 'sortAttribute' | 'currency'>;

/** The variant that a result shows. */
export function shownVariant(
  satisfying: readonly UnitVariant[],
  sorted: Sorted,
  picture: UnitPicture | undefined,
): UnitVariant | undefined {
  const pictured = ({ look }: UnitVariant) => (picture?.looks == null || picture.looks.includes(look) ? 0 : 1);
  const keys = [
    (variant: UnitVariant) => (isSoldOut(variant) ? 1 : 0),
    (variant: UnitVariant) => sortValue(variant, sorted),
    pictured,
    ({ position }: UnitVariant) => position,
  ];
  return satisfying.toSorted((a, b) => {
    for (const key of keys) if (key(a) !== key(b)) return key(a) - key(b);
    return 0;
  })[0];
}

function sortValue(variant: UnitVariant, { sort, sortAttribute = '', currency = 'USD' }: Sorted): number {
  const direction = sort === 'PRICE_DESC' || sort === 'NUMBER_DESC' ? -1 : 1;
  if (sort === 'PRICE_ASC' || sort === 'PRICE_DESC')
    return direction * (priceIn(variant, currency) ?? direction * Infinity);
  if (sort !== 'NUMBER_ASC' && sort !== 'NUMBER_DESC') return 0;
  return Math.min(...numbersOf(variant, sortAttribute).map((number) => direction * number));
}

export function priceIn({ price, currency }: UnitVariant, wanted: string): number | undefined {
  return price !== undefined && currency === wanted ? Number(price) : undefined;
}

function numbersOf({ attributes }: UnitVariant, name: string): number[] {
  return (attributes[name] ?? []).map(Number);
}

function isSoldOut({ availability }: UnitVariant): boolean {
  return availability === 'OUT_OF_STOCK';
}

/** Whether a variant, together with its product, satisfies all of a filter. */
export function satisfies(
  product: UnitProduct,
  variant: UnitVariant,
  filter: ProductFilter,
  currency: string,
): boolean {
  const { and = [], or, not, hasVariant, brand, price, availability, attributes = [], numbers = [] } = filter;
  const amount = priceIn(variant, currency);
  const holds = (one: ProductFilter) => satisfies(product, variant, one, currency);
  return (
    and.every(holds) &&
    (or === undefined || or.some(holds)) &&
    (not === undefined || !holds(not)) &&
    (hasVariant === undefined || product.variants.some((other) => satisfies(product, other, hasVariant, currency))) &&
    (brand?.in === undefined || brand.in.includes(product.brand)) &&
    (price?.min === undefined || (amount !== undefined && amount >= Number(price.min))) &&
    (price?.max === undefined || (amount !== undefined && amount <= Number(price.max))) &&
    (availability === undefined || availability.includes(variant.availability)) &&
    attributes.every(({ name, in: some, notIn }) => {
      const values = variant.attributes[name] ?? [];
      return (
        (some === undefined || values.some((value) => some.includes(value))) &&
        (notIn === undefined || !values.some((value) => notIn.includes(value)))
      );
    }) &&
    numbers.every(({ name, min = -Infinity, max = Infinity }) =>
      numbersOf(variant, name).some((number) => number >= Number(min) && number <= Number(max)),
    )
  );
}

/** How many results have each value of an attribute, or availability, among the variants that satisfy the filter. */
export function valueCounts(units: readonly Unit[], field: FacetField): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { satisfying } of units) {
    const values = satisfying.flatMap(({ attributes, availability }) =>
      'attribute' in field ? (attributes[field.attribute] ?? []) : [availability],
    );
    for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Without what it asks of the field itself, where conditions hold together. */
export function withoutOwn(filter: ProductFilter, field: FacetField): ProductFilter {
  const { attributes, numbers, availability, price, and, ...others } = filter;
  const isOther = ({ name }: { readonly name: string }) => !('attribute' in field) || name !== field.attribute;
  const builtIn = 'builtIn' in field ? field.builtIn : undefined;
  return {
    ...others,
    ...(and && { and: and.map((one) => withoutOwn(one, field)) }),
    ...(attributes && { attributes: attributes.filter(isOther) }),
    ...(numbers && { numbers: numbers.filter(isOther) }),
    ...(availability && builtIn !== 'AVAILABILITY' && { availability }),
    ...(price && builtIn !== 'PRICE' && { price }),
  };
}
