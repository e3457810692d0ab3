import { AppError } from '../../errors.ts';
import type { RawAttribute } from '../check-fields.ts';
import type { RawRow } from '../check-variant.ts';
import type { FeedRow } from './dialects/dialect.ts';
import type { FieldProblem } from './field-problem.ts';
import { type FeedOptions, readPrices } from './read-prices.ts';
import { parseAvailability } from './values/availability.ts';
import { parseCategories } from './values/category.ts';
import type { GoogleTaxonomy } from './values/google-taxonomy.ts';
import { splitLinks, webAddress } from './values/links.ts';
import { plainLine, plainText } from './values/markup.ts';

/** A row of a feed before its picture links are looked up. */
export interface FeedProduct {
  readonly raw: RawRow;
  /** Web addresses or names of files, as the feed writes them, the main picture first; each once. */
  readonly pictureLinks: readonly string[];
  /** Of fields that could not be read. */
  readonly problems: readonly FieldProblem[];
}

/** Fields with a place of their own in a product or its variants. */
export const PRODUCT_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'item_group_id',
  'title',
  'description',
  'brand',
  'gtin',
  'mpn',
  'product_type',
  'price',
  'sale_price',
  'sale_price_effective_date',
  'price_before',
  'price_currency',
  'availability',
  'stock',
  'link',
  'image_link',
  'additional_image_link',
]);

/** Google separates several colours or materials of one product by slashes; each is a value that can be filtered by. */
const SLASH_SEPARATED: ReadonlySet<string> = new Set(['color', 'material']);

/** A number that a spreadsheet has shortened: its last digits are lost. */
const SCIENTIFIC = /^\d+(?:[.,]\d+)?e\+?\d+$/i;

/** As spreadsheets write it, with decimals: `12E5` may be an id. */
const SHORTENED_ID = /^\d[.,]\d+E\+\d+$/;

/**
 * Makes a variant of a row. What a shopper pays at the time of the import is the price; the price before a sale is told beside it. Fields that have no place in a product become attributes. A field that cannot be read costs that field alone.
 */
export function toFeedProduct(row: FeedRow, options: FeedOptions = {}): FeedProduct {
  const { fields } = row;
  const problems: FieldProblem[] = [];
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const cleaned = (name: string, clean: (written: string) => string): string | undefined => {
    const written = first(name);
    return written === undefined ? undefined : clean(written);
  };
  const { price, priceBefore } = readPrices(fields, options, problems);
  const gtin = first('gtin');
  if (gtin !== undefined && SCIENTIFIC.test(gtin)) {
    problems.push({
      field: 'gtin',
      kind: 'doubtful',
      reason: `gtin: expected digits, found ${gtin}, a number that a spreadsheet has shortened`,
    });
  }
  const id = first('id');
  if (id !== undefined && SHORTENED_ID.test(id)) {
    problems.push({
      field: 'id',
      kind: 'doubtful',
      reason: `id: expected the shop's own, found ${id}, a number that a spreadsheet has shortened: other products may have the same`,
    });
  }
  const categories = readCategories(row, options.googleTaxonomy);
  const [category, ...furtherCategories] = categories;
  const attributes = [...fields].flatMap(([name, values]) => toAttribute(name, values));
  const raw: RawRow = {
    sku: id,
    groupId: first('item_group_id'),
    title: cleaned('title', plainLine),
    description: cleaned('description', plainText),
    brand: cleaned('brand', plainLine),
    gtin,
    mpn: cleaned('mpn', plainLine),
    quantity: readQuantity(first('stock')),
    category: category ?? [],
    furtherCategories,
    price,
    availability: readAvailability(first('availability'), first('stock'), problems),
    compareAtPrice: priceBefore,
    attributes,
    link: cleaned('link', webAddress),
  };
  const pictures = [...(fields.get('image_link') ?? []), ...(fields.get('additional_image_link') ?? [])].flatMap(
    splitLinks,
  );
  return { raw, pictureLinks: [...new Set(pictures)], problems };
}

/**
 * The categories that a product is in, the main one first: the dialect's own levels, else each product_type, else Google's category, by its words or, where
 * there is Google's list, by its number.
 */
function readCategories({ fields, category, further = [] }: FeedRow, taxonomy: GoogleTaxonomy | undefined): string[][] {
  if (category !== undefined && category.length > 0) {
    return distinct([category, ...further].map((path) => path.map(plainLine)));
  }
  const own = (fields.get('product_type') ?? []).flatMap(parseCategories);
  if (own.length > 0) return distinct(own);
  const google = fields.get('google_product_category')?.[0] ?? '';
  const [, number] = /^(\d+)(?:\s*-\s|$)/.exec(google) ?? [];
  const listed = number === undefined ? undefined : taxonomy?.pathOf(Number(number));
  if (listed) return [[...listed]];
  const words = google.replace(/^\d+\s*-\s*/, '');
  return /^\d+$/.test(words) ? [] : parseCategories(words).slice(0, 1);
}

function distinct(paths: readonly string[][]): string[][] {
  return [...new Map(paths.map((path) => [path.join('\n'), path])).values()];
}

function readAvailability(
  word: string | undefined,
  stock: string | undefined,
  problems: FieldProblem[],
): string | undefined {
  const said = word ?? stock;
  if (said === undefined) return undefined;
  try {
    return parseAvailability(said);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push({ field: 'availability', kind: 'dropped', reason: error.message });
    return undefined;
  }
}

/** How many there are, where that is what a feed says of its stock: 12, 12.0, 1,200. What else it says is an availability. */
function readQuantity(stock: string | undefined): number | undefined {
  const [, whole] = /^\s*(\d{1,3}(?:[,. ']\d{3})+|\d+)(?:[.,]0+)?\s*$/.exec(stock ?? '') ?? [];
  return whole === undefined ? undefined : Number(whole.replace(/\D/g, ''));
}

function toAttribute(name: string, written: readonly string[]): RawAttribute[] {
  if (PRODUCT_FIELDS.has(name)) return [];
  const parts = SLASH_SEPARATED.has(name) ? written.flatMap((value) => value.split('/')) : written;
  const values = parts.map(plainLine).filter((value) => value !== '');
  return values.length === 0 ? [] : [{ name, values }];
}
