import type { ProductSort } from '../../src/database/closed-sets.ts';
import { imageId, productId } from '../../src/identifiers.ts';
import type {
  Boost,
  FacetField,
  ProductFilter,
  ProductKey,
  SearchMatch,
  SearchRequest,
  SearchTerm,
} from '../../src/search/request/search-request.ts';
import type { OracleProduct, OracleShop, OracleStatistics, OracleVariant } from './oracle-shop.ts';

/** Words with an axis of their own that are their own stems; one of them is a brand as well. */
const WORDS = ['red', 'blue', 'green', 'shirt', 'shoe', 'bag', 'dress'];
/** No product has it, and none is like it. */
const STRANGE = 'zzyzxqq';
const BRANDS = ['Acme', 'Bolt', 'Red', 'Blue Bag'];
export const CATEGORIES = [
  ['Clothes'],
  ['Clothes', 'Tops'],
  ['Clothes', 'Tops', 'Shirts'],
  ['Shoes'],
  ['Bags', 'Small'],
];
/** Of many digits, few and with other signs; two products may share one. */
const GTINS = Array.from({ length: 30 }, (_, number) => String(4_006_381_333_000 + number)).concat('0', 'none-1');
const PRICES = ['5', '9.90', '10', '10.00', '25.5'];
const CURRENCIES = ['USD', 'USD', 'EUR'];
const DAYS = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-02-01'].map((day) => new Date(`${day}T00:00:00Z`));
/** Numbers of one or more digits, with and without sign and decimals, and what only looks like them. */
const WEIGHTS_OF_GOODS = [
  '-5',
  '-0.5',
  '0',
  '0.0',
  '2.50',
  '2.5',
  '10',
  '12 cm',
  '1e3',
  '',
  'NaN',
  '.5',
  '+7',
  '1,5',
  '٣',
];
/** Bounds of ranges of them. */
const BOUNDS = ['-5', '-1', '0', '2.5', '9.99', '100'];
const COLORS = ['Red', 'Blue', 'Green'];
const SIZES = ['XL', 'XXL'];
/** In sums of them nothing is rounded, so that equal ones come out equal. */
const BOOSTS = [-0.5, -0.25, -0.125, 0.125, 0.25, 0.5, 1];
const WEIGHTS = [1, 1, 1, 0.7, 0.5, 0.25, -0.25, -0.5, -1];
/** Looks of pictures that a shop has: few, so that products tie. */
const LOOKS = 40;

/** The lengths along the axes of a vector of length 1 that half precision holds to the last bit. */
const SHAPES = [
  [1],
  [0.5, 0.5, 0.5, 0.5],
  [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25],
  [0.75, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25],
];

/** Makes shops and searches that are full of ties and of things that are missing; the same ones for the same numbers. */
export interface RandomShop {
  /** With one variant of the same sku, or with several of others. */
  product(sku: string): OracleProduct;
  /** What a variant costs and whether it can be bought. */
  offer(): Pick<OracleVariant, 'price' | 'currency' | 'compareAtPrice' | 'availability'>;
  /** Pictures for a product with these variants, and the looks that they show. */
  pictures(variants: readonly OracleVariant[]): Pick<OracleProduct, 'pictures' | 'pictureLooks'>;
  statistics(): OracleStatistics;
  /** Any variant of the shop; one that is not there now and then. */
  sku(shop: OracleShop): string;
  request(shop: OracleShop): SearchRequest;
  facetFields(): FacetField[];
}

/** @param random - 0 up to 1 */
export function createRandomShop(random: () => number): RandomShop {
  const chance = (share: number) => random() < share;
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const several = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: whole(least, most) }, make);
  const maybe = <K extends string, T>(share: number, key: K, make: () => T) =>
    (chance(share) ? { [key]: make() } : {}) as { [key in K]?: T };

  function vector(): number[] {
    const lengths = [...pick(SHAPES)].map((length) => (chance(0.2) ? -length : length));
    while (lengths.length < 8) lengths.splice(whole(0, lengths.length), 0, 0);
    return lengths;
  }
  const looks = Array.from({ length: LOOKS }, vector);

  function offer(): ReturnType<RandomShop['offer']> {
    const price = maybe(0.8, 'price', () => pick(PRICES));
    return {
      ...price,
      ...(price.price !== undefined && { currency: pick(CURRENCIES) }),
      compareAtPrice: chance(0.3) ? pick(PRICES) : undefined,
      availability: chance(0.7) ? 'IN_STOCK' : pick(['OUT_OF_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER']),
    };
  }

  const attributes = () => ({
    ...maybe(0.6, 'color', () => [...new Set(several(1, 2, () => pick(COLORS)))]),
    ...maybe(0.3, 'size', () => [pick(SIZES)]),
    ...maybe(0.6, 'weight', () => [...new Set(several(1, 3, () => pick(WEIGHTS_OF_GOODS)))]),
  });

  /** Mostly one; of a few products very many. */
  function variantsOf(sku: string): OracleVariant[] {
    const count = chance(0.65) ? 1 : chance(0.9) ? whole(2, 6) : chance(0.8) ? whole(7, 30) : whole(31, 200);
    const lookCount = count === 1 ? 1 : whole(1, Math.min(4, count));
    // Some of what is said holds for all of them, and some is in one currency.
    const common = attributes();
    const offered = chance(0.5) ? offer() : undefined;
    return Array.from({ length: count }, (_, place) => ({
      ...(offered !== undefined && chance(0.5) ? offered : offer()),
      sku: count === 1 ? sku : `${sku}v${place}`,
      gtin: chance(0.5) ? pick(GTINS) : undefined,
      attributes: {
        ...common,
        ...(count > 1 && {
          ...maybe(0.6, 'color', () => [pick(COLORS)]),
          ...maybe(0.6, 'size', () => [pick(SIZES)]),
          ...maybe(0.1, 'weight', () => [pick(WEIGHTS_OF_GOODS)]),
        }),
      },
      look: place < lookCount ? place : whole(0, lookCount - 1),
    }));
  }

  /** Each look has a picture of its own, but where that one is gone. */
  function pictures(variants: readonly OracleVariant[]): ReturnType<RandomShop['pictures']> {
    const numbers = [...new Set(variants.map(({ look }) => look))];
    if (chance(0.25)) return { pictures: [] };
    if (numbers.length === 1) return { pictures: several(1, 4, () => pick(looks)) };
    const own = numbers.filter(() => chance(0.97)).map((number) => [number]);
    const others = several(0, 2, () =>
      chance(0.5) ? null : [...new Set(several(1, 2, () => pick(numbers)))].toSorted(),
    );
    const pictureLooks = [...own, ...others];
    return { pictures: pictureLooks.map(() => pick(looks)), pictureLooks };
  }

  function product(sku: string): OracleProduct {
    const variants = variantsOf(sku);
    const [category, ...others] = [...new Set(several(1, 3, () => pick(CATEGORIES)))];
    return {
      id: productId(sku),
      sku,
      variants,
      title: several(1, 3, () => pick(WORDS)).join(' '),
      createdAt: pick(DAYS),
      updatedAt: pick(DAYS),
      ...pictures(variants),
      ...maybe(0.5, 'textVector', () => pick(looks)),
      ...maybe(0.3, 'description', () => pick(WORDS)),
      ...maybe(0.7, 'brand', () => pick(BRANDS)),
      ...(chance(0.8) && { category, ...(others.length > 0 && { furtherCategories: others }) }),
    };
  }

  function statistic() {
    const mean = whole(-10, 40) / 100;
    const standardDeviation = whole(10, 45) / 100;
    // At least one standard deviation above the mean, or the table refuses it.
    const nearestMean = chance(0.2) ? null : Math.max(whole(60, 100) / 100, mean + standardDeviation + 0.01);
    return { mean, standardDeviation, nearestMean };
  }

  function statistics(): OracleStatistics {
    return {
      ...maybe(0.9, 'TEXT_IMAGE', statistic),
      ...maybe(0.9, 'IMAGE_IMAGE', statistic),
      ...maybe(0.9, 'TEXT_TEXT', statistic),
      ...maybe(0.8, 'COMPOSED', () => ({ mean: 0, standardDeviation: whole(80, 120) / 100, nearestMean: null })),
    };
  }

  const anyOf = ({ products }: OracleShop) => pick([...products.values()]);
  const sku = (shop: OracleShop) => (chance(0.05) ? 'missing' : pick(anyOf(shop).variants).sku);
  const key = (shop: OracleShop): ProductKey =>
    chance(0.5)
      ? { kind: 'sku', sku: sku(shop) }
      : { kind: 'id', id: productId(chance(0.05) ? 'missing' : anyOf(shop).sku) };

  function text(shop: OracleShop): string {
    if (chance(0.1)) return pick(BRANDS).toLowerCase();
    if (chance(0.05)) return sku(shop);
    return several(1, 3, () => (chance(0.1) ? STRANGE : pick(WORDS))).join(' ');
  }

  function match(shop: OracleShop): SearchMatch {
    if (chance(0.55)) return { kind: 'text', text: text(shop) };
    if (chance(0.4)) return { kind: 'product', product: key(shop) };
    const pictured = [...shop.products.values()].filter(({ pictures = [] }) => pictures.length > 0);
    if (chance(0.3) && pictured.length > 0) {
      const { sku, pictures = [] } = pick(pictured);
      return {
        kind: 'image',
        source: { kind: 'productImage', id: imageId(productId(sku), String(whole(0, pictures.length - 1))) },
      };
    }
    const bytes = new TextEncoder().encode(JSON.stringify(chance(0.5) ? pick(looks) : vector()));
    return { kind: 'image', source: { kind: 'bytes', bytes } };
  }

  const valueFilter = (values: readonly string[]) => ({
    ...maybe(0.7, 'in', () => several(0, 2, () => pick(values))),
    ...maybe(0.3, 'notIn', () => several(0, 2, () => pick(values))),
  });

  function filter(shop: OracleShop, depth: number): ProductFilter {
    const conditions: (() => ProductFilter)[] = [
      () => ({
        category: {
          in: several(chance(0.1) ? 0 : 1, 2, () => ({ kind: 'path', path: pick(CATEGORIES) })),
          ...maybe(0.5, 'includeDescendants', () => chance(0.5)),
        },
      }),
      () => ({ brand: valueFilter([...BRANDS, 'Nobody']) }),
      () => ({ gtin: valueFilter([...GTINS, '4000000000000']) }),
      () => ({ onSale: chance(0.5) }),
      () => ({ hasPicture: chance(0.5) }),
      () => ({ price: { ...maybe(0.6, 'min', () => pick(PRICES)), ...maybe(0.6, 'max', () => pick(PRICES)) } }),
      () => ({
        availability: several(1, 3, () => pick(['IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER'] as const)),
      }),
      () => ({
        attributes: several(1, 2, () => ({
          name: pick(['color', 'size', 'missing']),
          ...valueFilter([...COLORS, ...SIZES]),
        })),
      }),
      () => ({
        numbers: several(1, 2, () => ({
          name: pick(['weight', 'weight', 'size', 'missing']),
          ...maybe(0.6, 'min', () => pick(BOUNDS)),
          ...maybe(0.6, 'max', () => pick(BOUNDS)),
        })),
      }),
      () => ({
        product: {
          ...maybe(0.2, 'in', () => several(0, 40, () => key(shop))),
          ...maybe(0.5, 'notIn', () => several(0, 5, () => key(shop))),
        },
      }),
      () => ({ updatedAt: { ...maybe(0.6, 'from', () => pick(DAYS)), ...maybe(0.6, 'to', () => pick(DAYS)) } }),
      ...(depth === 0
        ? []
        : [
            () => ({ or: several(chance(0.05) ? 0 : 1, 3, () => filter(shop, depth - 1)) }),
            () => ({ and: several(0, 2, () => filter(shop, depth - 1)) }),
            () => ({ not: filter(shop, depth - 1) }),
          ]),
    ];
    return Object.assign({}, ...several(depth === 2 ? 1 : 0, 2, () => pick(conditions)())) as ProductFilter;
  }

  function request(shop: OracleShop): SearchRequest {
    const terms: SearchTerm[] = several(chance(0.1) ? 0 : 1, chance(0.5) ? 1 : 3, () => ({
      match: match(shop),
      weight: pick(WEIGHTS),
    }));
    const saysWords = terms.some(({ match, weight = 1 }) => match.kind === 'text' && weight > 0);
    return {
      terms,
      words: chance(0.3) ? 'OFF' : saysWords && chance(0.2) ? 'ONLY' : 'AUTO',
      first: whole(1, chance(0.5) ? 100 : 20),
      unavailable: pick(['SHOW', 'LAST', 'LAST', 'HIDE']),
      ...maybe(0.6, 'filter', () => filter(shop, 2)),
      ...maybe(0.3, 'minRelevance', () => pick([0.01, 0.2, 0.5, 0.9])),
      ...(chance(0.3) && { sort: pick<ProductSort>(['PRICE_ASC', 'PRICE_DESC', 'NEWEST', 'TITLE']) }),
      ...(chance(0.1) && { sort: pick(['NUMBER_ASC', 'NUMBER_DESC']), sortAttribute: pick(['weight', 'missing']) }),
      ...maybe(0.3, 'boosts', () => several(1, 3, (): Boost => ({ filter: filter(shop, 1), by: pick(BOOSTS) }))),
      ...maybe(0.2, 'pin', () => several(1, 4, () => key(shop))),
      ...maybe(0.2, 'exclude', () => several(1, 4, () => key(shop))),
      ...maybe(0.15, 'unlike', () => key(shop)),
      ...maybe(0.2, 'currency', () => pick(['USD', 'EUR', 'eur', 'GBP'])),
    };
  }

  const FIELDS: readonly FacetField[] = [
    { builtIn: 'CATEGORY' },
    { builtIn: 'BRAND' },
    { builtIn: 'PRICE' },
    { builtIn: 'AVAILABILITY' },
    { attribute: 'color' },
    { attribute: 'size' },
    { attribute: 'missing' },
    { attribute: 'weight' },
  ];
  return { product, offer, pictures, statistics, sku, request, facetFields: () => several(0, 4, () => pick(FIELDS)) };
}
