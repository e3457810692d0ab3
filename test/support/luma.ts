import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A real shop's feed with variants. Other people's data, beside the checkout where there is one. */
export const LUMA_FEED = fileURLToPath(new URL('../../../shared/catalogs/luma/products.tsv', import.meta.url));

/** Skip, visibly, without it. */
export const lumaIsHere = existsSync(LUMA_FEED);

/** A row of the feed: what is bought. All prices are USD, all rows are in stock. */
export interface LumaVariant {
  readonly sku: string;
  /** Its style, or itself where it has none. */
  readonly group: string;
  readonly title: string;
  readonly color: string;
  readonly size: string;
  /** The lower one of price and sale price. */
  readonly price: number;
}

/** The rows of the feed, in its order, read by nothing of the program. */
export function readLumaFeed(): LumaVariant[] {
  const [header = '', ...lines] = readFileSync(LUMA_FEED, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (name: string) => cells[names.indexOf(name)] ?? '';
    const prices = [cell('price'), cell('sale_price')].filter((price) => price !== '').map(Number.parseFloat);
    return {
      sku: cell('id'),
      group: cell('item_group_id') || cell('id'),
      title: cell('title'),
      color: cell('color'),
      size: cell('size'),
      price: Math.min(...prices),
    };
  });
}
