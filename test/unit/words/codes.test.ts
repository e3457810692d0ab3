import { describe, expect, it } from 'vitest';
import { codeLexemes, gtin14, isbn13, looksLikeCode } from '../../../src/words/text/codes.ts';
import { numberWord, readNumber } from '../../../src/words/text/numbers.ts';

describe('codes', () => {
  it.each([
    ['ab-12/x', ['#ab12x']],
    ['ab 1200 q', ['#ab1200q', '#1200q']],
    ['000815', ['#000815', '#815']],
    ['0-306-40615-2', ['#0306406152', '#306406152', '#9780306406157', '#306406152'.replace('306406152', '406152')]],
    ['--', []],
  ])('%s is found by %j', (code, lexemes) => {
    expect(new Set(codeLexemes(code))).toEqual(new Set(lexemes));
  });

  it.each([
    ['4006381333931', '04006381333931'],
    ['96385074', '00000096385074'],
    ['036000291452', '00036000291452'],
    ['4006381333932', undefined],
    ['12345', undefined],
  ])('the GTIN of %s is %s', (digits, gtin) => {
    expect(gtin14(digits)).toBe(gtin);
  });

  it.each([
    ['0306406152', '9780306406157'],
    ['080442957x', '9780804429573'],
    ['0306406153', undefined],
  ])('the ISBN-13 of %s is %s', (isbn, long) => {
    expect(isbn13(isbn)).toBe(long);
  });

  it.each([
    ['kx-90t', true],
    ['4006381333931', true],
    ['501-0115', true],
    ['1500', false],
    ['t-shirt', false],
    ['x9', false],
  ])('%s looks like one: %s', (chunk, looks) => {
    expect(looksLikeCode(chunk)).toBe(looks);
  });
});

describe('numbers', () => {
  it.each([
    ['3,5', [3.5]],
    ['3.50', [3.5]],
    ['10,000', [10_000, 10]],
    ['1.234.567', [1_234_567]],
    ['1,234.5', [1234.5]],
    ['1.234,5', [1234.5]],
    ['0.500', [0.5]],
    ['1 1/2', [1.5]],
    ['1/0', []],
    ['1.2.3', []],
  ])('%s reads %j', (text, readings) => {
    expect(readNumber(text)).toEqual(readings);
  });

  it('are words without an exponent', () => {
    expect(numberWord(0.1 + 0.2)).toBe('0.3');
    expect(numberWord(2_500_000)).toBe('2500000');
  });
});
