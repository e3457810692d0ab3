import { describe, expect, it } from 'vitest';
import { parseCategory, splitLevels } from '../../../../../src/catalog/feed/values/category.ts';

describe('parseCategory', () => {
  it.each([
    ['Apparel > Topwear > Shirts', ['Apparel', 'Topwear', 'Shirts']],
    ['Apparel &gt; Topwear', ['Apparel', 'Topwear']],
    ['Home > Women > Dresses, Home > Sale', ['Home', 'Women', 'Dresses']],
    ['Home > Lamps | Sale > Lamps', ['Home', 'Lamps']],
    ['Home/Lamps,Sale/Lamps', ['Home', 'Lamps']],
    ['Salt/Pepper | Mills', ['Salt/Pepper', 'Mills']],
    ['Cups » Tea/Coffee', ['Cups', 'Tea/Coffee']],
    ['Fruit, Vegetables > Apples', ['Fruit, Vegetables', 'Apples']],
    ['Shoes, Boots', ['Shoes, Boots']],
    ['Salt &amp; Pepper', ['Salt & Pepper']],
    [' > Shoes >> Boots > ', ['Shoes', 'Boots']],
    ['', []],
  ])('reads %j', (text, path) => expect(parseCategory(text)).toEqual(path));
});

describe('splitLevels', () => {
  it('splits by the one separator of a dialect', () => {
    expect(splitLevels('Tea/Coffee > Cups ', '>')).toEqual(['Tea/Coffee', 'Cups']);
  });
});
