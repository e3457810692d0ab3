import type { VariantRow } from '../product-input.ts';
import { productsOfGroups } from '../variants/stored-statements.ts';
import { type WriteDeps, type WriteOutcome, writeProducts } from '../write-products.ts';
import { groupRows, type RowNote } from './group-rows.ts';

/** What became of the product that some rows are of. */
export interface WrittenGroup {
  /** Places of its rows among those that were handed in. */
  readonly places: readonly number[];
  readonly outcome: WriteOutcome;
}

export interface WrittenRows {
  /** In the order of the first row of each. */
  readonly groups: readonly WrittenGroup[];
  /** What is to be told of rows that went in all the same. */
  readonly notes: readonly RowNote[];
}

/**
 * Writes rows of a feed: see groupRows for what are variants of one product. Variants that the shop has already and that are not
 * among the rows stay, so the rows of a product may come at different times; what is said of the product is composed anew of all of its variants.
 *
 * @param rows - each sku once; of at most 500 products
 * @throws AppError as writeProducts does
 */
export async function writeRows(
  deps: WriteDeps,
  rows: readonly VariantRow[],
  options: { refetch?: boolean | undefined } = {},
): Promise<WrittenRows> {
  const groupIds = [...new Set(rows.flatMap(({ groupId }) => groupId ?? []))];
  const stored = groupIds.length === 0 ? [] : await productsOfGroups(deps.db, groupIds).execute();
  const { groups, notes } = groupRows(
    rows,
    stored.map(({ group_id: groupId, brand, variant_ids: variantIds }) => ({ groupId, brand, variantIds })),
  );
  const writes = groups.map(({ groupId, places }) => ({
    groupId,
    rows: places.flatMap((place) => rows[place] ?? []),
  }));
  const outcomes = await writeProducts(deps, writes, options);
  return {
    groups: groups.flatMap(({ places }, index) => {
      const outcome = outcomes[index];
      return outcome === undefined ? [] : [{ places, outcome }];
    }),
    notes,
  };
}
