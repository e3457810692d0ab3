import { AVAILABILITIES } from '../../database/closed-sets.ts';
import { badInput } from '../../errors.ts';
import { checkDate, checkDecimal, checkText, checkUuid, checkValue } from './check-values.ts';
import type { CategoryKey, FieldName, ProductFilter, ProductKey, ValueFilter } from './search-request.ts';

// What a person or a page sends stays far below these; they bound the work that one request can ask for.
const MAX_DEPTH = 8;
const MAX_CONDITIONS = 200;
const MAX_VALUES = 1000;
const MAX_VALUE_LENGTH = 1000;
const MAX_CATEGORY_DEPTH = 32;

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
  tally.conditions += (filter.attributes?.length ?? 0) + (filter.numbers?.length ?? 0);
  if (tally.conditions > MAX_CONDITIONS) throw badInput(tally.path, `at most ${MAX_CONDITIONS} conditions`, 'more');

  for (const key of ['and', 'or'] as const) {
    filter[key]?.forEach((child, index) => {
      checkNode(child, `${path}.${key}.${index}`, depth + 1, tally);
    });
  }
  for (const key of ['not', 'hasVariant'] as const) {
    const child = filter[key];
    if (child !== undefined) checkNode(child, `${path}.${key}`, depth + 1, tally);
  }

  for (const name of FIELD_NAMES) {
    // A check is of its field's condition, which a union of functions does not say.
    const check = CHECKS[name] as Check<unknown>;
    if (filter[name] !== undefined) check(filter[name], `${path}.${name}`, tally);
  }
}

type Check<Condition> = (condition: Condition, path: string, tally: Tally) => void;

/** What the condition on each field is checked by. */
const CHECKS: { readonly [Name in FieldName]: Check<NonNullable<ProductFilter[Name]>> } = {
  category: ({ in: keys }, path, tally) => each(keys, `${path}.in`, tally, checkCategoryKey),
  brand: checkValues,
  price: (range, path) => checkEnds(range, path, checkDecimal),
  availability: (states, path, tally) => each(states, path, tally, checkAvailability),
  onSale: (isOn, path) => {
    if (typeof isOn !== 'boolean') throw badInput(path, 'true or false', isOn);
  },
  attributes: (attributes, path, tally) => {
    attributes.forEach((attribute, index) => {
      checkText(attribute.name, `${path}.${index}.name`, MAX_VALUE_LENGTH);
      checkValues(attribute, `${path}.${index}`, tally);
    });
  },
  numbers: (numbers, path) => {
    numbers.forEach(({ name, ...range }, index) => {
      checkText(name, `${path}.${index}.name`, MAX_VALUE_LENGTH);
      checkEnds(range, `${path}.${index}`, checkDecimal);
    });
  },
  product: ({ in: wanted, notIn }, path, tally) => {
    each(wanted, `${path}.in`, tally, checkProductKey);
    each(notIn, `${path}.notIn`, tally, checkProductKey);
  },
  gtin: checkValues,
  hasPicture: () => undefined,
  updatedAt: (period, path) => checkEnds(period, path, checkDate),
};

const FIELD_NAMES = Object.keys(CHECKS) as readonly FieldName[];

function checkEnds<T>(
  ends: Readonly<Record<string, T | undefined>>,
  path: string,
  check: (end: T, path: string) => void,
): void {
  for (const [name, end] of Object.entries(ends)) if (end !== undefined) check(end, `${path}.${name}`);
}

function checkAvailability(value: string, path: string): void {
  if (!AVAILABILITIES.some((known) => known === value)) throw badInput(path, AVAILABILITIES.join(', '), value);
}

function checkValues(values: ValueFilter, path: string, tally: Tally): void {
  for (const key of ['in', 'notIn'] as const) {
    each(values[key], `${path}.${key}`, tally, (value, at) => checkValue(value, at, MAX_VALUE_LENGTH));
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
