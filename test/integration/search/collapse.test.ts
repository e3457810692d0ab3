import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLAPSES, type Collapse, PRODUCT_SORTS } from '../../../src/database/closed-sets.ts';
import { variantId } from '../../../src/identifiers.ts';
import type { ProductFilter, SearchRequest } from '../../../src/search/request/search-request.ts';
import { type SearchDeps, searchProducts } from '../../../src/search/search-products.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { draws } from '../../support/draws.ts';
import { openSearchShop, type SearchShop } from '../../support/search-shop.ts';
import { comparingEverything, searchBothWays } from '../../support/sql-parity.ts';
import {
  type Asked,
  compareUnits,
  priceIn,
  satisfies,
  shownVariant,
  type Unit,
  unitKey,
  unitsOf,
  valueCounts,
  withoutOwn,
} from '../../support/unit-oracle.ts';
import { addUnits, BRANDS, COLORS, dice, SIZES, someProduct, variantRow, vectorAt } from '../../support/unit-shop.ts';

/** ORACLE_QUERIES=500 in the long run: every page of each is read. */
const QUERIES = Number(process.env.ORACLE_QUERIES ?? draws(80));
const SEED = Number(process.env.ORACLE_SEED ?? 1);
const PRODUCTS = 120;
const LONG = { timeout: 24 * 3600 * 1000 };
const FIELDS = [{ attribute: 'color' }, { attribute: 'size' }, { builtIn: 'AVAILABILITY' }] as const;
const PICTURE = { kind: 'bytes', bytes: new TextEncoder().encode(JSON.stringify(vectorAt(0))) } as const;

const random = dice(createRandom(SEED));
const { below, pick, sometimes } = random;
const products = Array.from({ length: PRODUCTS }, (_, number) => someProduct(number, random, number === 7));
const byId = new Map(products.map((product) => [product.id, product]));
const variantsById = new Map(products.flatMap(({ variants }) => variants.map((variant) => [variant.id, variant])));

function someCondition(): ProductFilter {
  const values = { color: COLORS, size: SIZES };
  const name = pick(['color', 'size'] as const);
  switch (below(6)) {
    case 0:
      return { attributes: [{ name, notIn: [pick(values[name])] }] };
    case 1:
      return { price: { ...(sometimes(0.7) && { max: String(10 * below(6)) }), ...(sometimes(0.4) && { min: '10' }) } };
    case 2:
      return { availability: sometimes(0.5) ? ['IN_STOCK'] : ['OUT_OF_STOCK', 'PREORDER'] };
    case 3:
      return { brand: { in: [pick(BRANDS)] } };
    case 4:
      return { numbers: [{ name: 'weight', min: String(below(4)) }] };
    default:
      return { attributes: [{ name, in: [pick(values[name]), pick(values[name])] }] };
  }
}

function someFilter(depth = 0): ProductFilter {
  const filter = sometimes(0.6) ? someCondition() : {};
  if (depth > 2) return filter;
  return {
    ...filter,
    ...(sometimes(0.35) && { and: [someFilter(depth + 1), someCondition()] }),
    ...(sometimes(0.15) && { or: [someCondition(), someFilter(depth + 1)] }),
    ...(sometimes(0.2) && { not: someFilter(depth + 1) }),
    ...(sometimes(0.15) && { hasVariant: { ...someCondition(), and: [someCondition()] } }),
  };
}

function someQuestion(collapse: Collapse): Asked {
  const byPicture = sometimes(0.4);
  const sort = byPicture ? 'RELEVANCE' : pick(PRODUCT_SORTS);
  const keys = () => Array.from({ length: 1 + below(3) }, () => ({ kind: 'id', id: pick(products).id }) as const);
  return {
    collapse,
    byPicture,
    sort,
    filter: someFilter(),
    unavailable: pick(['SHOW', 'LAST', 'LAST', 'HIDE'] as const),
    currency: pick(['USD', 'USD', 'EUR'] as const),
    first: pick([1, 7, 24, 100]),
    ...(sort.startsWith('NUMBER') && { sortAttribute: 'weight' }),
    ...(sometimes(0.2) && { exclude: keys() }),
    ...(sometimes(0.25) && { pin: [...new Map(keys().map((key) => [key.id, key])).values()] }),
  };
}

/** In order: the best result of each pinned product, then all others. */
function inOrder(units: readonly Unit[], asked: Asked): Unit[] {
  const sorted = units.toSorted(compareUnits(asked));
  const pinned = (asked.pin ?? []).flatMap(
    (key) => sorted.find(({ product }) => product.id === (key as { id: string }).id) ?? [],
  );
  return [...pinned, ...sorted.filter((unit) => !pinned.includes(unit))];
}

interface Told {
  readonly key: string;
  readonly variant: string;
  readonly matching: number;
  readonly prices: readonly number[];
}

function requestOf({ byPicture, ...asked }: Asked): SearchRequest {
  return {
    ...asked,
    words: byPicture ? 'OFF' : 'AUTO',
    terms: byPicture ? [{ match: { kind: 'image', source: PICTURE } }] : [],
  };
}

/** All pages of a search; no more than `most` results. */
async function allPages(deps: SearchDeps, asked: Asked, most: number) {
  const told: Told[] = [];
  const counts: unknown[] = [];
  const images: (string | null)[] = [];
  let after: string | undefined;
  do {
    const page = await searchProducts(deps, { ...requestOf(asked), ...(after !== undefined && { after }) });
    const variants = await page.variants();
    for (const [place, result] of page.results.entries()) {
      const shown = variants[place];
      const variant = variantsById.get(shown?.variantId ?? '');
      if (shown === undefined || variant === undefined) throw new Error('expected a variant of each result');
      const { min, max } = shown.priceRange ?? {};
      images.push(result.imageId);
      told.push({
        key: unitKey(asked.collapse, result.productId, variant),
        variant: variant.sku,
        matching: shown.matchingCount,
        prices: min === undefined || max === undefined ? [] : [Number(min), Number(max)],
      });
    }
    if (after === undefined) counts.push(await page.count());
    after = page.hasNextPage ? page.results.at(-1)?.cursor : undefined;
    expect(after !== undefined || page.results.length > 0 || told.length === 0).toBe(true);
  } while (after !== undefined && told.length < most);
  return { told, counts, images };
}

function expected(unit: Unit, asked: Asked, image: string | null): Told {
  const { product, satisfying, nearest } = unit;
  const shown = shownVariant(satisfying, asked, image === null ? undefined : nearest);
  const prices = satisfying.flatMap((variant) => priceIn(variant, asked.currency ?? 'USD') ?? []);
  const variant = shown ?? satisfying[0];
  if (variant === undefined) throw new Error('expected a variant that satisfies the filter');
  return {
    key: unitKey(asked.collapse, product.id, variant),
    variant: variant.sku,
    matching: satisfying.length,
    prices: prices.length === 0 ? [] : [Math.min(...prices), Math.max(...prices)],
  };
}

const variantOf = ({ database: { db } }: SearchShop, id: string) =>
  db.selectFrom('product_variant').select(['product_id', 'look']).where('id', '=', id).executeTakeFirst();

let shop: SearchShop;
beforeAll(async () => {
  shop = await openSearchShop({ maxWindow: 60 });
  await addUnits(shop, products);
});
afterAll(() => shop.close());

describe.each(COLLAPSES)(`random shops collapsed to %s, seed ${SEED}`, (collapse) => {
  it(`find what a plain comparison finds, ${QUERIES} times, on all pages in one order`, LONG, async () => {
    for (let number = 0; number < QUERIES; number++) {
      const asked = someQuestion(collapse);
      const units = inOrder(unitsOf(products, asked), asked);
      const { told, counts, images } = await allPages(shop.deps, asked, asked.first === 1 ? 5 : Infinity);
      const context = `question ${number}: ${JSON.stringify(asked)}`;
      const wanted = units.slice(0, told.length).map((unit, place) => expected(unit, asked, images[place] ?? null));
      // Pictures at one angle are as near as each other: which of them matched is not told apart here.
      expect(
        told.map(({ key, matching, prices }) => ({ key, matching, prices })),
        context,
      ).toEqual(wanted.map(({ key, matching, prices }) => ({ key, matching, prices })));
      if (!asked.byPicture) expect(told, context).toEqual(wanted);
      if (asked.first !== 1) expect(told, context).toHaveLength(units.length);
      expect(counts, context).toEqual([{ value: units.length, exact: true }]);
    }
  });

  it(`count in facets what a search for the value alone has, ${QUERIES / 4} times`, LONG, async () => {
    for (let number = 0; number < QUERIES / 4; number++) {
      const asked = someQuestion(collapse);
      const { filter = {}, currency = 'USD' } = asked;
      const page = await searchProducts(shop.deps, requestOf(asked));
      const facets = await page.facets([...FIELDS, { builtIn: 'PRICE' }]);
      for (const [place, field] of FIELDS.entries()) {
        const narrowed = withoutOwn(filter, field);
        const units = unitsOf(products, asked, narrowed);
        const context = `question ${number}, ${JSON.stringify({ field, asked })}`;
        const told = new Map(facets[place]?.values.map(({ value, count }) => [value, count]));
        expect(told, context).toEqual(valueCounts(units, field));
        for (const [value, count] of told) {
          const alone: ProductFilter =
            'attribute' in field
              ? { attributes: [{ name: field.attribute, in: [value] }] }
              : { availability: [value as 'IN_STOCK'] };
          expect(unitsOf(products, asked, { and: [narrowed, alone] }), context).toHaveLength(count);
        }
      }
      const units = unitsOf(products, asked, withoutOwn(filter, { builtIn: 'PRICE' }));
      const priced = units.map(({ satisfying }) => satisfying.flatMap((variant) => priceIn(variant, currency) ?? []));
      const all = priced.flat();
      const range = all.length === 0 ? null : { min: Math.min(...all), max: Math.max(...all) };
      const told = facets[FIELDS.length];
      const context = `question ${number}, prices: ${JSON.stringify(asked)}`;
      expect(told?.range && { min: Number(told.range.min), max: Number(told.range.max) }, context).toEqual(range);
      expect(told?.missing, context).toBe(priced.filter(({ length }) => length === 0).length);
    }
  });

  it(
    'are raised by what those of their variants have that satisfy the filter, and by nothing else of their product',
    LONG,
    async () => {
      for (let number = 0; number < 20; number++) {
        const boost = { filter: { attributes: [{ name: 'color', in: [pick(COLORS)] }] }, by: pick([0.5, -0.5]) };
        const { sortAttribute: _, pin: __, ...some } = someQuestion(collapse);
        const asked = { ...some, byPicture: true, sort: 'RELEVANCE', first: 100 } as const;
        const request = { ...requestOf(asked), boosts: [boost] };
        const page = await searchProducts(shop.deps, request);
        const variants = await page.variants();
        const units = new Map(unitsOf(products, asked).map((unit) => [expected(unit, asked, null).key, unit]));
        for (const [place, { productId: id, why }] of page.results.entries()) {
          const shown = variantsById.get(variants[place]?.variantId ?? '');
          const unit = shown && units.get(unitKey(collapse, id, shown));
          const raised = unit?.satisfying.some((variant) =>
            satisfies(unit.product, variant, boost.filter, asked.currency ?? 'USD'),
          );
          expect(why.boost, `question ${number}: ${JSON.stringify({ asked, boost })}`).toBe(raised ? boost.by : 0);
        }
      }
    },
  );

  it('come in SQL in the same order', LONG, async () => {
    let found = 0;
    for (let number = 0; number < 12; number++) {
      const words = number % 3 === 0 ? 'OFF' : number % 3 === 1 ? 'AUTO' : 'ONLY';
      const search = {
        terms: [{ match: { kind: 'text', text: pick(['red shirt', 'blue', 'dress', 'shoe bag']) } }],
        words,
        collapse,
        first: 100,
        unavailable: pick(['SHOW', 'LAST', 'HIDE'] as const),
        minRelevance: pick([0, 0.2]),
      } as const;
      const { graphql, sql } = await searchBothWays(comparingEverything(shop.deps), search);
      expect(sql, JSON.stringify(search)).toEqual(graphql);
      found += graphql.length;
    }
    expect(found).toBeGreaterThan(100);
  });

  it('show nothing twice and miss nothing where candidates are found by indexes, page by page', LONG, async () => {
    const indexed = await openSearchShop({ maxWindow: 150 });
    try {
      await addUnits(indexed, products);
      await indexed.buildIndexes({ least: 50, leastDimensions: 1 });
      for (let number = 0; number < QUERIES / 20; number++) {
        const { sortAttribute: _, pin: __, ...some } = someQuestion(collapse);
        const asked = { ...some, byPicture: true, sort: 'RELEVANCE', first: 10 } as const;
        const units = unitsOf(products, asked);
        const { told } = await allPages({ ...indexed.deps, exactLimit: 15 }, asked, Infinity);
        const keys = (some: readonly { key: string }[]) => some.map(({ key }) => key).toSorted();
        const wanted = units.map((unit) => expected(unit, asked, null));
        expect(keys(told), `question ${number}: ${JSON.stringify(asked)}`).toEqual(keys(wanted));
      }
    } finally {
      await indexed.close();
    }
  });
});

describe('looks and variants', () => {
  it('stay one result each while variants come before the first of a look, and go, between two pages', async () => {
    const changing = await openSearchShop();
    try {
      const some = products.slice(20, 50);
      await addUnits(changing, some);
      const looks = new Set(some.flatMap(({ id, variants }) => variants.map(({ look }) => `${id} ${look}`)));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await changing.search({ collapse: 'LOOK', first: 9, ...(after !== undefined && { after }) });
        for (const shown of await page.variants()) {
          const variant = shown && (await variantOf(changing, shown.variantId));
          seen.push(`${variant?.product_id} ${variant?.look}`);
        }
        // In front of all others of each look.
        const added = some.flatMap((product) =>
          [...new Map(product.variants.map((one) => [one.look, one])).values()].map((one) => {
            const sku = `${one.sku}-${seen.length}`;
            return variantRow(product.id, { ...one, sku, id: variantId(sku), position: 0 });
          }),
        );
        await changing.database.db.insertInto('product_variant').values(added).execute();
        after = page.hasNextPage ? page.results.at(-1)?.cursor : undefined;
      } while (after !== undefined);
      expect(seen.toSorted()).toEqual([...looks].toSorted());
    } finally {
      await changing.close();
    }
  });

  it('are as many as there are, and of one product stay together in the shop’s order', async () => {
    const [product] = products.filter(({ variants }) => variants.length === 200);
    const filter = { product: { in: [{ kind: 'id', id: product?.id ?? '' }] } } as const;
    const asked = { collapse: 'VARIANT', byPicture: false, filter, unavailable: 'SHOW', first: 100 } as const;
    const { told } = await allPages(shop.deps, asked, Infinity);
    expect(told.map(({ variant }) => variant)).toEqual(product?.variants.map(({ sku }) => sku));
    expect(byId.get(product?.id ?? '')?.variants).toHaveLength(200);
  });
});
