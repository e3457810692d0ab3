import type { VariantRow } from './product-input.ts';
import { placedProducts } from './variants/place-statements.ts';
import { rowsOfStored } from './variants/stored-product.ts';
import { storedProducts } from './variants/stored-statements.ts';
import { type WriteDeps, writeProducts } from './write-products.ts';

/** Products whose categories are moved in one transaction. */
const PRODUCTS_A_BATCH = 100;

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The attribute that a feed's categories were kept as, each written as its names from the top down. */
const CATEGORIES = 'categories';
const BETWEEN_NAMES = ' > ';

/**
 * Puts the products of a shop from before a product could be in several categories into all of those that its feed named: they were kept as an attribute, which goes. Can be stopped or killed at any
 * moment and run again. Where there is none such it is a look at an empty index.
 *
 * @returns products that were put into further categories
 * @throws AppError DATABASE_UNAVAILABLE; what was written stays
 */
export async function placeProducts(deps: WriteDeps): Promise<number> {
  let placed = 0;
  // Behind those that were looked at: one that the database refuses is not asked again before the next start.
  for (let after = FIRST_ID; ; ) {
    const some = await placedProducts(deps.db, { after, limit: PRODUCTS_A_BATCH }).execute();
    const last = some.at(-1);
    if (last === undefined) return placed;
    after = last.id;
    const stored = await storedProducts(
      deps.db,
      some.map(({ id }) => id),
    ).execute();
    const writes = stored.map((product) => ({
      groupId: product.group_id,
      rows: rowsOfStored(product).map(({ row, images }) => withCategories(row, images)),
    }));
    const outcomes = await writeProducts(deps, writes);
    placed += outcomes.filter(({ outcome }) => outcome === 'UPDATED').length;
  }
}

function withCategories(row: VariantRow, images: ReturnType<typeof rowsOfStored>[number]['images']): VariantRow {
  const { [CATEGORIES]: said = [], ...attributes } = row.attributes;
  const [, ...others] = said.map((path) => path.split(BETWEEN_NAMES));
  return {
    ...row,
    attributes,
    furtherCategories: others,
    images: images.map((image) => ({ kind: 'stored', ...image })),
  };
}
