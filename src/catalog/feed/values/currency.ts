/** What people write for a currency, and the currencies that it may be; the first is meant where nothing else is said, null: none is. */
const SIGNS: Readonly<Record<string, readonly (string | null)[]>> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'MXN', 'HKD', 'SGD', 'TWD', 'CLP', 'COP', 'ARS', 'BRL'],
  '€': ['EUR'],
  '£': ['GBP', 'EGP', 'GIP', 'FKP'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  kr: [null, 'SEK', 'NOK', 'DKK', 'ISK'],
  euro: ['EUR'],
  euros: ['EUR'],
  us$: ['USD'],
  usd$: ['USD'],
  c$: ['CAD'],
  ca$: ['CAD'],
  a$: ['AUD'],
  au$: ['AUD'],
  nz$: ['NZD'],
  hk$: ['HKD'],
  s$: ['SGD'],
  sg$: ['SGD'],
  nt$: ['TWD'],
  mx$: ['MXN'],
  r$: ['BRL'],
  'cn¥': ['CNY'],
  'jp¥': ['JPY'],
  円: ['JPY'],
  元: ['CNY'],
  '₹': ['INR'],
  rs: ['INR', 'PKR', 'LKR', 'NPR'],
  '₽': ['RUB'],
  руб: ['RUB'],
  р: ['RUB'],
  rur: ['RUB'],
  '₴': ['UAH'],
  грн: ['UAH'],
  '₸': ['KZT'],
  kč: ['CZK'],
  zł: ['PLN'],
  ft: ['HUF'],
  lei: ['RON'],
  лв: ['BGN'],
  '₺': ['TRY'],
  tl: ['TRY'],
  '₪': ['ILS'],
  '₩': ['KRW'],
  원: ['KRW'],
  '฿': ['THB'],
  '₫': ['VND'],
  đ: ['VND'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  rp: ['IDR'],
  rm: ['MYR'],
  fr: ['CHF'],
  sfr: ['CHF'],
};

const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** The currencies that a sign, a word or a code may mean; the first without further word, null: none. undefined: it is none. */
export function currenciesOf(written: string): readonly (string | null)[] | undefined {
  const word = written.trim().toLowerCase().replace(/\.$/, '');
  if (Object.hasOwn(SIGNS, word)) return SIGNS[word];
  const code = word.toUpperCase();
  return CODES.has(code) ? [code] : undefined;
}
