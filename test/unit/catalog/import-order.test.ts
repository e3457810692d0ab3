import { describe, expect, it } from 'vitest';
import { checkImportOrder, knownLocale } from '../../../src/catalog/import-order.ts';

describe('an order to import', () => {
  it('takes what the command line takes, nulls for what is not said', () => {
    expect(checkImportOrder({ upload: 'x', currency: null, confirmed: null, missing: null })).toEqual({
      source: { upload: 'x' },
      name: undefined,
      pictures: null,
      options: { currency: undefined, locale: undefined, mapping: undefined },
      missing: 'KEEP',
      confirmed: false,
      refetch: false,
    });
    const order = checkImportOrder({
      ...{
        url: 'https://shop.example/feed',
        currency: 'eur',
        locale: 'de',
        missing: 'DELETE',
        confirmed: true,
        refetch: true,
      },
      mapping: { Farbe: 'attributes.color' },
    });
    expect(order).toMatchObject({
      source: { address: 'https://shop.example/feed' },
      missing: 'DELETE',
      confirmed: true,
      refetch: true,
    });
    expect(order.options).toMatchObject({ currency: 'EUR', locale: 'de' });
    expect(order.options.mapping?.columns.get('farbe')).toBe('color');
  });

  it.each([
    [{}, 'source: expected either upload or url'],
    [{ upload: 'x', url: 'https://a.example' }, 'source: expected either upload or url'],
    [{ upload: 3 }, 'upload: expected 1 to 2,000 characters, found 3'],
    [{ upload: 'x', currency: 'EURO' }, 'currency: expected the three letters'],
    [{ upload: 'x', locale: 'german' }, 'locale: expected a language'],
    [{ upload: 'x', missing: 'SELL' }, 'missing: expected KEEP, EXPIRE or DELETE, found "SELL"'],
    [{ upload: 'x', confirmed: 'yes' }, 'confirmed: expected true or false'],
    [{ upload: 'x', refetch: 1 }, 'refetch: expected true or false'],
    [{ upload: 'x', mapping: [] }, 'mapping: expected an object'],
    [{ upload: 'x', pictures: '/etc' }, 'pictures: expected nothing'],
  ])('refuses %j', (raw, message) => {
    expect(() => checkImportOrder(raw)).toThrow(message);
  });

  it('names a folder for pictures where who asks may', () => {
    expect(checkImportOrder({ upload: 'x', pictures: '/srv' }, { mayNameFolder: true }).pictures).toBe('/srv');
  });

  it('knows locales', () => {
    expect(['de', 'en-US', 'zh-Hant-TW', 'x', 'deutsch', ''].map(knownLocale)).toEqual([
      ...['de', 'en-US', 'zh-Hant-TW', undefined, undefined, undefined],
    ]);
  });
});
