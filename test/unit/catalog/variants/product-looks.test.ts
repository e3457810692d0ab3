import { describe, expect, it } from 'vitest';
import { looksOf, picturesOfLooks } from '../../../../src/catalog/variants/product-looks.ts';

const shirt = (color: string, size: string, ...pictures: string[]) => ({
  attributes: { color: [color], size: [size] },
  pictures,
});

describe('the looks of a product', () => {
  it('are its colours where colour alone changes the picture', () => {
    const variants = [shirt('Red', 'S', 'r'), shirt('Red', 'M', 'r'), shirt('Blue', 'S', 'b'), shirt('Red', 'L', 'r')];
    expect(looksOf(['color', 'size'], variants)).toEqual({ lookOf: [0, 0, 1, 0], options: ['color'], count: 2 });
  });

  it('are one where all pictures are alike, and where there are none', () => {
    const alike = [shirt('Red', 'S', 'x'), shirt('Blue', 'S', 'x')];
    expect(looksOf(['color', 'size'], alike)).toEqual({ lookOf: [0, 0], options: [], count: 1 });
    expect(looksOf(['color'], [shirt('Red', 'S'), shirt('Blue', 'S')]).count).toBe(1);
  });

  it('are one each where each variant has a picture of its own', () => {
    expect(looksOf(['color'], [shirt('Red', 'S', 'a'), shirt('Red', 'M', 'b')])).toEqual({
      lookOf: [0, 1],
      options: ['color'],
      count: 2,
    });
  });

  it('follow two options where both change the picture', () => {
    const variants = [shirt('Red', 'S', '1'), shirt('Red', 'M', '2'), shirt('Blue', 'S', '3'), shirt('Blue', 'M', '3')];
    expect(looksOf(['color', 'size'], variants).lookOf).toEqual([0, 1, 2, 3]);
  });
});

describe('the pictures of a product', () => {
  const key = (picture: string) => picture;

  it('are each once, those of each look after another, then those of no variant', () => {
    const variants = [
      { pictures: ['r1', 'back'], look: 0 },
      { pictures: ['b1', 'back'], look: 1 },
      { pictures: ['r1', 'r2'], look: 0 },
    ];
    expect(picturesOfLooks(variants, ['chart', 'chart'], key)).toEqual([
      { picture: 'r1', looks: [0] },
      { picture: 'back', looks: [0, 1] },
      { picture: 'r2', looks: [0] },
      { picture: 'b1', looks: [1] },
      { picture: 'chart', looks: null },
    ]);
  });

  it('belong to no look in particular where there is one look, or where the product lists them, too', () => {
    expect(picturesOfLooks([{ pictures: ['a'], look: 0 }], [], key)).toEqual([{ picture: 'a', looks: null }]);
    const two = [
      { pictures: ['a'], look: 0 },
      { pictures: ['b'], look: 1 },
    ];
    expect(picturesOfLooks(two, ['a'], key)).toEqual([
      { picture: 'a', looks: null },
      { picture: 'b', looks: [1] },
    ]);
  });
});
