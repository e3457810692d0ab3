import { type FeedFields, fieldName, type JsonValue } from '../feed-record.ts';
import { addValues } from './column-table.ts';

/** Fields whose members are attributes, each by its own name. */
const ATTRIBUTES =
  /^(?:attributes|product_attributes|custom_attributes|specifications|specs|properties|additional_property|params|parameters|features|details)$/;

const CATEGORIES = /^(?:category|categories|category_path|breadcrumbs?)$/;

/** What an object is called or where it lies: the first of these that it has. */
const NAMES = ['name', 'title', 'label', 'url', 'src', 'href', 'content_url', 'link', 'path', 'value'];

const AMOUNTS = ['amount', 'value', 'price', 'low_price'];
const CURRENCIES = ['currency', 'currency_code', 'price_currency'];

type JsonObject = { readonly [name: string]: JsonValue };

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Columns of a nested product: of objects what they are called or their address (`"brand": {"name": ...}`, `"images": [{"url": ...}]`), amounts of money as
 * text, lists as several values; objects of attributes are taken apart.
 *
 * @returns category: the levels, where a list of plain names says them
 */
export function flattenJson(product: JsonValue): { fields: FeedFields; category: readonly string[] | undefined } {
  const fields = new Map<string, string[]>();
  let category: readonly string[] | undefined;
  if (!isJsonObject(product)) return { fields, category };
  for (const [written, value] of Object.entries(product)) {
    const name = fieldName(written);
    if (ATTRIBUTES.test(name) && typeof value === 'object') addAttributes(fields, value);
    else addValues(fields, name, jsonTexts(value));
    if (CATEGORIES.test(name)) category ??= namedLevels(value);
  }
  return { fields, category };
}

/** A value's texts: of a list each, of an object what it is called, or an amount with its currency, or its parts with colons between. */
export function jsonTexts(value: JsonValue | undefined): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(jsonTexts);
  if (!isJsonObject(value)) return [String(value)];
  const object = Object.fromEntries(Object.entries(value).map(([name, part]) => [fieldName(name), part]));
  const one = moneyText(object) ?? spanText(object) ?? nameText(object);
  if (one !== undefined) return [one];
  const parts = Object.values(object).flatMap(jsonTexts);
  return parts.length === 0 ? [] : [parts.join(':')];
}

/** The first text of a value. */
export function jsonText(value: JsonValue | undefined): string | undefined {
  return jsonTexts(value)
    .map((text) => text.trim())
    .find((text) => text !== '');
}

/** Adds `{"Color": "Blue"}` or `[{"name": "Color", "value": "Blue"}]` as one attribute each. */
export function addAttributes(fields: Map<string, string[]>, value: JsonValue): void {
  if (Array.isArray(value)) {
    for (const entry of value) {
      if (!isJsonObject(entry)) continue;
      const name = jsonText(entry.name ?? entry.key ?? entry.attribute_code ?? entry.label);
      if (name !== undefined)
        addValues(fields, fieldName(name), jsonTexts(entry.value ?? entry.values ?? entry.options));
    }
  } else if (isJsonObject(value)) {
    for (const [name, said] of Object.entries(value)) addValues(fields, fieldName(name), jsonTexts(said));
  }
}

function namedLevels(value: JsonValue): string[] | undefined {
  if (!Array.isArray(value) || value.length < 2) return undefined;
  const names = value.filter((level) => typeof level === 'string' && !/>|»|›|\|/.test(level));
  return names.length === value.length ? (names as string[]) : undefined;
}

function moneyText(object: JsonObject): string | undefined {
  const currency = CURRENCIES.map((name) => object[name]).find((code) => typeof code === 'string' && code !== '');
  const micros = jsonScalar(object.amount_micros);
  const amount =
    micros === undefined ? AMOUNTS.map((name) => jsonScalar(object[name])).find((text) => text) : ofMicros(micros);
  if (amount === undefined || currency === undefined) return undefined;
  return `${amount} ${currency}`;
}

function spanText(object: JsonObject): string | undefined {
  const start = jsonScalar(object.start_time ?? object.start_date);
  const end = jsonScalar(object.end_time ?? object.end_date);
  return start === undefined && end === undefined ? undefined : `${start ?? ''}/${end ?? ''}`;
}

function nameText(object: JsonObject): string | undefined {
  return NAMES.map((name) => jsonScalar(object[name])).find((text) => text);
}

function jsonScalar(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A millionth of the currency's unit is what Google counts in. */
function ofMicros(micros: string): string | undefined {
  if (!/^\d+$/.test(micros)) return undefined;
  const digits = micros.padStart(7, '0');
  const decimals = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -6)}.${decimals}`;
}
