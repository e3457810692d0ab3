import { badInput } from '../../../errors.ts';

/** Words of all dialects and of the languages that feeds are written in, without signs and spaces. */
const WORDS: Readonly<Record<string, string>> = {
  IN_STOCK:
    'instock available yes true y limitedavailability limitedstock lowstock onlineonly instoreonly readytoship stock auflager lieferbar sofortlieferbar sofortverfügbar vorrätig verfügbar enstock disponible disponibile oplager iplager opvoorraad dostępny dostępne skladem skladom beschikbaar ilager varastossa enexistencias dostupné вналичии есть да ja oui sí si',
  OUT_OF_STOCK:
    'outofstock soldout unavailable notavailable notinstock nostock no false n discontinued pending markassold sold archived outofstockpermanently nichtverfügbar nichtlieferbar nichtauflager nichtvorrätig ausverkauft vergriffen rupture rupturedestock enrupturedestock épuisé agotado sinstock sinexistencias nodisponible indisponible esgotado esaurito nondisponibile uitverkocht nietopvoorraad nietbeschikbaar niedostępny niedostępne slutsåld udsolgt utsolgt vyprodáno nenískladem нетвналичии нет nein non',
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
  const [, count] = /^[<>≥]?\s*([+-]?\d+(?:[.,]\d+)?)\s*\+?$/.exec(text.trim()) ?? [];
  if (count !== undefined) return Number(count.replace(',', '.')) > 0 ? 'IN_STOCK' : 'OUT_OF_STOCK';
  const word = text
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?schema\.org\//, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
  const availability = AVAILABILITIES.get(word) ?? withCount(word) ?? within(word);
  if (availability === undefined) {
    throw badInput('availability', 'a word like in_stock, out_of_stock, preorder or backorder, or how many', text);
  }
  return availability;
}

/** `in stock (5)`, `0 auf Lager`, `Out of stock: 0`: the words, and how many there are. */
function withCount(word: string): string | undefined {
  const [, before = '', count, after = ''] = /^(\p{L}*)(\d+)(\p{L}*)$/u.exec(word) ?? [];
  const availability = AVAILABILITIES.get(before + after);
  return availability === 'IN_STOCK' && Number(count) === 0 ? 'OUT_OF_STOCK' : availability;
}

/** `currently out of stock`, `leider ausverkauft`: what says that there is none says so with other words around it, unless these say when it comes. */
function within(word: string): string | undefined {
  return NONE_LEFT.some((none) => word.includes(none)) && !/order|bestell|until|bis/.test(word)
    ? 'OUT_OF_STOCK'
    : undefined;
}

/** Long enough to be no part of another word. */
const NONE_LEFT: readonly string[] = [...AVAILABILITIES].flatMap(([word, availability]) =>
  availability === 'OUT_OF_STOCK' && word.length >= 7 && !/^(?:archived|pending|unavailable)$/.test(word) ? [word] : [],
);
