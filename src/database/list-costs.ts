import type { Transaction } from 'kysely';
import type { ScanCosts } from './measurements.ts';
import { commonestAttribute, explainLookup, type LookedUp, onlyBitmaps } from './scan-cost-statements.ts';
import type { Database } from './tables.ts';

/**
 * What it costs to have a row of sketches in a list of an index that is intersected with others, and to read it: told by PostgreSQL itself, since a search has both in one step. What there is
 * nothing to measure with is left out.
 *
 * @param p.range - prices of about as many pictures as a search looks at; undefined in a shop without prices
 */
export async function measureListCosts(
  transaction: Transaction<Database>,
  p: { modelId: string; sketchTable: string; range: { readonly lowest: string; readonly highest: string } | undefined },
): Promise<Partial<Pick<ScanCosts, 'read' | 'listed' | 'listedAttribute'>>> {
  const { rows } = await commonestAttribute(p.modelId).execute(transaction);
  const [attribute] = rows;
  await onlyBitmaps(true).execute(transaction);
  const ofPrices = p.range && (await bitmapCosts(transaction, p.sketchTable, p.range));
  const ofAttribute = attribute && (await bitmapCosts(transaction, p.sketchTable, attribute));
  await onlyBitmaps(false).execute(transaction);
  return { ...ofPrices, ...(ofAttribute && { listedAttribute: ofAttribute.listed }) };
}

/** Microseconds a row, the second time: what was not in memory yet says nothing of a database that is in use. Undefined where another way was taken. */
async function bitmapCosts(
  transaction: Transaction<Database>,
  sketchTable: string,
  looked: LookedUp,
): Promise<{ read: number; listed: number } | undefined> {
  await explainLookup(sketchTable, looked).execute(transaction);
  const { rows } = await explainLookup(sketchTable, looked).execute(transaction);
  const heap = rows[0]?.['QUERY PLAN'][0].Plan;
  const [list] = heap?.Plans ?? [];
  if (heap?.['Node Type'] !== 'Bitmap Heap Scan' || list === undefined || list['Actual Rows'] === 0) return undefined;
  // A clock that did not advance says less than a nanosecond a row, which nothing takes.
  const perRow = (milliseconds: number) => Math.max(0.001, (1000 * milliseconds) / list['Actual Rows']);
  return {
    listed: perRow(list['Actual Total Time']),
    read: perRow(heap['Actual Total Time'] - list['Actual Total Time']),
  };
}
