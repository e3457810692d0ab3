import { describe, expect, it } from 'vitest';
import { containsText } from '../../../src/words/contains-text.ts';

describe('containsText', () => {
  it.each([
    ['Crème brûlée', 'BRULEE'],
    ['STRASSE', 'straße'],
    ['Ελλάδα', 'ελλαδα'],
    ['Red', 'e'],
    ['Black T-Shirts', ' t shirt '],
    ['Tshirt', 'T-Shirt'],
    ['Black & White', 'black and w'],
    ['Black and White', 'black and'],
    ['16 GB', '16gb'],
    ['1/2', '/'],
    ['Red', ''],
  ])('finds in %s the text %s', (value, part) => {
    expect(containsText(part)(value)).toBe(true);
  });

  it.each([
    ['Red', 'read'],
    ['Red', '/'],
    ['C', 'c++'],
  ])('finds in %s no %s', (value, part) => {
    expect(containsText(part)(value)).toBe(false);
  });
});
