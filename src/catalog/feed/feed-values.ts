import { badInput } from '../../errors.ts';
import type { Money } from '../product-input.ts';

/**
 * A price as Google writes it, `12.90 USD`, or with the currency in front. No thousands separators and no decimal comma: `1,299` would be
 * anybody's guess.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parsePrice(text: string): Money {
  const match =
    /^(?:(?<amount>\d+(?:\.\d+)?)\s*(?<currency>[a-z]{3})|(?<before>[a-z]{3})\s*(?<after>\d+(?:\.\d+)?))$/i.exec(text);
  const amount = match?.groups?.amount ?? match?.groups?.after;
  const currency = match?.groups?.currency ?? match?.groups?.before;
  if (amount === undefined || currency === undefined) {
    throw badInput('price', 'an amount and a currency like 12.90 USD', text);
  }
  return { amount: amount.replace(/^0+(?=\d)/, ''), currency: currency.toUpperCase() };
}

/** Google's words and how feeds spell them: `in_stock`, `in stock`, `In Stock`, `pre-order`. */
const AVAILABILITIES: ReadonlyMap<string, string> = new Map([
  ['instock', 'IN_STOCK'],
  ['outofstock', 'OUT_OF_STOCK'],
  ['preorder', 'PREORDER'],
  ['backorder', 'BACKORDER'],
]);

/** @throws AppError BAD_USER_INPUT */
export function parseAvailability(text: string): string {
  const availability = AVAILABILITIES.get(text.toLowerCase().replace(/[\s_-]+/g, ''));
  if (availability === undefined) {
    throw badInput('availability', 'in_stock, out_of_stock, preorder or backorder', text);
  }
  return availability;
}

/**
 * The path of a product_type: `Apparel > Topwear > Shirts`. Of several, separated by commas, the first; a comma is part of a name
 * (`Fruit, Vegetables > Apples`) unless every part is a path itself.
 */
export function parseProductType(text: string): string[] {
  const types = text.split(',').map((type) => type.split(/>|&gt;/));
  const path = types.every((type) => type.length > 1) ? types[0] : text.split(/>|&gt;/);
  return (path ?? []).map((name) => name.trim()).filter((name) => name !== '');
}

/**
 * Several picture links in one value, separated by commas. A comma may also be part of a link (`https://.../w_400,h_300/a.jpg`): it
 * separates only before the next `http(s)://`, or, between names of files, after one with an extension.
 */
export function splitLinks(text: string): string[] {
  const links: string[] = [];
  for (const part of text.split(',')) {
    const before = links.at(-1);
    const separates =
      before === undefined || isWebAddress(part) || (!isWebAddress(before) && /\.[a-z0-9]{2,5}\s*$/i.test(before));
    if (separates) links.push(part);
    else links.push(`${links.pop()},${part}`);
  }
  return links.map((link) => link.trim()).filter((link) => link !== '');
}

function isWebAddress(text: string): boolean {
  return /^\s*https?:\/\//i.test(text);
}

/** Google separates several colours or materials of one product by slashes; each is a value that can be filtered by. */
export function splitBySlash(text: string): string[] {
  return text
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
