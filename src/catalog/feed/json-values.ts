import { addField, type FeedFields, fieldName, type JsonValue } from './feed-record.ts';

/** Google's own objects nest twice, whole exports of shops eight times; what is far deeper is made to exhaust the stack. */
const MAX_DEPTH = 16;

/** A text of JSON, which stays as it is, or a number. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?![\d.eE+-])/g;

/**
 * Reads JSON with its numbers to the digit: one that a double would write otherwise (`12345678901234567890`, `14.90`) becomes a text.
 *
 * @throws SyntaxError for what is no JSON
 */
export function parseJson(text: string): JsonValue {
  // Most texts have no such number, and JSON.parse alone is ten times as quick.
  if (!/\d{16}|\d\.\d/.test(text)) return JSON.parse(text);
  const exact = text.replace(TEXT_OR_NUMBER, (part) =>
    part.startsWith('"') || String(Number(part)) === part ? part : `"${part}"`,
  );
  return JSON.parse(exact);
}

/**
 * The fields of an object, flat: strings, numbers, booleans, or lists of them; of an object (`"price": {"value": "12.90", "currency":
 * "USD"}`) the values are put together in their order, an amount of money with a space between, others with a colon, as Google writes
 * the same in columns (`US:Standard:4.95 USD`).
 *
 * @returns what is wrong with it, where a value is nested over 16 deep
 */
export function jsonFields(value: Readonly<Record<string, JsonValue>>): FeedFields | string {
  const fields = new Map<string, string[]>();
  for (const [name, field] of Object.entries(value)) {
    for (const item of Array.isArray(field) ? field : [field]) {
      const written = toText(item);
      if (written === undefined) return `${name}: expected a value nested at most ${MAX_DEPTH} deep`;
      addField(fields, fieldName(name), written);
    }
  }
  return fields;
}

/** Whether it is an object, and no list. */
export function isJsonObject(value: JsonValue): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** undefined for what is nested too deep. */
function toText(value: JsonValue, depth = 0): string | undefined {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (depth === MAX_DEPTH) return undefined;
  const parts = Object.values(value).map((part: JsonValue) => toText(part, depth + 1));
  if (parts.includes(undefined)) return undefined;
  const names = Object.keys(value).sort().join();
  return parts.join(names === 'amount,currency' || names === 'currency,value' ? ' ' : ':');
}
