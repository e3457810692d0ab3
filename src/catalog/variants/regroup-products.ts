import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import { groupRows } from '../feed/group-rows.ts';
import type { VariantRow } from '../product-input.ts';
import { type WriteDeps, writeProducts } from '../write-products.ts';
import { MAX_VARIANTS, usualFirst } from './product-options.ts';
import { rowsOfStored } from './stored-product.ts';
import { productsOfGroups, storedProducts, ungroupedOfGroups, ungroupedProducts } from './stored-statements.ts';

/** Products whose groups are made in one transaction. */
const PRODUCTS_A_BATCH = 100;

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The attribute that a feed's group was kept as. */
const GROUP = 'item_group_id';

/**
 * Groups the products of a shop from before there were variants: those of which a feed's `item_group_id` was kept as an attribute become variants of one product each, with their pictures and
 * vectors; the attribute goes. Can be stopped or killed at any moment and run again. Where there is nothing to group it is a look at an empty index.
 *
 * @returns products that became variants
 * @throws AppError DATABASE_UNAVAILABLE; what was written stays
 */
export async function regroupProducts(deps: WriteDeps): Promise<number> {
  let regrouped = 0;
  // Behind those that were looked at: one that the database refuses is not asked again before the next start.
  for (let after = FIRST_ID; ; ) {
    const some = await ungroupedProducts(deps.db, { after, limit: PRODUCTS_A_BATCH }).execute();
    const last = some.at(-1);
    if (last === undefined) return regrouped;
    after = last.id;
    regrouped += await regroup(deps, some);
  }
}

async function regroup(
  deps: WriteDeps,
  some: readonly { readonly id: string; readonly group_id: string | null }[],
): Promise<number> {
  const groupIds = [...new Set(some.flatMap(({ group_id }) => group_id?.trim() || []))];
  const alike = groupIds.length === 0 ? [] : await ungroupedOfGroups(deps.db, groupIds).execute();
  const ids = [...new Set([...some, ...alike].map(({ id }) => id))];
  const rows = await rowsOfProducts(deps.db, ids);
  const known = groupIds.length === 0 ? [] : await productsOfGroups(deps.db, groupIds).execute();
  const { groups } = groupRows(
    rows,
    // Products that are rows themselves say nothing of the group yet.
    known
      .filter(({ id }) => !ids.includes(id))
      .map(({ group_id: groupId, brand, variant_ids: variantIds }) => ({ groupId, brand, variantIds })),
  );
  const writes = groups.flatMap(({ groupId, places }) => {
    const ofGroup = places.flatMap((place) => rows[place] ?? []);
    // What goes beyond the bound stays what it was: products of their own.
    const most = ofGroup.slice(0, MAX_VARIANTS);
    return [
      { groupId, rows: most },
      ...ofGroup.slice(MAX_VARIANTS).map((row) => ({ groupId: row.sku, rows: [{ ...row, groupId: null }] })),
    ];
  });
  for (let start = 0; start < writes.length; start += PRODUCTS_A_BATCH)
    await writeProducts(deps, writes.slice(start, start + PRODUCTS_A_BATCH));
  return rows.length;
}

/** The variants of products, each with the group that was an attribute of it. */
async function rowsOfProducts(db: Kysely<Database>, ids: readonly string[]): Promise<VariantRow[]> {
  const stored = await storedProducts(db, ids).execute();
  const byId = new Map(stored.map((product) => [product.id, product]));
  return ids.flatMap((id) => {
    const product = byId.get(id);
    return product === undefined ? [] : rowsOfStored(product).map(({ row, images }) => withGroup(row, images));
  });
}

/** jsonb has no order of names. */
function withGroup(row: VariantRow, images: ReturnType<typeof rowsOfStored>[number]['images']): VariantRow {
  const { [GROUP]: said, ...attributes } = row.attributes;
  // SQL may have written a value without its list.
  const [group]: readonly unknown[] = [said].flat();
  return {
    ...row,
    groupId: group == null ? null : String(group).trim() || null,
    attributes: Object.fromEntries(usualFirst(Object.keys(attributes)).map((name) => [name, attributes[name] ?? []])),
    images: images.map((image) => ({ kind: 'stored', ...image })),
  };
}
