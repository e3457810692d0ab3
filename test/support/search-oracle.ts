import { RANKING_LIMITS } from '../../src/search/request/limits.ts';
import type { Facet, FacetField, ProductFilter, SearchRequest } from '../../src/search/request/search-request.ts';
import { BELOW_STRONG } from '../../src/words/score/quality.ts';
import { coverageWorthOf, VALUE, wordWorth } from '../../src/words/score/score.ts';
import { isKeyOf, type OracleProduct, OracleRefusal, type OracleShop, type OracleVariant } from './oracle-shop.ts';
import { COSINE_NOISE, directionsOf, type OracleDirections, oracleParts, scoreOf } from './oracle-vectors.ts';
import { matchOf, type OracleMatch, type OracleWords } from './oracle-words.ts';

/** A product of a result, with all that its place follows from. */
export interface OracleEntry {
  readonly product: OracleProduct;
  /** Its variants that satisfy the filter, each together with its product. */
  readonly satisfying: readonly OracleVariant[];
  readonly similarity: number | null;
  /** Places of the pictures that are the nearest, or may be, as rounding goes. */
  readonly nearestImages: readonly number[];
  readonly match: OracleMatch | undefined;
  /** What it is ordered by, beside boosts. */
  readonly closeness: number;
  readonly score: number;
  /** Of two entries with the same one, the program calculates the very same score. */
  readonly scoreMadeOf: string;
  readonly relevance: number;
  readonly named: boolean;
  readonly boost: number;
  /** Place among the pinned ones; undefined for others. */
  readonly pinned: number | undefined;
}

export interface OracleResult {
  /** In no order: `compare` says what comes first. */
  readonly entries: readonly OracleEntry[];
  /** Negative: a comes first. Undefined: too close to tell, because the program calculates in single precision. */
  compare(a: OracleEntry, b: OracleEntry): number | undefined;
  /** As `compare`, but 0 for products that nothing but their id tells apart. */
  compareKeys(a: OracleEntry, b: OracleEntry): number | undefined;
  /** Undefined where single precision leaves open what is counted. */
  facets(fields: readonly FacetField[]): (Omit<Facet, 'exact'> | undefined)[];
  /** The variant that a result shows, beside a picture of the product (its place; null for none). */
  shown(entry: OracleEntry, image: number | null): OracleVariant | undefined;
  /** The lowest and the highest price of its variants that satisfy the filter; undefined where none has one in the search's currency. */
  pricesOf(entry: OracleEntry): readonly [number, number] | undefined;
  /** What single precision leaves uncertain of relevance. */
  readonly relevanceNoise: number;
  /** Whether single precision leaves open what is in the result. */
  readonly unclear: boolean;
}

/** What the shop's prices are compared in where a request does not say. */
export const ORACLE_CURRENCY = 'USD';
const MIDPOINT = 0.81;
const WIDTH = 0.04;
const WORDS_COUNT = 1.5;
/** scoring.ts: where nearness begins to count, and over what it does. */
const NEAR_FROM = 0.72;
const NEAR_SPAN = 0.3;
/** ranking-statements.ts: of what is compared by its text, where a picture or a product was asked for. */
const TEXTS_DOUBTED = 0.51;

/**
 * One search, the plain way: every product is looked at, nothing is stored, no index, no SQL. Written from the contract, search-request.ts and the formulas
 * of search-query.ts, to be compared with what the program gives.
 *
 * @throws OracleRefusal
 */
export function searchOracle(shop: OracleShop, request: SearchRequest, words: OracleWords | undefined): OracleResult {
  const query = understand(shop, request, words);
  const noise = noiseOf(query);
  const keys = keysOf(request, noise);
  const { filter = {} } = request;
  // Which pictures take part follows from the filter: each has scores of its own.
  const entriesOf = (narrowed: ProductFilter) =>
    [...shop.products.values()].map((product) => entryOf(product, { ...request, filter: narrowed }, query));
  const isUnclear = (entries: readonly OracleEntry[]) => entries.some((entry) => isNearBound(entry, request, noise));
  const all = entriesOf(filter);
  return {
    entries: all.filter((entry) => isInResult(entry, request)),
    compare: firstOf([...keys, byIdOf(request)]),
    compareKeys: firstOf(keys),
    facets: (fields) =>
      fields.map((field) => {
        const counted = entriesOf(withoutOwnCondition(filter, field));
        const inResult = counted.filter((entry) => isInResult(entry, request));
        return isUnclear(counted) ? undefined : facetOf(field, inResult, currencyOf(request));
      }),
    shown: (entry, image) => shownVariant(entry, request, image),
    pricesOf: ({ satisfying }) => rangeOf(satisfying, currencyOf(request)),
    relevanceNoise: noise.relevance,
    unclear: query?.directions?.unclear === true || isUnclear(all),
  };
}

/** Of those that satisfy the filter: can be bought; by price or number where that is the order; has the picture; in the shop's order. */
function shownVariant(
  { product, satisfying }: Pick<OracleEntry, 'product' | 'satisfying'>,
  request: SearchRequest,
  image: number | null,
): OracleVariant | undefined {
  const { sort } = request;
  const looks = image === null ? null : (product.pictureLooks?.[image] ?? null);
  const price = (variant: OracleVariant) => {
    if (sort === 'NUMBER_ASC') return leastNumber(variant, request.sortAttribute, 1);
    if (sort === 'NUMBER_DESC') return leastNumber(variant, request.sortAttribute, -1);
    const direction = sort === 'PRICE_ASC' ? 1 : sort === 'PRICE_DESC' ? -1 : 0;
    return direction === 0 ? 0 : direction * Number(priceIn(variant, currencyOf(request)) ?? direction * Infinity);
  };
  const isPictured = ({ look }: OracleVariant) => looks === null || looks.includes(look);
  return [...satisfying].sort(
    (a, b) =>
      Number(isSoldOut(a)) - Number(isSoldOut(b)) ||
      (price(a) === price(b) ? 0 : price(a) - price(b)) ||
      Number(isPictured(b)) - Number(isPictured(a)),
  )[0];
}

function isSoldOut({ availability }: OracleVariant): boolean {
  return availability === 'OUT_OF_STOCK';
}

function rangeOf(variants: readonly OracleVariant[], currency: string): readonly [number, number] | undefined {
  const prices = variants.flatMap((variant) => priceIn(variant, currency) ?? []).map(Number);
  return prices.length === 0 ? undefined : [Math.min(...prices), Math.max(...prices)];
}

/** Whether a product is so near to a bound of the result that single precision does not say on which side. */
function isNearBound(entry: OracleEntry, { terms, minRelevance = 0, unlike }: SearchRequest, noise: Noise): boolean {
  if (terms.length === 0) return false;
  const { relevance, similarity } = entry;
  return (
    (minRelevance > 0 && isNear(relevance, minRelevance, noise.relevance)) ||
    (unlike !== undefined &&
      similarity !== null &&
      isNear(1 - similarity, RANKING_LIMITS.duplicateDistance, COSINE_NOISE))
  );
}

function isNear(a: number, b: number, noise: number): boolean {
  return Math.abs(a - b) <= noise;
}

/** What single precision leaves uncertain. */
interface Noise {
  readonly score: number;
  readonly relevance: number;
  readonly closeness: number;
}

function noiseOf(query: OracleQuery | undefined): Noise {
  if (query?.directions === undefined) return { score: 0, relevance: 1e-12, closeness: 1e-12 };
  const { picture, text } = query.directions;
  const score = COSINE_NOISE * Math.max(picture.length, text.length);
  // A logistic curve is nowhere steeper than a quarter; closeness no steeper than nearness.
  return {
    score,
    relevance: score / (4 * query.width),
    closeness: Math.max(score / (4 * query.width), score / query.nearSpan),
  };
}

interface OracleQuery {
  /** Undefined for words alone. */
  readonly directions: OracleDirections | undefined;
  readonly words: OracleWords | undefined;
  /** Of texts in all that was asked. */
  readonly share: number;
  readonly midpoint: number;
  readonly width: number;
  readonly nearFrom: number;
  readonly nearSpan: number;
  readonly coverageCounts: number;
  readonly reference: number;
  readonly inWordsAlone: boolean;
  readonly picturesFirst: boolean;
}

/** Undefined where a filter is browsed. */
function understand(
  shop: OracleShop,
  { terms, words: matching = 'AUTO' }: SearchRequest,
  words: OracleWords | undefined,
): OracleQuery | undefined {
  if (terms.length === 0) return undefined;
  const alone = { directions: undefined, words, midpoint: 1, width: 1, nearFrom: 0, nearSpan: 1, coverageCounts: 0 };
  if (matching === 'ONLY') {
    return { ...alone, share: 1, reference: referenceOf(words, 1, 0), inWordsAlone: true, picturesFirst: false };
  }
  const parts = oracleParts(shop, terms);
  if (parts === undefined) throw new OracleRefusal('terms');
  const wanted = parts.filter(({ weight }) => weight > 0);
  const considered = wanted.length > 0 ? wanted : parts;
  const best = total(considered, ({ weight, best }) => Math.abs(weight) * best) / total(considered, absoluteWeight);
  const wantedTexts = total(terms, ({ match, weight = 1 }) => (match.kind === 'text' ? Math.max(0, weight) : 0));
  const share = words === undefined ? 0 : wantedTexts / total(parts, absoluteWeight);
  const counted = WORDS_COUNT * share;
  return {
    directions: directionsOf(parts, shop),
    words,
    share,
    midpoint: MIDPOINT * (best + counted),
    width: WIDTH * (best + counted),
    nearFrom: NEAR_FROM * best,
    nearSpan: NEAR_SPAN * best,
    coverageCounts: counted * (words?.known ?? 0),
    reference: referenceOf(words, share, 1),
    inWordsAlone: words !== undefined && terms.every(({ match, weight = 1 }) => weight < 0 || match.kind === 'text'),
    picturesFirst: terms.some(({ match, weight = 1 }) => weight > 0 && match.kind !== 'text'),
  };
}

/** What a product scores that has all known words in its title, as they are written or as near to that as any has them, and is nearest. */
function referenceOf(words: OracleWords | undefined, share: number, trust: number): number {
  if (words === undefined) return 1;
  const { slots, values, productCount } = words;
  const worths = slots.map(({ rarity, share: part, best }, index) => {
    const isValue = values.some(({ slot, span }) => slot <= index && index < slot + span);
    return best === 0 ? 0 : part * (wordWorth(productCount, rarity) + (isValue ? VALUE : 0));
  });
  return share * total(worths, (worth) => worth) + coverageWorthOf(share).coverageWorth + trust;
}

function isInResult(entry: OracleEntry, request: SearchRequest): boolean {
  const { terms, words, unlike, minRelevance = 0 } = request;
  if (entry.satisfying.length === 0) return false;
  if (words === 'ONLY' && terms.length > 0 && entry.match?.isFound !== true) return false;
  if (terms.length === 0 || entry.pinned !== undefined) return true;
  const { similarity, nearestImages, relevance } = entry;
  const looksTheSame =
    unlike !== undefined &&
    similarity !== null &&
    nearestImages.length > 0 &&
    1 - similarity <= RANKING_LIMITS.duplicateDistance;
  return relevance >= minRelevance && !looksTheSame;
}

/** Whether one of its variants satisfies the filter, and it was not left out or hidden. */
export function isSearched(product: OracleProduct, request: SearchRequest): boolean {
  return searchedVariants(product, request).length > 0;
}

/** The variants that satisfy all of the filter, each together with its product, and are not hidden; none of what is left out. */
function searchedVariants(product: OracleProduct, request: SearchRequest): OracleVariant[] {
  const { filter = {}, exclude = [], unlike, unavailable = 'LAST' } = request;
  const leftOut = unlike === undefined ? exclude : [...exclude, unlike];
  if (leftOut.some((key) => isKeyOf(key, product))) return [];
  return product.variants.filter(
    (variant) =>
      satisfies(product, variant, filter, currencyOf(request)) && !(unavailable === 'HIDE' && isSoldOut(variant)),
  );
}

/** Whether a picture says how near a product is: one of the looks of variants that satisfy the filter, or of none in particular. */
function picturesOf(product: OracleProduct, satisfying: readonly OracleVariant[]): (place: number) => boolean {
  const looks = new Set(satisfying.map(({ look }) => look));
  return (place) => product.pictureLooks?.[place]?.some((look) => looks.has(look)) ?? true;
}

function entryOf(product: OracleProduct, request: SearchRequest, query: OracleQuery | undefined): OracleEntry {
  const satisfying = searchedVariants(product, request);
  const takesPart = picturesOf(product, satisfying);
  const vectors = query?.directions && scoreOf(query.directions, product, takesPart);
  const { boosts = [], pin = [] } = request;
  const pinned = pin.findIndex((key) => isKeyOf(key, product));
  const match = query?.words && matchOf(query.words, product);
  const score = vectors?.score ?? 0;
  const isPictured = (product.pictures ?? []).some((_, place) => takesPart(place));
  const relevance = query === undefined ? 1 : relevanceOf(query, vectors?.score, match, isPictured);
  return {
    product,
    satisfying,
    similarity: vectors?.similarity ?? null,
    nearestImages: vectors?.images ?? [],
    match,
    score,
    closeness: query === undefined ? 1 : closenessOf(query, score, match, isPictured, relevance),
    scoreMadeOf: `${vectors?.madeOf ?? 'nothing'} ${match?.score ?? 0}`,
    relevance,
    named: (match?.name ?? 0) > 0,
    // Where a filter is browsed in an order of its own, there is nothing to raise.
    boost: isBrowsed(request)
      ? 0
      : total(boosts, ({ filter, by }) =>
          satisfying.some((variant) => satisfies(product, variant, filter, currencyOf(request))) ? by : 0,
        ),
    pinned: pinned < 0 ? undefined : pinned,
  };
}

function closenessOf(
  query: OracleQuery,
  score: number,
  match: OracleMatch | undefined,
  isPictured: boolean,
  relevance: number,
): number {
  const isBehind = query.picturesFirst && !isPictured;
  if (query.words === undefined && query.directions !== undefined) return relevance - (isBehind ? 1 : 0);
  const nearness = query.directions === undefined || isBehind ? 0 : between((score - query.nearFrom) / query.nearSpan);
  return (query.share * (match?.score ?? 0) + nearness) / query.reference;
}

function relevanceOf(
  query: OracleQuery,
  score: number | undefined,
  match: OracleMatch | undefined,
  isPictured: boolean,
): number {
  if (query.directions === undefined) return match?.relevance() ?? 0;
  const counted = query.coverageCounts * (match?.coverage ?? 0);
  const unbounded = 1 / (1 + Math.exp((query.midpoint - (score ?? 0) - counted) / query.width));
  const judged = query.words?.isMended ? Math.min(BELOW_STRONG, unbounded) : unbounded;
  const trusted = judged * (query.picturesFirst && !isPictured ? 1 - TEXTS_DOUBTED : 1);
  if (!query.inWordsAlone || match === undefined) return trusted;
  // The oracle's model reads every text.
  const far = isPictured && (score ?? 0) < query.nearFrom ? 1 : 0;
  return Math.max(trusted, match.relevance({ trust: isPictured ? 1 : 0, far }));
}

function between(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Without terms a filter is browsed; boosts make an order of relevance. */
function isBrowsed({ terms, sort = 'RELEVANCE', boosts = [] }: SearchRequest): boolean {
  return terms.length === 0 && (sort !== 'RELEVANCE' || boosts.length === 0);
}

type Comparison = (a: OracleEntry, b: OracleEntry) => number | undefined;

/** What the order is made of, but for the id. */
function keysOf(request: SearchRequest, noise: Noise): Comparison[] {
  const { terms, sort = 'RELEVANCE', unavailable = 'LAST' } = request;
  const newest: Comparison = (a, b) => b.product.createdAt.getTime() - a.product.createdAt.getTime();
  const chosen: Record<NonNullable<SearchRequest['sort']>, Comparison[]> = {
    RELEVANCE: terms.length > 0 ? [byRelevance(noise)] : [(a, b) => b.boost - a.boost, newest],
    NEWEST: [newest],
    PRICE_ASC: [byPrice(1, request)],
    PRICE_DESC: [byPrice(-1, request)],
    NUMBER_ASC: [byNumber(1, request)],
    NUMBER_DESC: [byNumber(-1, request)],
    TITLE: [(a, b) => byCodePoint(a.product.title.toLowerCase(), b.product.title.toLowerCase())],
  };
  return [
    (a, b) => (a.pinned === b.pinned ? 0 : (a.pinned ?? Infinity) - (b.pinned ?? Infinity)),
    ...(unavailable === 'LAST' ? [(a: OracleEntry, b: OracleEntry) => isOut(a) - isOut(b)] : []),
    ...(isBrowsed(request) && sort === 'RELEVANCE' ? [newest] : chosen[sort]),
  ];
}

/** Where nothing else tells them apart; the newest of all are read from the end of an index. */
function byIdOf(request: SearchRequest): Comparison {
  const backwards = isBrowsed(request) && ['RELEVANCE', 'NEWEST'].includes(request.sort ?? 'RELEVANCE');
  return (a, b) => (backwards ? -1 : 1) * byCodePoint(a.product.id, b.product.id);
}

/** The first of the keys that tells two products apart. */
function firstOf(keys: readonly Comparison[]): Comparison {
  return (a, b) => {
    for (const key of keys) {
      const compared = key(a, b);
      if (compared !== 0) return compared;
    }
    return 0;
  };
}

function byRelevance(noise: Noise): Comparison {
  return (a, b) => {
    if (a.scoreMadeOf === b.scoreMadeOf && a.boost === b.boost) return 0;
    const closer = decided(b.closeness + b.boost - (a.closeness + a.boost), 2 * noise.closeness);
    // Where closeness comes to its end the nearer one is first.
    return closer === undefined && a.closeness + a.boost === b.closeness + b.boost
      ? decided(b.score - a.score, 2 * noise.score)
      : closer;
  };
}

function decided(difference: number, noise: number): number | undefined {
  return Math.abs(difference) <= noise ? undefined : difference;
}

/** What a search's prices are compared in. */
function currencyOf({ currency = ORACLE_CURRENCY }: SearchRequest): string {
  return currency.toUpperCase();
}

/** The price of a variant in a currency; one in another currency is none. */
function priceIn({ price, currency: own = 'USD' }: OracleVariant, currency: string): string | undefined {
  return own === currency ? price : undefined;
}

/** Of the variant that is shown. */
function byPrice(direction: 1 | -1, request: SearchRequest): Comparison {
  const key = (entry: OracleEntry) => {
    const shown = shownVariant(entry, request, null);
    const price = shown && priceIn(shown, currencyOf(request));
    return price === undefined ? Infinity : direction * Number(price);
  };
  return (a, b) => (key(a) === key(b) ? 0 : key(a) - key(b));
}

/** Of the variant that is shown, too. */
function byNumber(direction: 1 | -1, request: SearchRequest): Comparison {
  const key = (entry: OracleEntry) => {
    const shown = shownVariant(entry, request, null);
    return shown === undefined ? Infinity : leastNumber(shown, request.sortAttribute, direction);
  };
  return (a, b) => (key(a) === key(b) ? 0 : key(a) - key(b));
}

function leastNumber({ attributes }: OracleVariant, name = '', direction: 1 | -1): number {
  return Math.min(...numbersOf(attributes[name]).map((number) => direction * number));
}

function isOut({ satisfying }: OracleEntry): number {
  return satisfying.every(isSoldOut) ? 1 : 0;
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a variant together with its product satisfies a filter. What they have no value of holds for `not` and `notIn` alone. */
function satisfies(product: OracleProduct, variant: OracleVariant, filter: ProductFilter, currency: string): boolean {
  const {
    and = [],
    or,
    not,
    category,
    brand,
    gtin,
    price,
    onSale,
    hasPicture,
    availability,
    attributes = [],
    numbers = [],
    product: keys,
    updatedAt,
  } = filter;
  const amountText = priceIn(variant, currency);
  const amount = amountText === undefined ? undefined : Number(amountText);
  const isCheaper = variant.price !== undefined && Number(variant.compareAtPrice ?? 0) > Number(variant.price);
  return (
    and.every((one) => satisfies(product, variant, one, currency)) &&
    (or === undefined || or.some((one) => satisfies(product, variant, one, currency))) &&
    (not === undefined || !satisfies(product, variant, not, currency)) &&
    (category === undefined || category.in.some((key) => isIn(product, key, category.includeDescendants ?? true))) &&
    (brand === undefined || hasValue(product.brand === undefined ? [] : [product.brand], brand)) &&
    (gtin === undefined || hasValue(variant.gtin === undefined ? [] : [variant.gtin], gtin)) &&
    (onSale === undefined || onSale === isCheaper) &&
    (hasPicture === undefined || hasPicture === (product.pictures ?? []).length > 0) &&
    (price?.min === undefined || (amount !== undefined && amount >= Number(price.min))) &&
    (price?.max === undefined || (amount !== undefined && amount <= Number(price.max))) &&
    (availability === undefined || availability.includes(variant.availability)) &&
    numbers.every((range) => isWithin(variant, range)) &&
    attributes.every((attribute) => hasValue(variant.attributes[attribute.name] ?? [], attribute)) &&
    (keys?.in === undefined || keys.in.some((key) => isKeyOf(key, product))) &&
    (keys?.notIn === undefined || !keys.notIn.some((key) => isKeyOf(key, product))) &&
    (updatedAt?.from === undefined || product.updatedAt >= updatedAt.from) &&
    (updatedAt?.to === undefined || product.updatedAt <= updatedAt.to)
  );
}

/** What is written out in digits, and nothing else. */
function numbersOf(values: readonly string[] = []): number[] {
  return values.filter((value) => /^-?[0-9]+(\.[0-9]+)?$/.test(value)).map(Number);
}

function isWithin(
  { attributes }: OracleVariant,
  { name, min, max }: { name: string; min?: string; max?: string },
): boolean {
  if (min === undefined && max === undefined) return true;
  return numbersOf(attributes[name]).some(
    (number) => number >= Number(min ?? -Infinity) && number <= Number(max ?? Infinity),
  );
}

function hasValue(values: readonly string[], wanted: { in?: readonly string[]; notIn?: readonly string[] }): boolean {
  return (
    (wanted.in === undefined || values.some((value) => wanted.in?.includes(value))) &&
    (wanted.notIn === undefined || !values.some((value) => wanted.notIn?.includes(value)))
  );
}

/** The oracle knows categories by path alone. */
function isIn(product: OracleProduct, key: { kind: string; path?: readonly string[] }, below: boolean): boolean {
  const { path = [] } = key;
  return categoriesOf(product).some(
    (category) => path.every((name, level) => category[level] === name) && (below || category.length === path.length),
  );
}

function categoriesOf({ category, furtherCategories = [] }: OracleProduct): readonly (readonly string[])[] {
  return category === undefined ? [] : [category, ...furtherCategories];
}

const OWN = { CATEGORY: 'category', BRAND: 'brand', PRICE: 'price', AVAILABILITY: 'availability' } as const;

/** A field's own condition does not narrow its counts, wherever it stands among conditions that hold together. */
function withoutOwnCondition(filter: ProductFilter, field: FacetField): ProductFilter {
  const own = 'builtIn' in field ? OWN[field.builtIn] : undefined;
  return {
    ...Object.fromEntries(Object.entries(filter).filter(([key]) => key !== own)),
    ...(filter.and && { and: filter.and.map((one) => withoutOwnCondition(one, field)) }),
    ...(filter.numbers &&
      'attribute' in field && { numbers: filter.numbers.filter(({ name }) => name !== field.attribute) }),
    ...(filter.attributes &&
      'attribute' in field && { attributes: filter.attributes.filter(({ name }) => name !== field.attribute) }),
  };
}

/** A facet but for how far it was counted. */
type OracleFacet = Omit<Facet, 'exact'>;

function facetOf(field: FacetField, entries: readonly OracleEntry[], currency: string): OracleFacet {
  if ('builtIn' in field && field.builtIn === 'PRICE') {
    const all = rangeOf(
      entries.flatMap(({ satisfying }) => satisfying),
      currency,
    );
    const missing = entries.filter(({ satisfying }) => rangeOf(satisfying, currency) === undefined).length;
    const range = all === undefined ? null : { min: String(all[0]), max: String(all[1]), currency };
    return { field: 'PRICE', values: [], hasMore: false, range, missing };
  }
  const valuesOf = entries.map((entry) => new Set(valuesOfField(entry, field)));
  return {
    field: 'attribute' in field ? field.attribute : field.builtIn,
    values: counted(valuesOf.flatMap((values) => [...values])),
    hasMore: false,
    range: null,
    missing: valuesOf.filter(({ size }) => size === 0).length,
  };
}

/** What a result counts for: of variants those that satisfy the filter. */
function valuesOfField({ product, satisfying }: OracleEntry, field: FacetField): readonly string[] {
  const { brand } = product;
  if ('attribute' in field) return satisfying.flatMap(({ attributes }) => attributes[field.attribute] ?? []);
  switch (field.builtIn) {
    case 'BRAND':
      return brand === undefined ? [] : [brand];
    case 'AVAILABILITY':
      return satisfying.map(({ availability }) => availability);
    case 'CATEGORY':
      return categoriesOf(product).flatMap((path) => path.map((_, level) => path.slice(0, level + 1).join(' > ')));
    case 'PRICE':
      return [];
  }
}

function counted(values: readonly string[]): Facet['values'] {
  return [...new Set(values)].map((value) => ({
    value,
    count: values.filter((other) => other === value).length,
    categoryId: null,
  }));
}

function absoluteWeight({ weight }: { weight: number }): number {
  return Math.abs(weight);
}

function total<T>(items: readonly T[], weigh: (item: T) => number): number {
  return items.reduce((sum, item) => sum + weigh(item), 0);
}
