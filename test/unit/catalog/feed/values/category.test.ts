import { describe, expect, it } from 'vitest';
import { parseCategories, splitLevels } from '../../../../../src/catalog/feed/values/category.ts';

describe('parseCategories', () => {
  it.each([
    ['Apparel > Topwear > Shirts', ['Apparel', 'Topwear', 'Shirts']],
    ['Apparel &gt; Topwear', ['Apparel', 'Topwear']],
    ['Home > Women > Dresses, Home > Sale', ['Home', 'Women', 'Dresses'], ['Home', 'Sale']],
    ['Home > Lamps | Sale > Lamps', ['Home', 'Lamps'], ['Sale', 'Lamps']],
    ['Home/Lamps,Sale/Lamps', ['Home', 'Lamps'], ['Sale', 'Lamps']],
    ['Home/Lamps|Sale/Lamps', ['Home', 'Lamps'], ['Sale', 'Lamps']],
    ['Home\\Lamps; Sale\\Lamps\\Small', ['Home', 'Lamps'], ['Sale', 'Lamps', 'Small']],
    ['Home > Lamps || Sale > Lamps', ['Home', 'Lamps'], ['Sale', 'Lamps']],
    ['Home > Lamps\r\nSale > Lamps', ['Home', 'Lamps'], ['Sale', 'Lamps']],
    ['Home → Lamps', ['Home', 'Lamps']],
    ['Salt / Pepper | Tea / Coffee', ['Salt / Pepper', 'Tea / Coffee']],
    ['Salt/Pepper | Mills', ['Salt/Pepper', 'Mills']],
    ['Cups » Tea/Coffee', ['Cups', 'Tea/Coffee']],
    ['Fruit, Vegetables > Apples', ['Fruit, Vegetables', 'Apples']],
    ['Shoes, Boots', ['Shoes, Boots']],
    ['Salt &amp; Pepper', ['Salt & Pepper']],
    [' > Shoes >> Boots > ', ['Shoes', 'Boots']],
    [''],
  ] as [string, ...string[][]][])('reads %j', (text, ...paths) => expect(parseCategories(text)).toEqual(paths));
});

describe('splitLevels', () => {
  it('splits by the one separator of a dialect', () => {
    expect(splitLevels('Tea/Coffee > Cups ', '>')).toEqual(['Tea/Coffee', 'Cups']);
  });
});
