import type { FeedFields } from '../feed-record.ts';
import { inheritedFields } from '../mapping.ts';

/** How a dialect's columns become ours. */
export interface ColumnTable {
  /** Ours, and theirs with the best first: the first that has a value is taken, the others are left out. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Theirs that come several times, each with its own values: `alternate_image_two`. */
  readonly repeated?: readonly (readonly [pattern: RegExp, ours: string])[];
  /** Theirs that say nothing to shoppers. What no line names becomes an attribute. */
  readonly dropped?: RegExp;
}

/** A row's fields by our names, in the order of the feed's columns. */
export function renameFields(fields: FeedFields, table: ColumnTable): Map<string, string[]> {
  const renamed = new Map<string, string[]>();
  const read = new Set<string>();
  const places = new Map([...fields.keys()].map((name, place) => [name, place]));
  const placeOf = new Map<string, number>();
  for (const [ours, theirs] of Object.entries(table.fields)) {
    for (const name of theirs) {
      const values = fields.get(name);
      if (values && !read.has(name) && !renamed.has(ours)) {
        renamed.set(ours, [...values]);
        placeOf.set(ours, places.get(name) ?? 0);
      }
      read.add(name);
    }
  }
  for (const [name, values] of fields) {
    if (read.has(name)) continue;
    const repeated = table.repeated?.find(([pattern]) => pattern.test(name))?.[1];
    if (repeated === undefined && table.dropped?.test(name)) continue;
    // `product_tags[0]` and `product_tags[1]` are one.
    const ours = repeated ?? name.replace(/\[\d+\]$/, '');
    addValues(renamed, ours, values);
    if (!placeOf.has(ours)) placeOf.set(ours, places.get(name) ?? 0);
  }
  return new Map([...renamed].sort(([some], [other]) => (placeOf.get(some) ?? 0) - (placeOf.get(other) ?? 0)));
}

/** Adds values to those of a field; blank ones are none. */
export function addValues(fields: Map<string, string[]>, name: string, values: readonly string[]): void {
  const said = values.map((value) => value.trim()).filter((value) => value !== '');
  if (said.length > 0) fields.set(name, [...(fields.get(name) ?? []), ...said]);
}

/** Fills in what a variant's row leaves to its product's. */
export function inherit(fields: Map<string, string[]>, parent: FeedFields, names: readonly string[]): void {
  for (const name of names) {
    const values = parent.get(name);
    if (values && !fields.has(name)) fields.set(name, [...values]);
  }
  for (const [name, values] of inheritedFields(parent)) if (!fields.has(name)) fields.set(name, values);
}

/** A list that is written with commas, in which `\,` is a comma. */
export function splitCommas(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((part) => part.replaceAll('\\,', ',').trim())
    .filter((part) => part !== '');
}

/** `1`, `true`, `yes`; undefined where nothing is said. */
export function isYes(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : /^(?:1|true|yes|y)$/i.test(text.trim());
}

/** A price less a discount, as digits; the price itself where one of them is no number. */
export function discounted(
  price: string,
  mode: 'percent' | 'amount',
  discount: string | undefined,
): string | undefined {
  const [from, less] = [price, discount ?? ''].map((text) =>
    text === '' ? Number.NaN : Number(text.replace(',', '.')),
  );
  if (from === undefined || less === undefined || Number.isNaN(from) || Number.isNaN(less) || less <= 0)
    return undefined;
  const left = mode === 'percent' ? from * (1 - less / 100) : from - less;
  return left >= 0 ? left.toFixed(2) : undefined;
}
