import { show } from '../../errors.ts';
import { variantId } from '../../identifiers.ts';
import type { VariantRow } from '../product-input.ts';
import { splitByBrand } from '../variants/compose-product.ts';
import { type VariantDoubt, variantDoubts } from '../variants/variant-doubts.ts';

/** What the shop has under a group id already. */
export interface KnownGroup {
  readonly groupId: string;
  readonly brand: string | null;
  readonly variantIds: readonly string[];
}

/** Rows of one product, by their places among those that were handed in. */
export interface RowGroup {
  readonly groupId: string;
  readonly places: readonly number[];
}

/** What is to be told of a row that goes in all the same. */
export interface RowNote {
  readonly place: number;
  readonly reason: string;
}

/**
 * Rows by the product that they are variants of: those with the same `item_group_id`, whatever its case; one without is a product of its own, or one with the rows that have its id for their group.
 * Rows of other brands than the product's are the product `<id>/<brand>`: feeds use one group id for several products.
 *
 * @param known - products of the shop whose group id is one of the rows' in any case
 * @returns groups in the order of their first rows
 */
export function groupRows(
  rows: readonly VariantRow[],
  known: readonly KnownGroup[],
): { groups: RowGroup[]; notes: RowNote[] } {
  const notes: RowNote[] = [];
  const groups = [...byGroup(rows)].flatMap(([key, placed]): RowGroup[] => {
    const written = placed.find(({ row }) => row.groupId !== null)?.row.groupId;
    // A product of its own: its brand may be another one than before.
    if (written == null) return [{ groupId: key, places: placed.map(({ place }) => place) }];
    const stored = storedAs(written, known);
    const groupId = stored?.groupId ?? written;
    notes.push(...notesOf(placed));
    return splitByBrand(groupId, placed, keptBrand(placed, stored)).map((split) => {
      const [first] = split.rows;
      if (split.groupId !== groupId && first !== undefined) {
        const reason = `item_group_id: expected one brand to a group, found ${show(first.brand)} in ${show(groupId)}, too; its rows are the product ${show(split.groupId)}`;
        notes.push({ place: first.place, reason });
      }
      return { groupId: split.groupId, places: split.rows.map(({ place }) => place) };
    });
  });
  return { groups: groups.sort((a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0)), notes };
}

interface PlacedRow extends Pick<VariantRow, 'brand'> {
  readonly place: number;
  readonly row: VariantRow;
}

/** By the group in small letters, or by the id as it is written where no row has it for its group. */
function byGroup(rows: readonly VariantRow[]): Map<string, PlacedRow[]> {
  const groupIds = new Set(rows.flatMap(({ groupId }) => groupId?.toLowerCase() ?? []));
  const placed = new Map<string, PlacedRow[]>();
  for (const [place, row] of rows.entries()) {
    const isParent = row.groupId === null && groupIds.has(row.sku.toLowerCase());
    const key = row.groupId?.toLowerCase() ?? (isParent ? row.sku.toLowerCase() : row.sku);
    const some = placed.get(key) ?? [];
    some.push({ place, row, brand: row.brand });
    placed.set(key, some);
  }
  return placed;
}

/** The product of the shop that a group is: as it is written, or the only one that is written so but for the case. */
function storedAs(written: string, known: readonly KnownGroup[]): KnownGroup | undefined {
  const alike = known.filter(({ groupId }) => groupId.toLowerCase() === written.toLowerCase());
  return alike.find(({ groupId }) => groupId === written) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** The brand that keeps a group's id. Where no variant has that of the shop any more, the brand has another name now. */
function keptBrand(rows: readonly PlacedRow[], stored: KnownGroup | undefined): string | null {
  if (stored === undefined) return null;
  const given = new Set(rows.map(({ row }) => variantId(row.sku)));
  const isRenamed = stored.variantIds.every((id) => given.has(id)) && rows.every(({ brand }) => brand !== stored.brand);
  return isRenamed ? null : stored.brand;
}

function notesOf(placed: readonly PlacedRow[]): RowNote[] {
  const notes: RowNote[] = [];
  const parent = placed.find(({ row }) => row.groupId === null);
  if (parent !== undefined) {
    const reason = `id: expected a row's own, found ${show(parent.row.sku)}, the group of others; it is a variant beside them`;
    notes.push({ place: parent.place, reason });
  }
  for (const doubt of variantDoubts(placed.map(({ row }) => row)))
    notes.push({ place: placed[doubt.place]?.place ?? 0, reason: toldOfRow(doubt) });
  return notes;
}

function toldOfRow(doubt: VariantDoubt): string {
  if (doubt.code === 'OPTION_MISSING') return `${doubt.option}: expected a value in each row of the group, found none`;
  if (doubt.code === 'SEVERAL_CURRENCIES')
    return `price: expected one currency in a group, found ${doubt.currencies.join(', ')}; each variant keeps its own`;
  const { options, first } = doubt;
  const differing = options.length === 0 ? 'attributes that differ' : `other values of ${options.join(', ')}`;
  return `item_group_id: expected ${differing} in each row of a group, found those of ${show(first)} again`;
}
