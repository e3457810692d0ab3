import { AppError, badInput } from '../../errors.ts';
import type { Money } from '../product-input.ts';
import type { FeedFields } from './feed-record.ts';
import type { FieldProblem } from './field-problem.ts';
import type { FeedMapping } from './mapping.ts';
import { currenciesOf } from './values/currency.ts';
import type { GoogleTaxonomy } from './values/google-taxonomy.ts';
import { type PriceHabits, parsePrice } from './values/price.ts';
import { isSaleOn } from './values/sale-dates.ts';

/** What the person who imports says besides. */
export interface FeedOptions extends PriceHabits {
  /** By which sales begin and end; the present. */
  readonly now?: Date | undefined;
  /** Which of the feed's columns are which of our fields, where the dialect does not know it or reads them otherwise. */
  readonly mapping?: FeedMapping | undefined;
  /** Google's list, for feeds that name its categories by their numbers. */
  readonly googleTaxonomy?: GoogleTaxonomy | undefined;
}

export interface Prices {
  /** What a shopper pays now. */
  readonly price: Money | null;
  /** Before a sale, in the price's currency; null where it is not more than the price. */
  readonly priceBefore: Money | null;
}

/**
 * Reads `price`, `sale_price` with its dates, and `price_before`. A sale counts while it is on and costs less than the price.
 *
 * @param problems - told of what cannot be read
 */
export function readPrices(fields: FeedFields, options: FeedOptions, problems: FieldProblem[]): Prices {
  function read<Result>(field: string, read: () => Result): Result | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const reason = `${field}${error.message.slice(error.path.join('.').length)}`;
      problems.push({ field, kind: 'dropped', reason });
      return undefined;
    }
  }
  const first = (name: string): string | undefined => fields.get(name)?.[0];
  const habits: PriceHabits = {
    currency: read('price_currency', () => ownCurrency(first('price_currency'))) ?? options.currency,
    locale: options.locale,
  };
  const money = (field: string): Money | undefined => {
    const text = first(field);
    return text === undefined ? undefined : read(field, () => parsePrice(text, habits));
  };

  const regular = money('price');
  const offer = money('sale_price');
  // Exports write 0 where there is no sale.
  const sale = offer !== undefined && Number(offer.amount) > 0 ? offer : undefined;
  const dates = first('sale_price_effective_date');
  const isOn =
    sale !== undefined &&
    (dates === undefined ||
      read('sale_price_effective_date', () => isSaleOn(dates, options.now ?? new Date())) === true);
  const price = isOn && (regular === undefined || isBelow(sale, regular)) ? sale : regular;
  const before = price === sale && regular ? regular : money('price_before');
  return { price: price ?? null, priceBefore: price && before && isBelow(price, before) ? before : null };
}

function isBelow(one: Money, other: Money): boolean {
  return one.currency === other.currency && Number(one.amount) < Number(other.amount);
}

function ownCurrency(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const [currency] = currenciesOf(written) ?? [];
  if (!currency) throw badInput('price_currency', 'the three letters of an ISO 4217 currency like USD', written);
  return currency;
}
