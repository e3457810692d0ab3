import type { Kysely } from 'kysely';
import type { Availability, Database, ImageState } from '../database/tables.ts';
import type { Money } from './product-input.ts';

export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly description: string | null;
  readonly brand: string | null;
  readonly categoryId: string | null;
  readonly price: Money | null;
  readonly availability: Availability;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly link: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ProductImage {
  readonly id: string;
  readonly productId: string;
  /** Null until fetched. */
  readonly contentHash: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly state: ImageState;
}

export interface Category {
  readonly id: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly parentId: string | null;
}

// Each takes many keys and runs one statement, for loaders; the result is in the order asked, undefined where there is none.
export declare function getProductsByIds(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<(Product | undefined)[]>;
export declare function getProductImages(
  db: Kysely<Database>,
  imageIds: readonly string[],
): Promise<(ProductImage | undefined)[]>;
/** In the shop's order. */
export declare function getImagesOfProducts(
  db: Kysely<Database>,
  productIds: readonly string[],
): Promise<ProductImage[][]>;
export declare function getCategoriesByIds(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<(Category | undefined)[]>;
/** By name; `null` asks for the top of the tree. */
export declare function getChildCategories(
  db: Kysely<Database>,
  parentIds: readonly (string | null)[],
): Promise<Category[][]>;
/** Products in it and in all categories below it. */
export declare function countProductsInCategories(db: Kysely<Database>, ids: readonly string[]): Promise<number[]>;
