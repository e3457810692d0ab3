import { show } from '../../errors.ts';
import { addField, type FeedEntry, fieldName } from './feed-record.ts';
import { readLines } from './read-lines.ts';

/** Google's own objects nest twice; what is far deeper is made to exhaust the stack. */
const MAX_DEPTH = 8;

/**
 * Reads a feed of one JSON object a line. Values are strings, numbers, booleans, or lists of them; of an object
 * (`"price": {"value": "12.90", "currency": "USD"}`) the values are put together in their order, an amount of money with a space
 * between, others with a colon, as Google writes the same in columns (`US:Standard:4.95 USD`).
 */
export async function* readJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<FeedEntry> {
  for await (const line of readLines(pieces)) {
    if ('problem' in line) {
      yield line;
    } else if (line.text.trim() !== '') {
      yield readObject(line.line, line.text);
    }
  }
}

function readObject(line: number, text: string): FeedEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { line, problem: `expected one JSON object on the line, found ${show(text)}` };
  }
  if (!isObject(value)) return { line, problem: `expected one JSON object on the line, found ${show(value)}` };
  const fields = new Map<string, string[]>();
  for (const [name, field] of Object.entries(value)) {
    for (const item of Array.isArray(field) ? field : [field]) {
      const written = toText(item);
      if (written === undefined) return { line, problem: `${name}: expected a value nested at most ${MAX_DEPTH} deep` };
      addField(fields, fieldName(name), written);
    }
  }
  return { line, fields };
}

/** undefined for what is nested too deep. */
function toText(value: unknown, depth = 0): string | undefined {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (depth === MAX_DEPTH) return undefined;
  const parts = Object.values(value ?? {}).map((part) => toText(part, depth + 1));
  if (parts.includes(undefined)) return undefined;
  const isMoney = ['amount,currency', 'currency,value'].includes(
    Object.keys(value ?? {})
      .sort()
      .join(),
  );
  return parts.join(isMoney ? ' ' : ':');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
