import type { FeedEntryRow } from './read-variant-rows.ts';

/**
 * Rows in batches of some `size`, in which those of one product that follow each other stay together: the last product of a batch is held over for the next. A product of more rows than that is
 * cut all the same, so that no batch has more than twice as many rows, or more products than `size`.
 *
 * @param size - rows
 */
export async function* rowBatches(rows: AsyncIterable<FeedEntryRow>, size: number): AsyncGenerator<FeedEntryRow[]> {
  let batch: FeedEntryRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    const cut = startOfLastProduct(batch) || (batch.length >= size * 2 ? batch.length : 0);
    if (cut === 0) continue;
    yield batch.slice(0, cut);
    batch = batch.slice(cut);
  }
  if (batch.length > 0) yield batch;
}

/** Where the last rows begin that may go on with the next row of the feed. */
function startOfLastProduct(batch: readonly FeedEntryRow[]): number {
  const group = groupOf(batch.at(-1));
  if (group === undefined) return batch.length;
  let start = batch.length;
  while (start > 0 && groupOf(batch[start - 1]) === group) start--;
  return start;
}

function groupOf(row: FeedEntryRow | undefined): string | undefined {
  return row && 'row' in row ? row.row.groupId?.toLowerCase() : undefined;
}
