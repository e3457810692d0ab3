import type { Language } from '../language/languages.ts';

/** What stands in front of a bound; `weak` ones mean a price only where a currency stands by the number: "from 9" may be a size. */
interface PricePhrases {
  readonly most: string;
  readonly least: string;
  readonly weakMost: string;
  readonly weakLeast: string;
  /** `between|and`: what stands in front of two bounds, and between them; the first may be empty where a currency follows. */
  readonly range: string;
}

/** By language, phrases with | between them. */
export const PRICE_PHRASES: Partial<Readonly<Record<Language, PricePhrases>>> = {
  en: {
    most: 'under|below|less than|cheaper than|no more than|not more than|at most|maximum|max|within|not over',
    least: 'over|above|more than|at least|no less than|minimum|min|starting at|starting from',
    weakMost: 'up to|to|for|around',
    weakLeast: 'from',
    range: 'between|and;from|to;|to',
  },
  de: {
    most: 'unter|weniger als|günstiger als|billiger als|höchstens|maximal|max|nicht über|nicht mehr als',
    least: 'über|mehr als|mindestens|ab mindestens|minimum',
    weakMost: 'bis zu|bis|für',
    weakLeast: 'ab|von',
    range: 'zwischen|und;von|bis;|bis',
  },
  fr: {
    most: "moins de|sous|en dessous de|au maximum|maximum|max|au plus|jusqu'à|pas plus de",
    least: 'plus de|au-dessus de|au dessus de|au moins|minimum|à partir de',
    weakMost: 'pour',
    weakLeast: 'dès',
    range: 'entre|et;de|à;|à',
  },
  es: {
    most: 'menos de|por debajo de|máximo|como máximo|hasta|no más de|inferior a',
    least: 'más de|por encima de|mínimo|al menos|desde|a partir de|superior a',
    weakMost: 'por',
    weakLeast: 'de',
    range: 'entre|y;de|a;|a',
  },
  it: {
    most: 'meno di|sotto|sotto i|massimo|al massimo|fino a|non più di|inferiore a',
    least: 'più di|sopra|sopra i|almeno|minimo|a partire da|superiore a',
    weakMost: 'per',
    weakLeast: 'da',
    range: 'tra|e;fra|e;da|a;|a',
  },
  nl: {
    most: 'onder|onder de|minder dan|goedkoper dan|maximaal|max|hoogstens|niet meer dan',
    least: 'boven|boven de|meer dan|minimaal|minstens|vanaf',
    weakMost: 'tot|voor',
    weakLeast: 'van',
    range: 'tussen|en;van|tot;|tot',
  },
  pt: {
    most: 'menos de|abaixo de|máximo|no máximo|até|não mais de',
    least: 'mais de|acima de|mínimo|pelo menos|a partir de',
    weakMost: 'por',
    weakLeast: 'de',
    range: 'entre|e;de|a;|a',
  },
  sv: {
    most: 'under|mindre än|billigare än|högst|max|maximalt|upp till',
    least: 'över|mer än|minst|från minst',
    weakMost: 'för|till',
    weakLeast: 'från',
    range: 'mellan|och;från|till;|till',
  },
};

/** ISO 4217 by what people write, folded. */
export const CURRENCIES: Readonly<Record<string, string>> = {
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  bucks: 'USD',
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  quid: 'GBP',
  pounds: 'GBP',
  '¥': 'JPY',
  jpy: 'JPY',
  yen: 'JPY',
  円: 'JPY',
  cny: 'CNY',
  rmb: 'CNY',
  yuan: 'CNY',
  元: 'CNY',
  '₹': 'INR',
  inr: 'INR',
  rupees: 'INR',
  rs: 'INR',
  chf: 'CHF',
  fr: 'CHF',
  franken: 'CHF',
  sek: 'SEK',
  kr: 'SEK',
  kronor: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  pln: 'PLN',
  zl: 'PLN',
  czk: 'CZK',
  '₽': 'RUB',
  rub: 'RUB',
  '₩': 'KRW',
  krw: 'KRW',
  '₺': 'TRY',
  tl: 'TRY',
  try: 'TRY',
  cad: 'CAD',
  aud: 'AUD',
  brl: 'BRL',
  r$: 'BRL',
  reais: 'BRL',
  mxn: 'MXN',
  pesos: 'MXN',
  '₪': 'ILS',
  ils: 'ILS',
  huf: 'HUF',
  ft: 'HUF',
}; // prettier-ignore

/** Words that a size stands behind, in the languages above; folded. */
export const SIZE_WORDS: readonly string[] = [
  'size',
  'sz',
  'grosse',
  'groesse',
  'gr',
  'taille',
  'pointure',
  'talla',
  'taglia',
  'misura',
  'maat',
  'tamanho',
  'storlek',
  'stl',
];

/** Words that turn what follows into what is not wanted, by language; folded where they are compared. */
export const NEGATIONS: Partial<Readonly<Record<Language, string>>> = {
  en: 'not|no|without|w/o|except|excluding|but not|non|anything but|other than',
  de: 'nicht|kein|keine|keinen|keiner|ohne|außer|nicht in',
  fr: 'pas|pas de|sans|sauf|hors',
  es: 'no|sin|excepto|menos|salvo',
  it: 'non|senza|tranne|eccetto',
  nl: 'niet|geen|zonder|behalve',
  pt: 'não|sem|exceto|menos',
  sv: 'inte|ej|utan|förutom|ingen|inga',
};
