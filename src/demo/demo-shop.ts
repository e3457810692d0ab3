/** A product of the demo shop, in the words of its feed. */
export interface DemoProduct {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** `Apparel > Topwear > Shirts` */
  readonly productType: string;
  readonly brand: string;
  readonly color: string;
  readonly gender: string;
  readonly material: string;
  readonly pattern: string;
  /** `12.90 USD` */
  readonly price: string;
  readonly availability: 'in_stock' | 'out_of_stock' | 'preorder';
}

export interface DemoShopOptions {
  readonly folder: string;
  /** (3) 1 to 200 */
  readonly picturesPerProduct?: number;
  /** (true) also `customer-photos/` with `queries.tsv` */
  readonly customerPhotos?: boolean;
  /** In pictures. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** The products of the demo shop, always the same; nothing is drawn. */
export declare function demoProducts(): readonly DemoProduct[];

/** Draws the demo shop into a folder: `products.tsv` and its pictures, and `customer-photos/`. */
export declare function writeDemoShop(
  options: DemoShopOptions,
): Promise<{ feed: string; products: number; pictures: number }>;
