import { badInput } from '../../errors.ts';
import { checkDate, checkDecimal, checkText, checkUuid, checkValue } from './check-values.ts';
import type { CategoryKey, ProductFilter, ProductKey, ValueFilter } from './search-request.ts';

// What a person or a page sends stays far below these; they bound the work that one request can ask for.
const MAX_DEPTH = 8;
const MAX_CONDITIONS = 200;
const MAX_VALUES = 1000;
const MAX_VALUE_LENGTH = 1000;
const MAX_CATEGORY_DEPTH = 32;

const AVAILABILITIES = ['IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER'];

/** What has been counted so far, over the whole filter. */
interface Tally {
  conditions: number;
  values: number;
  /** Of the whole filter. */
  readonly path: string;
}

/**
 * Checks depth, number of conditions and values, and the form of every value.
 *
 * @param path - where the filter is in the request
 * @throws AppError BAD_USER_INPUT
 */
export function checkFilter(filter: ProductFilter, path: string): void {
  checkNode(filter, path, 1, { conditions: 0, values: 0, path });
}

function checkNode(filter: ProductFilter, path: string, depth: number, tally: Tally): void {
  if (depth > MAX_DEPTH) throw badInput(path, `at most ${MAX_DEPTH} filters inside each other`, depth);
  tally.conditions += Object.values(filter).filter((condition) => condition !== undefined).length;
  tally.conditions += filter.attributes?.length ?? 0;
  if (tally.conditions > MAX_CONDITIONS) throw badInput(tally.path, `at most ${MAX_CONDITIONS} conditions`, 'more');

  for (const key of ['and', 'or'] as const) {
    filter[key]?.forEach((child, index) => {
      checkNode(child, `${path}.${key}.${index}`, depth + 1, tally);
    });
  }
  if (filter.not !== undefined) checkNode(filter.not, `${path}.not`, depth + 1, tally);

  each(filter.category?.in, `${path}.category.in`, tally, checkCategoryKey);
  checkValues(filter.brand, `${path}.brand`, tally);
  each(filter.availability, `${path}.availability`, tally, (value, at) => {
    if (!AVAILABILITIES.includes(value)) throw badInput(at, AVAILABILITIES.join(', '), value);
  });
  filter.attributes?.forEach((attribute, index) => {
    checkText(attribute.name, `${path}.attributes.${index}.name`, MAX_VALUE_LENGTH);
    checkValues(attribute, `${path}.attributes.${index}`, tally);
  });
  each(filter.product?.in, `${path}.product.in`, tally, checkProductKey);
  each(filter.product?.notIn, `${path}.product.notIn`, tally, checkProductKey);
  for (const end of ['min', 'max'] as const) {
    const price = filter.price?.[end];
    if (price !== undefined) checkDecimal(price, `${path}.price.${end}`);
  }
  for (const end of ['from', 'to'] as const) {
    const date = filter.updatedAt?.[end];
    if (date !== undefined) checkDate(date, `${path}.updatedAt.${end}`);
  }
}

function checkValues(values: ValueFilter | undefined, path: string, tally: Tally): void {
  for (const key of ['in', 'notIn'] as const) {
    each(values?.[key], `${path}.${key}`, tally, (value, at) => checkValue(value, at, MAX_VALUE_LENGTH));
  }
}

function each<T>(
  values: readonly T[] | undefined,
  path: string,
  tally: Tally,
  check: (value: T, path: string) => void,
): void {
  if (values === undefined) return;
  tally.values += values.length;
  if (tally.values > MAX_VALUES) throw badInput(tally.path, `at most ${MAX_VALUES} values`, 'more');
  values.forEach((value, index) => {
    check(value, `${path}.${index}`);
  });
}

function checkCategoryKey(key: CategoryKey, path: string): void {
  if (key.kind === 'id') {
    checkUuid(key.id, path);
    return;
  }
  if (key.path.length === 0 || key.path.length > MAX_CATEGORY_DEPTH) {
    throw badInput(path, `a path of 1 to ${MAX_CATEGORY_DEPTH} names`, key.path);
  }
  key.path.forEach((name, index) => {
    checkText(name, `${path}.path.${index}`, MAX_VALUE_LENGTH);
  });
}

/** @throws AppError BAD_USER_INPUT */
export function checkProductKey(key: ProductKey, path: string): void {
  if (key.kind === 'id') checkUuid(key.id, path);
  else checkText(key.sku, path, MAX_VALUE_LENGTH);
}
