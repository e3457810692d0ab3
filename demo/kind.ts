import type { Draw, Pattern } from './look.ts';
import type { ColorName } from './palette.ts';

/** What one product is, before it has a brand and a price. */
export type Item = readonly [
  wearer: 'Men' | 'Women' | 'Unisex' | '',
  color: ColorName,
  /** The second colour. */
  accent: ColorName,
  pattern: Pattern,
  style: string,
  /** Where it differs from its kind's. */
  material?: string | undefined,
  /** The drawn colours, where the names of colours are too coarse: fruit. */
  tones?: readonly [color: string, accent: string],
];

/** Products of one kind: sold under one category, drawn by one hand. */
export interface Kind {
  /** `Apparel > Topwear > Shirts` */
  readonly category: string;
  /** What the products are called, by style: `polo` -> `Polo T-shirt`. */
  readonly nouns: Readonly<Record<string, string>>;
  /** In the plural, for descriptions: `t-shirts`. */
  readonly plural: string;
  readonly draw: Draw;
  /** `portrait`: 600 x 800, `square`: 640 x 640. */
  readonly frame: 'portrait' | 'square';
  readonly brands: readonly [string, ...string[]];
  readonly usage: 'casual' | 'formal' | 'sports' | 'ethnic' | 'party' | 'everyday';
  readonly material: string;
  /** In dollars, from and to. */
  readonly price: readonly [number, number];
  readonly items: readonly Item[];
}
