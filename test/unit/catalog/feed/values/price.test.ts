import { describe, expect, it } from 'vitest';
import { type PriceHabits, parsePrice } from '../../../../../src/catalog/feed/values/price.ts';

const read = (text: string, habits: PriceHabits = {}) => {
  const { amount, currency } = parsePrice(text, habits);
  return `${amount} ${currency}`;
};

describe('parsePrice', () => {
  it.each([
    ['12.90 USD', '12.90 USD'],
    ['USD 12.90', '12.90 USD'],
    ['12.90usd', '12.90 USD'],
    ['0 EUR', '0 EUR'],
    ['007.5 EUR', '7.5 EUR'],
    ['2.345,60 €', '2345.60 EUR'],
    ['€ 7,5', '7.5 EUR'],
    ['$15.00 CAD', '15.00 CAD'],
    ['AU$ 1,050.20', '1050.20 AUD'],
    ['kr 2 499 SEK', '2499 SEK'],
    ['Rs. 1,49,999', '149999 INR'],
    ["CHF 12'345.–", '12345 CHF'],
    ['1.299.000 ₫', '1299000 VND'],
    ['3 500,00 ₽', '3500.00 RUB'],
    ['1 290 руб.', '1290 RUB'],
    ['1.299 €', '1299 EUR'],
    ['1.299 EUR', '1.299 EUR'],
    ['1,299 USD', '1299 USD'],
    ['1,250 KWD', '1.250 KWD'],
    ['0,125 EUR', '0.125 EUR'],
    ['29.950000000000003 GBP', '29.95 GBP'],
    ['9.99996 EUR', '10 EUR'],
    ['12,90€ inkl. MwSt.', '12.90 EUR'],
    ['12,90 EUR (inkl. 19 % MwSt.)', '12.90 EUR'],
    ['£12.90 inc VAT', '12.90 GBP'],
    ['12,90 € TTC', '12.90 EUR'],
    ['12,90 € IVA incluido', '12.90 EUR'],
  ])('reads %s', (text, expected) => expect(read(text)).toBe(expected));

  it('takes the currency of the import where the price names none', () => {
    expect(read('12,90', { currency: 'eur' })).toBe('12.90 EUR');
    expect(read('12.90 USD', { currency: 'EUR' })).toBe('12.90 USD');
  });

  it('takes it for signs of several countries', () => {
    expect(read('199 kr', { currency: 'NOK' })).toBe('199 NOK');
    expect(read('$5', { currency: 'AUD' })).toBe('5 AUD');
    expect(read('$5', { currency: 'EUR' })).toBe('5 USD');
    expect(() => read('199 kr', { currency: 'EUR' })).toThrow('found "199 kr"');
  });

  it('goes by the locale where a sign before three digits leaves it open', () => {
    expect(read('1.299 EUR', { locale: 'de' })).toBe('1299 EUR');
    expect(read('1,299 EUR', { locale: 'de' })).toBe('1.299 EUR');
    expect(read('1.299 €', { locale: 'en' })).toBe('1.299 EUR');
    expect(read('1.299,50 EUR', { locale: 'en' })).toBe('1299.50 EUR');
  });

  it.each([
    '12.90',
    '-1 USD',
    '12.90 US',
    '1e3 USD',
    'free',
    '12.90 USD 3',
    '12,90 € zzgl. MwSt.',
    '12,90 € HT',
    '12.90 EUR ex VAT',
    '5 EUR - 9 EUR',
    '12,34,5 EUR',
    '1.23.456 EUR',
    '12.90 QQQ',
    '$5 EUR',
    '.',
  ])('refuses %s, saying what it expects', (text) => {
    expect(() => parsePrice(text)).toThrow(/^price: expected an amount and a currency like 12\.90 USD or 1\.234,56 €/);
  });
});
