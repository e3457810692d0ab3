import type { ProductKey } from '../../src/search/request/search-request.ts';
import type { ShopProduct, ShopVariant } from './search-shop.ts';

/** What is bought of a product. */
export interface OracleVariant extends ShopVariant {
  readonly availability: NonNullable<ShopVariant['availability']>;
  readonly attributes: Record<string, string[]>;
  readonly look: number;
}

/** A product as the oracle keeps it; what its variants say is theirs. Titles, brands and values are of words that are their own stems. */
export interface OracleProduct extends Omit<ShopProduct, Exclude<keyof ShopVariant, 'sku'>> {
  readonly id: string;
  readonly title: string;
  /** At least one, in the shop's order. */
  readonly variants: readonly OracleVariant[];
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

/** Whether the key names the product, or a variant of it. */
export function isKeyOf(key: ProductKey, { id, variants }: OracleProduct): boolean {
  return key.kind === 'sku' ? variants.some(({ sku }) => sku === key.sku) : key.id === id;
}

/** All values of its variants, by name, each once. */
export function attributesOf({ variants }: Pick<OracleProduct, 'variants'>): Record<string, string[]> {
  const merged = new Map<string, Set<string>>();
  for (const { attributes } of variants) {
    for (const [name, values] of Object.entries(attributes)) {
      const known = merged.get(name) ?? new Set();
      for (const value of values) known.add(value);
      merged.set(name, known);
    }
  }
  return Object.fromEntries([...merged].map(([name, values]) => [name, [...values]]));
}
