import { AVAILABILITY_ORDER, type Availability } from '../../database/closed-sets.ts';
import { type ByKind, conditionsOf, FIELD_NAMES, FIELDS, type Field, type ResolvedFilter } from './fields.ts';

/** What a filter is asked of: rows of `product`, or of a table of sketches, which say what the variants of a picture's looks have together. */
export type FilteredRow = 'PRODUCT' | 'SKETCH';

/** The conditions of a filter that hold together, each a filter of its own; without those that ask nothing. */
export function conjunctsOf(filter: ResolvedFilter): ResolvedFilter[] {
  return [
    ...conditionsOf(filter, CONJUNCTS),
    ...(filter.and ?? []).flatMap(conjunctsOf),
    ...(filter.or === undefined ? [] : [{ or: filter.or }]),
    ...(filter.not === undefined ? [] : [{ not: filter.not }]),
    ...(filter.hasVariant === undefined ? [] : [{ hasVariant: filter.hasVariant }]),
  ];
}

/** Those that are asked of variants, alone or with their product: one and the same variant must satisfy all of them. */
export function variantConjuncts(filter: ResolvedFilter): ResolvedFilter[] {
  return conjunctsOf(filter).filter(asksVariants);
}

/** Whether any of it is asked of variants. Whether a product has a variant is asked of the product. */
export function asksVariants({ and = [], or = [], not, hasVariant: _, ...fields }: ResolvedFilter): boolean {
  return (
    FIELD_NAMES.some((name) => {
      const { variantColumn }: Field = FIELDS[name];
      return fields[name] !== undefined && variantColumn !== undefined;
    }) || [...and, ...or, ...(not === undefined ? [] : [not])].some(asksVariants)
  );
}

/**
 * Whether what a row says of all its variants together decides that one of them satisfies all of these conditions, so that no variant need be looked at: of one condition
 * such as a colour, but not of two, which two variants may satisfy.
 */
export function areDecided(conjuncts: readonly ResolvedFilter[], row: FilteredRow): boolean {
  const [only, ...others] = conjuncts;
  return only === undefined || (others.length === 0 && isDecided(only, row));
}

function isDecided(conjunct: ResolvedFilter, row: FilteredRow): boolean {
  const { or, not, availability, attributes = [], numbers = [], onSale, gtin } = conjunct;
  if (or !== undefined) return or.every((one) => areDecided(variantConjuncts(one), row));
  if (not !== undefined) return unwantedStates(not) !== undefined;
  if (availability !== undefined) return isBestFirst(availability);
  // Asked of the product, also where a row is of some of its looks.
  if (row === 'PRODUCT' && (onSale === true || gtin?.in !== undefined)) return true;
  return numbers.length > 0 || attributes.some((attribute) => attribute.in !== undefined);
}

/** Whether the most available variant has one of these states as soon as any has. */
export function isBestFirst(states: readonly Availability[]): boolean {
  return AVAILABILITY_ORDER.slice(0, new Set(states).size).every((state) => states.includes(state));
}

/** The states that what is turned round asks for, and nothing else, where the most available variant has none of them as soon as any has none; undefined otherwise. */
export function unwantedStates(turned: ResolvedFilter): readonly Availability[] | undefined {
  const [only, ...others] = conjunctsOf(turned);
  const states = others.length === 0 ? only?.availability : undefined;
  return states && isBestFirst(AVAILABILITY_ORDER.filter((state) => !states.includes(state))) ? states : undefined;
}

const CONJUNCTS: ByKind<ResolvedFilter> = {
  tree: (ids, _, name) => [{ [name]: ids }],
  value: (states, _, name) => [{ [name]: states }],
  flag: (wanted, _, name) => [{ [name]: wanted }],
  values: ({ in: some, notIn }, _, name) =>
    [...given({ in: some }), ...given({ notIn })].map((one) => ({ [name]: one })),
  code: ({ in: some, notIn }, _, name) => [...given({ in: some }), ...given({ notIn })].map((one) => ({ [name]: one })),
  money: (range, _, name) => (hasEnds(range) ? [{ [name]: range }] : []),
  period: (period, _, name) => [{ [name]: period }],
  picture: (wanted, _, name) => [{ [name]: wanted }],
  numbers: (numbers, _, field) => numbers.filter(hasEnds).map((range) => ({ [field]: [range] })),
  attributes: (attributes, _, field) =>
    attributes.flatMap(({ name, in: some, notIn }) =>
      [...given({ in: some }), ...given({ notIn })].map((one) => ({ [field]: [{ name, ...one }] })),
    ),
};

function given<Part extends { readonly in?: unknown } | { readonly notIn?: unknown }>(part: Part): Part[] {
  return Object.values(part).every((values) => values === undefined) ? [] : [part];
}

function hasEnds({ min, max }: { readonly min?: string; readonly max?: string }): boolean {
  return min !== undefined || max !== undefined;
}
