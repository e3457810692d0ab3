/** A query of an evaluation: what is asked, and what should be found. */
export interface EvaluationQuery {
  /** Place in the set of queries, from 1. */
  readonly position: number;
  /** Where it comes from, for messages: `line 4`, `picture 0b1c...`. */
  readonly origin: string;
  /** Words; null for a query by picture alone. */
  readonly text: string | null;
  /** Null for a query by words alone. */
  readonly picture: QueryPicture | null;
  readonly expected: Expectation;
  /** What is left out of the results because it is the query itself. */
  readonly leftOut: 'NOTHING' | 'OWN_PICTURE' | 'OWN_PRODUCT';
  /** The groups that it is counted in, by the name of the grouping: `{ category: 'Fruit > Apple', query: 'picture' }`. */
  readonly slices: Readonly<Record<string, string>>;
}

/** Where the picture of a query comes from. */
export type QueryPicture =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'catalogue';
      readonly imageId: string;
      readonly productId: string;
      readonly distortion: Distortion | null;
    };

/** What customers' photos have that shops' pictures have not. */
export const DISTORTIONS = [
  'flip',
  'rotate',
  'blur',
  'noise',
  'brightness',
  'crop',
  'background',
  'margin',
  'screenshot',
  'sideways',
] as const;
export type Distortion = (typeof DISTORTIONS)[number];

/** What a query should find. Either product or category is given. */
export interface Expectation {
  /** The product that it shows or means; null where it is left out of the results or not known. */
  readonly product: ProductLabel | null;
  /** The category of what it shows, names from the top down; null where it is not known. */
  readonly category: readonly string[] | null;
  /** Products of that category and below it that can be found; 0 without a category. */
  readonly categoryProducts: number;
}

export interface ProductLabel {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
}

/** A picture's quality is told by its shorter side, in pixels: below 100 details are gone, from 300 on models see no more. */
const PICTURE_SIZES = [
  { below: 100, name: 'below 100 px' },
  { below: 300, name: '100 to 299 px' },
  { below: Number.POSITIVE_INFINITY, name: '300 px or more' },
];

/** The name of the group of pictures of this size. @param size - in pixels */
export function pictureSizeSlice(size: { readonly width: number; readonly height: number }): string {
  const short = Math.min(size.width, size.height);
  return PICTURE_SIZES.find(({ below }) => short < below)?.name ?? '';
}

/** How a category is written in slices and reports. */
export function categoryName(path: readonly string[]): string {
  return path.join(' > ');
}
