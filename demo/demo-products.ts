import { ASSORTMENT } from './assortment.ts';
import type { Item, Kind } from './kind.ts';
import { createRandom, type Random } from './random.ts';

/** A product of the demo shop, in the words of its feed. */
export interface DemoProduct {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** `Apparel > Topwear > Shirts` */
  readonly productType: string;
  readonly brand: string;
  readonly color: string;
  /** As Google Merchant has it; empty for what is not worn. */
  readonly gender: 'male' | 'female' | 'unisex' | '';
  readonly material: string;
  readonly pattern: string;
  readonly season: string;
  readonly style: string;
  /** `12.90 USD` */
  readonly price: string;
  readonly availability: 'in_stock' | 'out_of_stock' | 'preorder';
}

/** A product together with what it is drawn from. */
export interface ShopItem {
  readonly product: DemoProduct;
  readonly kind: Kind;
  readonly item: Item;
}

/** The whole shop, always the same. */
export function shopItems(): readonly ShopItem[] {
  let number = 0;
  return ASSORTMENT.flatMap((kind) =>
    kind.items.map((item) => {
      number += 1;
      const id = `LG-${String(number).padStart(4, '0')}`;
      return { product: describeItem(id, kind, item), kind, item };
    }),
  );
}

const GENDERS = { Men: 'male', Women: 'female', Unisex: 'unisex', '': '' } as const;
const PATTERN_WORDS: Readonly<Record<string, string>> = {
  Striped: 'Striped',
  Checked: 'Checked',
  Dotted: 'Polka Dot',
  Floral: 'Floral Print',
  Printed: 'Printed',
  Embroidered: 'Embroidered',
};

function describeItem(id: string, kind: Kind, item: Item): DemoProduct {
  const [wearer, color, accent, pattern, style, material = kind.material] = item;
  const random = createRandom(`product ${id}`);
  const brand = random.pick(kind.brands);
  const noun = kind.nouns[style] ?? kind.plural;
  const colors = pattern === 'Colourblocked' && color !== accent ? `${color} & ${accent}` : color;
  const grocery = kind.usage === 'everyday';
  const words = grocery
    ? [brand, noun]
    : [
        brand,
        wearer,
        PATTERN_WORDS[pattern] ?? '',
        material === 'Leather' && color !== 'Gold' ? `${colors} Leather` : colors,
        noun,
      ];
  return {
    id,
    title: words.filter((word) => word !== '').join(' '),
    description: grocery ? groceryText(kind, item, noun, random) : fashionText(kind, item, material, colors),
    productType: kind.category,
    brand,
    color,
    gender: GENDERS[wearer],
    material: grocery && material === 'Lemon' ? '' : material,
    pattern: grocery ? '' : pattern,
    season: grocery ? '' : random.pick(['Spring', 'Summer', 'Autumn', 'Winter']),
    style: grocery ? '' : style,
    price: `${priceOf(kind, random)} USD`,
    availability: random.chance(0.06) ? 'out_of_stock' : random.chance(0.03) ? 'preorder' : 'in_stock',
  };
}

function fashionText(kind: Kind, item: Item, material: string, colors: string): string {
  const [, color, accent, pattern] = item;
  const wear = `${color} ${kind.plural} for ${kind.usage} wear.`;
  const detail =
    pattern === 'Solid' || pattern === 'Colourblocked'
      ? `${material} in ${colors.toLowerCase()}`
      : `${material}, ${(PATTERN_WORDS[pattern] ?? pattern).toLowerCase()}, ${color.toLowerCase()} with ${accent.toLowerCase()}`;
  return `${wear} ${detail}.`;
}

function groceryText(kind: Kind, item: Item, noun: string, random: Random): string {
  const tail = kind.category.includes('Packages')
    ? random.pick([
        'Keep it cool and finish it within a few days of opening.',
        'For the breakfast table, and for cooking.',
        'Made in small lots, with nothing that need not be in it.',
      ])
    : random.pick([
        'Picked ripe and sold loose.',
        'Rinse it and eat it fresh, or cook with it.',
        'From growers whom we know by name.',
      ]);
  return `${noun}: ${item[1].toLowerCase()} ${kind.plural} for every day. ${tail}`;
}

/** Whole dollars and ninety cents, as price tags have it. */
function priceOf(kind: Kind, random: Random): string {
  const [from, to] = kind.price;
  return `${random.integer(from, to)}.${random.pick(['90', '50', '99'])}`;
}
