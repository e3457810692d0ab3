import { fieldName, MAX_RECORD_CHARACTERS } from './feed-record.ts';

// What the parts of a product are called in feeds of many kinds and languages: enough to tell products from categories, pictures and variants.
const TITLES =
  /^(title|name|product|product_?(name|title)|item_?(name|title)|(display|full|short)_?(name|title)|headline|label|model|titel|bezeichnung|artikel(name|bezeichnung)|nom|titre|libell?e|nombre|titulo|nome|titolo|nazev|nazwa|naam|navn|namn|nimi|название|наименование)$/;
const IDS =
  /^(id|sku|skus|guid|uuid|uid|handle|code|ref|reference(_#)?|number|key|asin|mpn|ean(13)?|gtin(\d+)?|barcode|upc|isbn|(item|product|offer|article|art|artikel|variant|merchant_product|product_group|external|shop|model|stock)_?(id|no|nr|number|nummer|code|sku|ref|keeping_unit)|handle_?id|артикул)$/;
const SIGNS: readonly RegExp[] = [
  /price|cena|preis|prix|precio|prezzo|prijs|pris|цена|^(amount|cost)$/,
  /^(availability|available|stock|quantity|qty|in_?stock|is_in_stock|inventory|delivery_date)/,
  /image|img|picture|photo|bild|foto|thumbnail/,
  /brand|vendor|manufacturer|producer|hersteller|производитель/,
  /^(offers|variants|sku|gtin\d*|ean\d*|mpn)$/,
];
const HINTS: readonly RegExp[] = [
  /description|summary|content|body|beschreibung|popis|opis|описание/,
  /^(link|url|href|product_url|permalink|deep_?link)$/,
  /categor|product_type|kategori|категория/,
];

/** What a list or an element of products is called; the singular and the plural. */
const PRODUCTS =
  /^(items?|entry|entries|products?|offers?|shopitems?|produkte?|prodotti|productos?|produits?|artikel|articles?|goods|listings?|records?|rows?|results?|data|nodes?|edges|catalog|catalogue|list|docs|hits|feed|item_list_element|@graph|o)$/;
/** Parts of a product, or what products belong to: with names and ids of their own. */
const PARTS =
  /^((has_)?variants?|variations?|options?|attributes?|params?|parameters?|propert(y|ies)|additional_property|images?|pictures?|photos?|media|files?|reviews?|ratings?|tags?|sizes?|colou?rs?|prices?|shipping|deliver(y|ies)|skus?|children|related.*|categor(y|ies)|collections?|brands?|manufacturers?|vendors?|currenc(y|ies)|sellers?|breadcrumbs?)$/;
/** What holds the products. */
const WHOLES = /^(rss|feed|channel|shop|store)$/;

/** Objects or elements that stand in one place of a document. */
export interface Place {
  /** The same for all of them: names from the outside in, between dots, slashes or `[]`. */
  readonly key: string;
  /** What they are called: the element's name, or that of the list. */
  readonly name: string;
  /** How far in. */
  readonly depth: number;
  /** Whether there can be many: an element, or an object in a list. */
  readonly isListed: boolean;
}

/** Finds out which objects of a document are its products. */
export interface ProductFinder {
  /** @param names - of the object's fields, as written */
  see(place: Place, names: Iterable<string>): void;
  /** Whether enough was looked at. @param looked - characters */
  isDone(looked: number): boolean;
  /** The key of the place; undefined where nothing is like products. */
  best(): string | undefined;
  /** Whether what stands there might be products, too. */
  isLikely(key: string): boolean;
}

interface Seen extends Place {
  readonly names: Set<string>;
  count: number;
}

const MOST_PLACES = 10_000;
const MOST_NAMES = 300;
const CERTAIN = 12;
const CERTAIN_COUNT = 3;

/** How much names of fields are those of a product: 0 without a title and an id, or one of them and a price, picture ... */
export function productLikeness(names: Iterable<string>): number {
  const all = [...names].map(fieldName);
  const has = (pattern: RegExp) => all.some((name) => pattern.test(name));
  const signs = SIGNS.filter(has).length;
  const [title, id] = [has(TITLES), has(IDS)];
  if (!(title && id) && !((title || id) && signs > 0)) return 0;
  return (title ? 3 : 0) + (id ? 3 : 0) + 2 * signs + HINTS.filter(has).length;
}

/** Characters to look at before one is certain: a product is known to be one only at its end, after all that is in it. */
const LEAST_LOOKED_AT = MAX_RECORD_CHARACTERS;

/** Characters that are looked at for the products: what stands before them is a table of categories at most. */
const MOST_LOOKED_AT = 64 * MAX_RECORD_CHARACTERS;

/** Of all places of a document the one whose objects have names, fields and company like products. */
export function createProductFinder(): ProductFinder {
  const places = new Map<string, Seen>();
  let certain = false;

  function score(seen: Seen): number {
    const name = fieldName(seen.name);
    const likeness = productLikeness(seen.names);
    const isNamed = seen.isListed && (name === '' || PRODUCTS.test(name));
    if (likeness === 0 && !(isNamed && seen.names.size > 0 && [...seen.names].some(namesOrNumbers))) return 0;
    const holdsOthers =
      likeness < 8 && [...seen.names].some((field) => /^(items?|entry|products?|offers?)$/.test(fieldName(field)));
    const isPart = seen.key.split(/[./[\]]+/).some((part) => PARTS.test(fieldName(part)));
    const points =
      likeness + (isNamed ? 6 : 0) + (seen.count > 1 ? 2 : 0) - (seen.isListed ? 0 : seen.key === '' ? 4 : 6);
    return Math.max(0, points - (isPart || (seen.count === 1 && WHOLES.test(name)) ? 10 : 0) - (holdsOthers ? 6 : 0));
  }

  function best(): string | undefined {
    const listed = [...places.values()];
    const likely = listed.map((seen) => [seen, score(seen)] as const).filter(([, points]) => points > 0);
    const [first] = likely.sort(([a, x], [b, y]) => y - x || a.depth - b.depth);
    if (first) return first[0].key;
    // In no language that is known here: what there is most of.
    const [most] = listed
      .filter(({ isListed, names, count }) => isListed && names.size > 1 && count > 1)
      .sort((a, b) => b.count - a.count || a.depth - b.depth);
    return most?.key;
  }

  return {
    see(place, names) {
      let seen = places.get(place.key);
      if (!seen) {
        if (places.size >= MOST_PLACES) return;
        seen = { ...place, names: new Set(), count: 0 };
        places.set(place.key, seen);
      }
      seen.count += 1;
      for (const name of names) if (seen.names.size < MOST_NAMES) seen.names.add(name);
      if (seen.count === CERTAIN_COUNT) certain ||= score(seen) >= CERTAIN;
    },
    isDone: (looked) => (certain && looked > LEAST_LOOKED_AT) || looked > MOST_LOOKED_AT,
    best,
    isLikely: (key) => {
      const seen = places.get(key);
      return seen !== undefined && score(seen) > 0;
    },
  };
}

function namesOrNumbers(field: string): boolean {
  const name = fieldName(field);
  return TITLES.test(name) || IDS.test(name);
}
