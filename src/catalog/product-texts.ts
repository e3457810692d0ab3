import type { ProductTable } from '../database/tables.ts';

/**
 * What a shop says of a product in one text, or not at all; each with its length in characters at most. The name is the same everywhere: of the column of
 * `product`, of the column of a feed and of the field in GraphQL. Checking, writing, reading and hashing go by this list.
 */
export const PRODUCT_TEXTS = {
  description: 50_000,
  brand: 200,
} as const satisfies { readonly [Name in keyof ProductTable]?: number };

export type TextName = keyof typeof PRODUCT_TEXTS;

export type ProductTexts = { readonly [Name in TextName]: string | null };

export const TEXT_NAMES = Object.keys(PRODUCT_TEXTS) as readonly TextName[];

/** One thing for each text. */
export function eachText<Result>(make: (name: TextName) => Result): Record<TextName, Result> {
  return Object.fromEntries(TEXT_NAMES.map((name) => [name, make(name)])) as Record<TextName, Result>;
}
