import { badInput } from '../../../errors.ts';

/** Words of all dialects and of the languages that feeds are written in, without signs and spaces. */
const WORDS: Readonly<Record<string, string>> = {
  IN_STOCK:
    'instock available yes true y limitedavailability limitedstock lowstock onlineonly instoreonly readytoship stock auflager lieferbar sofortlieferbar vorrätig verfügbar enstock disponible disponibile oplager iplager opvoorraad dostępny skladem dostupné вналичии есть да ja oui sí si',
  OUT_OF_STOCK:
    'outofstock soldout unavailable notavailable notinstock nostock no false n discontinued pending markassold sold archived outofstockpermanently nichtverfügbar nichtlieferbar nichtauflager ausverkauft vergriffen rupture rupturedestock enrupturedestock épuisé agotado esaurito nondisponibile uitverkocht niedostępny vyprodáno nenískladem нетвналичии нет nein non',
  PREORDER: 'preorder presale preorderonly comingsoon vorbestellbar vorbestellung précommande preventa',
  BACKORDER:
    'backorder backordered onbackorder onbackorders availableonbackorder availablefororder availableonorder madetoorder onorder onrequest aufbestellung nachbestellt bestellbar surcommande bajopedido подзаказ',
};

const AVAILABILITIES: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([availability, words]) => words.split(' ').map((word) => [word, availability])),
);

/**
 * What a word says on whether a product can be bought: `in_stock`, `In Stock`, `https://schema.org/InStock`, `yes`; a number is how many there are.
 *
 * @returns one of product.availability
 * @throws AppError BAD_USER_INPUT for a word that nobody knows
 */
export function parseAvailability(text: string): string {
  const number = /^[+-]?\d+(?:[.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined;
  if (number !== undefined) return number > 0 ? 'IN_STOCK' : 'OUT_OF_STOCK';
  const word = text
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?schema\.org\//, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
  const availability = AVAILABILITIES.get(word);
  if (availability === undefined) {
    throw badInput('availability', 'a word like in_stock, out_of_stock, preorder or backorder, or how many', text);
  }
  return availability;
}
