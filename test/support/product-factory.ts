import sharp from 'sharp';
import type { ProductInput, VariantInput, VariantRow } from '../../src/catalog/product-input.ts';

/** What is said of a product and of its only variant. */
type SingleProduct = Omit<ProductInput, 'variants' | 'images'> & VariantInput;

/** A product with everything said of it, and with one variant unless `variants` says otherwise; tests say only what they are about. Its sku is its group id, too. */
export function aProduct(
  overrides: Partial<SingleProduct> & Partial<Pick<ProductInput, 'variants'>> = {},
): ProductInput {
  const {
    groupId,
    title,
    description,
    brand,
    category,
    furtherCategories,
    link,
    options,
    variants,
    keptSkus,
    ...variant
  } = overrides;
  return {
    groupId: groupId ?? variant.sku ?? 'A1',
    title: title ?? 'Red shirt',
    description: description === undefined ? 'A shirt that is red' : description,
    brand: brand === undefined ? 'Acme' : brand,
    category: category ?? ['Apparel', 'Topwear', 'Shirts'],
    furtherCategories: furtherCategories ?? [],
    link: link === undefined ? 'https://shop.example/a1' : link,
    ...(options && { options }),
    ...(keptSkus && { keptSkus }),
    images: [],
    variants: variants ?? [aVariant(variant)],
  };
}

/** A variant with a price, a colour and sizes. */
export function aVariant(overrides: Partial<VariantInput> = {}): VariantInput {
  return {
    sku: 'A1',
    title: null,
    price: { amount: '12.90', currency: 'USD' },
    compareAtPrice: null,
    availability: 'IN_STOCK',
    quantity: null,
    gtin: null,
    mpn: null,
    attributes: { color: ['Red'], size: ['S', 'M'] },
    link: null,
    images: [],
    ...overrides,
  };
}

/** A row of a feed. */
export function aRow(overrides: Partial<VariantRow> = {}): VariantRow {
  return {
    ...aVariant(),
    groupId: null,
    title: 'Red shirt',
    description: 'A shirt that is red',
    brand: 'Acme',
    category: ['Apparel', 'Topwear', 'Shirts'],
    furtherCategories: [],
    link: 'https://shop.example/a1',
    ...overrides,
  };
}

/** A picture of one colour, PNG. Another colour is another picture. */
export function aPicture(red: number, green = 0, blue = 0): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 6, channels: 3, background: { r: red, g: green, b: blue } } })
    .png()
    .toBuffer();
}
