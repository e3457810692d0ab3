import { parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateTime, Decimal, HttpUrl } from '../../../src/graphql/scalars.ts';

describe('DateTime', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01t12:00:00.5z', '2026-03-01T12:00:00.500Z'],
    ['2026-03-01T12:00:00+05:30', '2026-03-01T06:30:00.000Z'],
    ['2024-02-29T00:00:00-01:00', '2024-02-29T01:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(DateTime.parseValue(text).toISOString()).toBe(instant);
    expect(DateTime.parseLiteral(parseValue(JSON.stringify(text)), {}).toISOString()).toBe(instant);
  });

  it.each([
    '',
    'yesterday',
    '2026-03-01',
    '2026-03-01T12:00:00',
    '2026-03-01 12:00:00Z',
    '2026-02-30T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-03-01T25:00:00Z',
    1_700_000_000,
    null,
    {},
  ])('refuses %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow('expected an instant like "2026-03-01T12:00:00Z", found');
  });

  it('writes dates in UTC and nothing else', () => {
    expect(DateTime.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(() => DateTime.serialize('1970')).toThrow(TypeError);
  });
});

describe('Decimal', () => {
  it.each(['0', '12.90', '-3.5', '00123.000'])('takes %s as it is written', (text) => {
    expect(Decimal.parseValue(text)).toBe(text);
    expect(Decimal.serialize(text)).toBe(text);
  });

  it.each(['', ' 1', '1e5', '1,5', '.5', '5.', 'NaN', '0x10', '1'.repeat(31), 12.9, 12, true])(
    'refuses %j',
    (value) => {
      expect(() => Decimal.parseValue(value)).toThrow('expected a decimal number in quotes, like "12.90", found');
    },
  );

  it.each(['12.9', '12', 'true', '[1]'])('refuses %s written into the query without quotes', (literal) => {
    expect(() => Decimal.parseLiteral(parseValue(literal), {})).toThrow('expected a decimal number in quotes');
  });
});

describe('URL', () => {
  it.each(['https://shop.example/a?b=c#d', 'http://127.0.0.1:4000/images/x'])('takes %s', (text) => {
    expect(HttpUrl.parseValue(text)).toBe(text);
  });

  it.each([
    '',
    'shop.example',
    '/images/1.jpg',
    'ftp://shop.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://',
    `https://shop.example/${'a'.repeat(2_000)}`,
    7,
  ])('refuses %j', (value) => {
    expect(() => HttpUrl.parseValue(value)).toThrow('expected an absolute http or https address, found');
  });

  it('cuts what it repeats', () => {
    expect(() => HttpUrl.parseValue('x'.repeat(10_000))).toThrow(/^.{1,200}$/);
  });
});
