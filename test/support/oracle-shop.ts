import type { ProductKey } from '../../src/search/request/search-request.ts';
import type { ShopProduct } from './search-shop.ts';

/** A product as the oracle keeps it. Titles, brands and values are of words that are their own stems. */
export interface OracleProduct extends ShopProduct {
  readonly id: string;
  readonly title: string;
  readonly availability: NonNullable<ShopProduct['availability']>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A whole shop in memory, by sku. */
export interface OracleShop {
  readonly products: ReadonlyMap<string, OracleProduct>;
  readonly statistics: OracleStatistics;
  /** Whether vectors, those of queries included, are compared in half precision, as on a native PostgreSQL. */
  readonly halves: boolean;
}

/** What arbitrary pairs score, and the best that the shop's own vectors find, by kind of query and of document; undefined: not measured. */
export type OracleStatistics = Readonly<
  Partial<
    Record<
      'TEXT_IMAGE' | 'IMAGE_IMAGE' | 'TEXT_TEXT' | 'COMPOSED',
      { readonly mean: number; readonly standardDeviation: number; readonly nearestMean: number | null }
    >
  >
>;

/** Asked for what the contract refuses. */
export class OracleRefusal extends Error {}

/** Whether the key names the product. */
export function isKeyOf(key: ProductKey, { id, sku }: OracleProduct): boolean {
  return key.kind === 'sku' ? key.sku === sku : key.id === id;
}
