import type { Kysely } from 'kysely';
import type { Availability } from '../database/closed-sets.ts';
import type { Database, ImageState } from '../database/tables.ts';
import { productsOfVariants } from './change-statements.ts';
import type { Attributes, Money } from './product-input.ts';
import { eachText, type ProductTexts } from './product-texts.ts';
import { categoriesByIds, childCategories, imagesByIds, productCounts, productsByIds } from './read-statements.ts';

/** A product as it is stored. */
export interface Product extends ProductTexts {
  readonly id: string;
  /** The shop's own identifier. */
  readonly groupId: string;
  readonly title: string;
  /** Those that it is in, the main one first. */
  readonly categories: readonly Category[];
  /** Names of the attributes that a shopper chooses between. */
  readonly options: readonly string[];
  /** Of its cheapest and dearest variant; null without a price, and where there are prices in several currencies. */
  readonly price: { readonly lowest: Money; readonly highest: Money } | null;
  /** Whether any variant costs less than before. */
  readonly onSale: boolean;
  /** Of its most available variant. */
  readonly availability: Availability;
  /** Every value of every variant. */
  readonly attributes: Attributes;
  /** What all variants have with the same values. */
  readonly commonAttributes: Attributes;
  readonly link: string | null;
  /** In the shop's order; the first is the main one. */
  readonly images: readonly ProductImage[];
  /** In the shop's order. */
  readonly variants: readonly ProductVariant[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is bought, as it is stored. */
export interface ProductVariant {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  /** Null: that of the product. */
  readonly title: string | null;
  readonly price: Money | null;
  /** Before a sale, or elsewhere. */
  readonly compareAtPrice: Money | null;
  readonly availability: Availability;
  readonly quantity: number | null;
  readonly gtin: string | null;
  readonly mpn: string | null;
  /** Its product's included. */
  readonly attributes: Attributes;
  readonly link: string | null;
  /** Variants of a product with the same number look the same. */
  readonly look: number;
  /** Its own pictures, in the shop's order. */
  readonly imageIds: readonly string[];
  readonly updatedAt: Date;
}

/** A picture of a product. */
export interface ProductImage {
  readonly id: string;
  readonly productId: string;
  /** Null until fetched. */
  readonly contentHash: string | null;
  /** In pixels, upright; null until fetched. */
  readonly width: number | null;
  readonly height: number | null;
  readonly state: ImageState;
  /** Why it FAILED; null otherwise. */
  readonly failure: string | null;
  /** The looks of its product that it shows (ProductVariant.look); null: none in particular. */
  readonly looks: readonly number[] | null;
}

/** A place in the tree of categories. */
export interface Category {
  readonly id: string;
  readonly name: string;
  /** Names from the top down, this one last. */
  readonly path: readonly string[];
  /** Ids of the categories that the path names, its own last. */
  readonly ancestorIds: readonly string[];
}

// Each takes many keys and runs one statement, for loaders; the result is in the order asked, undefined where there is none.
// Keys are UUIDs in lower case, as the database writes them: whoever takes them from outside checks that they are.

/** Products by id, with their categories and pictures. */
export async function getProductsByIds(db: Kysely<Database>, ids: readonly string[]): Promise<(Product | undefined)[]> {
  const rows = await productsByIds(db, ids).execute();
  const products = new Map(rows.map((row) => [row.id, productOf(row)]));
  return ids.map((id) => products.get(id));
}

/** The product that each variant is of, by id. */
export async function getProductIdsByVariants(
  db: Kysely<Database>,
  variantIds: readonly string[],
): Promise<(string | undefined)[]> {
  const rows = await productsOfVariants(db, variantIds).execute();
  const products = new Map(rows.map((row) => [row.id, row.product_id]));
  return variantIds.map((id) => products.get(id));
}

/** Pictures by id, of whatever product. */
export async function getProductImages(
  db: Kysely<Database>,
  imageIds: readonly string[],
): Promise<(ProductImage | undefined)[]> {
  const rows = await imagesByIds(db, imageIds).execute();
  const images = new Map(rows.map((row) => [row.id, imageOf(row)]));
  return imageIds.map((id) => images.get(id));
}

/** Categories by id. */
export async function getCategoriesByIds(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<(Category | undefined)[]> {
  const rows = await categoriesByIds(db, ids).execute();
  const categories = new Map(rows.map((row) => [row.id, categoryOf(row)]));
  return ids.map((id) => categories.get(id));
}

/** The categories directly below each, by name; `null` asks for the top of the tree. */
export async function getChildCategories(
  db: Kysely<Database>,
  parentIds: readonly (string | null)[],
): Promise<Category[][]> {
  const children = groupBy((await childCategories(db, parentIds).execute()).map(categoryOf), parentIdOf);
  return parentIds.map((id) => children.get(id) ?? []);
}

/** How many products are in each category and in all categories below it. Exact, so it takes longer the more there are. */
export async function countProductsInCategories(db: Kysely<Database>, ids: readonly string[]): Promise<number[]> {
  const rows = await productCounts(db, ids).execute();
  const counts = new Map(rows.map((row) => [row.category_id, row.products]));
  return ids.map((id) => counts.get(id) ?? 0);
}

/** The category right above; null at the top. A category knows all names and ids above it, so nothing needs to be read. */
export function parentOf({ path, ancestorIds }: Category): Category | null {
  const [id, name] = [ancestorIds.at(-2), path.at(-2)];
  if (id === undefined || name === undefined) return null;
  return { id, name, path: path.slice(0, -1), ancestorIds: ancestorIds.slice(0, -1) };
}

function parentIdOf({ ancestorIds }: Category): string | null {
  return ancestorIds.at(-2) ?? null;
}

type Row<Query extends { execute(): Promise<unknown[]> }> = Awaited<ReturnType<Query['execute']>>[number];

function productOf(row: Row<ReturnType<typeof productsByIds>>): Product {
  const lowest = moneyOf(row.price_lowest, row.price_currency);
  const highest = moneyOf(row.price_highest, row.price_currency);
  return {
    id: row.id,
    groupId: row.group_id,
    title: row.title,
    ...eachText((name) => row[name]),
    categories: row.categories.map(categoryOf),
    options: row.options,
    price: lowest && highest && { lowest, highest },
    onSale: row.on_sale,
    availability: row.availability,
    attributes: row.attributes,
    commonAttributes: row.common_attributes,
    link: row.link,
    images: row.images.map(imageOf),
    variants: row.variants.map((variant) => variantOf(row.id, variant)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function variantOf(productId: string, row: Row<ReturnType<typeof productsByIds>>['variants'][number]): ProductVariant {
  return {
    id: row.id,
    productId,
    sku: row.sku,
    title: row.title,
    price: moneyOf(row.price_amount, row.price_currency),
    compareAtPrice: moneyOf(row.compare_at_amount, row.price_currency),
    availability: row.availability,
    quantity: row.quantity,
    gtin: row.gtin,
    mpn: row.mpn,
    attributes: row.attributes,
    link: row.link,
    look: row.look,
    imageIds: row.image_ids,
    updatedAt: new Date(row.updated_at),
  };
}

function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}

/** A picture as its row says it. */
export function imageOf(row: Row<ReturnType<typeof imagesByIds>>): ProductImage {
  return {
    id: row.id,
    productId: row.product_id,
    contentHash: row.content_hash,
    width: row.width,
    height: row.height,
    state: row.state,
    failure: row.failure,
    looks: row.looks,
  };
}

function categoryOf(row: Row<ReturnType<typeof categoriesByIds>>): Category {
  return { id: row.id, name: row.name, path: row.path, ancestorIds: row.ancestor_ids };
}

/** Keeps the order within each group. */
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
