import type { FeedEntry } from '../../../../src/catalog/feed/feed-record.ts';

/** The text as a stream of pieces of `size` characters, so that every boundary is tried. */
export async function* inPieces(text: string, size = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

/** Entries as plain objects, to compare: `{ line, id: ['1'], ... }` or `{ line, problem }`. */
export async function collect(entries: AsyncIterable<FeedEntry>): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for await (const entry of entries) {
    found.push('problem' in entry ? { ...entry } : { line: entry.line, ...Object.fromEntries(entry.fields) });
  }
  return found;
}
