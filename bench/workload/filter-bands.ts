import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/database/tables.ts';
import { matchingProductCount } from '../../src/search/filter/matching-statements.ts';
import { type Conditions, productPredicates, type ResolvedFilter } from '../../src/search/filter/product-filter.ts';
import { resolveFilters } from '../../src/search/filter/resolve-filter.ts';
import type { ProductFilter } from '../../src/search/request/search-request.ts';
import {
  type AttributeCounts,
  type CountedConditions,
  countAttributes,
  type Field,
  pathOf,
} from './attribute-counts.ts';

/** Filters of one kind. Queries take turns among them. */
export interface FilterBand {
  readonly name: string;
  readonly filters: readonly BandFilter[];
  /** Whether a query takes one that its own neighbourhood does not satisfy, by category, instead of its turn. */
  readonly elsewhere: boolean;
}

export interface BandFilter {
  readonly filter: ProductFilter;
  /** The same with ids in the place of keys. */
  readonly resolved: ResolvedFilter;
  /** On `product as p`. */
  readonly where: Conditions;
  /** Products that satisfy it, counted. */
  readonly matching: number;
}

/** In percent of all products. */
const SHARES = [50, 20, 5, 3, 1, 0.1, 0.01];
/** How far a share may be off. */
const TOLERANCE = 0.2;
/** What filters of a share may be made of, the most telling first; of each that is near enough, one. */
const SHAPES: readonly (readonly Field[])[] = [
  ['category'],
  ['color'],
  ['category', 'color'],
  ['brand'],
  ['category', 'color', 'gender'],
  ['gender'],
  ['usage'],
  ['brand', 'color'],
];
const FILTERS_TO_A_BAND = 5;

/**
 * The filters of the workload, by share and by form, chosen by counting: the same on every run over the same products. Shares hold to within a fifth; where the
 * shop is so small that a share is less than a product, its band is left out.
 */
export async function chooseFilterBands(db: Kysely<Database>): Promise<FilterBand[]> {
  const counts = await countAttributes(db);
  const priceRange = await priceRanges(db);
  const bands: { name: string; filters: ProductFilter[]; elsewhere?: boolean }[] = [
    { name: 'none', filters: [{}] },
    ...SHARES.map((percent) => ({ name: `${percent} %`, filters: ofShare(counts, percent / 100, priceRange) })),
    {
      name: 'two attributes',
      filters: nearShare(counts, 0.01, [
        ['category', 'color'],
        ['category', 'brand'],
        ['color', 'usage'],
        ['brand', 'gender'],
      ]),
    },
    {
      name: 'three attributes',
      filters: nearShare(counts, 0.002, [
        ['category', 'color', 'gender'],
        ['category', 'brand', 'color'],
        ['category', 'color', 'usage'],
        ['brand', 'color', 'gender'],
      ]),
    },
    { name: 'category tree', filters: counts.inner.slice(0, FILTERS_TO_A_BAND).map(({ filter }) => filter) },
    {
      name: 'price range',
      filters: [priceRange(0, 0.1), priceRange(0.4, 0.7), priceRange(0.95, 1), priceRange(0.5, 0.51)],
    },
    { name: 'or', filters: either(counts) },
    { name: 'not', filters: turnedRound(counts) },
    { name: 'elsewhere', filters: leaves(counts).slice(0, 12), elsewhere: true },
    { name: 'nothing', filters: [{ brand: { in: ['no such brand'] } }, neverTogether(counts)] },
  ];
  const checked: FilterBand[] = [];
  for (const { name, filters, elsewhere = false } of bands) {
    if (filters.length === 0) continue;
    checked.push({
      name,
      elsewhere,
      filters: await Promise.all(filters.map((filter) => bandFilter(db, filter, counts.products))),
    });
  }
  return checked;
}

async function bandFilter(db: Kysely<Database>, filter: ProductFilter, products: number): Promise<BandFilter> {
  const [resolved = {}] = await resolveFilters(db, [{ filter, path: 'filter' }], 'USD');
  const where = productPredicates(resolved);
  const { count } = await matchingProductCount(db, { filter: resolved, limit: products }).executeTakeFirstOrThrow();
  return { filter, resolved, where, matching: count };
}

/** Ends of price ranges are known to a hundredth of a percent of all products. */
const PRICE_STEPS = 10_000;

type PriceRange = (from: number, to: number) => ProductFilter;

/** Filters on price by the shares of products below their ends. */
async function priceRanges(db: Kysely<Database>): Promise<PriceRange> {
  const { rows } = await sql<{ prices: string[] }>`
    select percentile_disc(array(select step / ${sql.lit(PRICE_STEPS)}::float8 from generate_series(0, ${sql.lit(PRICE_STEPS)}::integer) as step))
      within group (order by price_lowest)::text[] as prices
    from product`.execute(db);
  const at = (share: number) => rows[0]?.prices[Math.round(share * PRICE_STEPS)] ?? '0';
  return (from, to) => ({ price: { min: at(from), max: at(to) } });
}

function ofShare(counts: AttributeCounts, share: number, priceRange: PriceRange): ProductFilter[] {
  const near = SHAPES.flatMap((fields) => nearest(counts.conditionsOn(fields), share * counts.products));
  // From a third of the way up: neither the cheapest nor the dearest. A range of less than a thousandth is too coarse in cents.
  const price = share >= 0.001 ? [priceRange(1 / 3, 1 / 3 + share)] : [];
  return [...price, ...near].slice(0, FILTERS_TO_A_BAND);
}

/** The one nearest to a number of products, if one is near enough. */
function nearest(conditions: readonly CountedConditions[], wanted: number): ProductFilter[] {
  const off = ({ matching }: CountedConditions) => Math.abs(matching - wanted);
  const [best] = [...conditions].sort((a, b) => off(a) - off(b));
  return best !== undefined && off(best) <= TOLERANCE * wanted ? [best.filter] : [];
}

/** Of each shape the one that is nearest to a share, however near that is. */
function nearShare(counts: AttributeCounts, share: number, shapes: readonly (readonly Field[])[]): ProductFilter[] {
  const off = ({ matching }: CountedConditions) => Math.abs(Math.log(matching / (share * counts.products)));
  return shapes.flatMap((fields) => {
    const [best] = counts.conditionsOn(fields).sort((a, b) => off(a) - off(b));
    return best === undefined ? [] : [best.filter];
  });
}

/** Categories with none below them, largest first. */
function leaves(counts: AttributeCounts): ProductFilter[] {
  const inner = new Set(counts.inner.map(({ filter }) => pathOf(filter).join('\n')));
  const all = counts.conditionsOn(['category']).map(({ filter }) => filter);
  return all.filter((filter) => !inner.has(pathOf(filter).join('\n')));
}

function either(counts: AttributeCounts): ProductFilter[] {
  const brands = counts.conditionsOn(['brand']).map(({ filter }) => filter);
  const colors = counts.conditionsOn(['color']).map(({ filter }) => filter);
  const categories = leaves(counts);
  return [
    { or: [...categories.slice(3, 5), ...colors.slice(10, 11)] },
    { or: [...brands.slice(0, 3), ...colors.slice(0, 1)] },
    { or: categories.slice(20, 24) },
    {
      or: [
        { and: [...categories.slice(0, 1), ...colors.slice(1, 2)] },
        { and: [...categories.slice(1, 2), ...brands.slice(0, 1)] },
      ],
    },
  ];
}

function turnedRound(counts: AttributeCounts): ProductFilter[] {
  const first = (fields: readonly Field[]) => counts.conditionsOn(fields).slice(0, 1);
  const colors = counts.conditionsOn(['color']).flatMap(({ filter }) => filter.attributes?.[0]?.in ?? []);
  const [category] = first(['category']);
  return [
    ...(category === undefined ? [] : [{ not: category.filter }]),
    { attributes: [{ name: 'color', notIn: colors.slice(0, 2) }] },
    { not: { or: [...first(['gender']), ...first(['brand'])].map(({ filter }) => filter) } },
    { attributes: [{ name: 'color', notIn: colors.slice(0, 12) }] },
  ];
}

/** Two values that many products have, but none has both: a category and a colour. */
function neverTogether(counts: AttributeCounts): ProductFilter {
  const together = new Set(counts.conditionsOn(['category', 'color']).map(({ filter }) => JSON.stringify(filter)));
  for (const category of leaves(counts)) {
    for (const { filter } of counts.conditionsOn(['color'])) {
      const both = { ...category, ...filter };
      if (!together.has(JSON.stringify(both))) return both;
    }
  }
  throw new Error('expected a category and a colour that no product has both of, found none');
}
