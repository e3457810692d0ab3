import { describe, expect, it } from 'vitest';
import { splitLinks, webAddress } from '../../../../../src/catalog/feed/values/links.ts';

const X = 'https://x.example/';

describe('splitLinks', () => {
  it.each([
    ['a.jpg,b.jpg', ['a.jpg', 'b.jpg']],
    ['a.jpg, b c.jpg , ', ['a.jpg', 'b c.jpg']],
    [`${X}w_4,h_3/a.jpg,${X}b.jpg`, [`${X}w_4,h_3/a.jpg`, `${X}b.jpg`]],
    [`${X}a,b`, [`${X}a,b`]],
    [`${X}a?s=1|2 | ${X}b;c`, [`${X}a?s=1|2`, `${X}b;c`]],
    [`${X}a ${X}b`, [`${X}a`, `${X}b`]],
    ['//x.example/a.jpg;//x.example/b.jpg', [`${X}a.jpg`, `${X}b.jpg`]],
    [`["${X}a, b.jpg", 5, "c.jpg"]`, [`${X}a, b.jpg`, 'c.jpg']],
    ['[draft] a.jpg', ['[draft] a.jpg']],
    ['shirts, red/a.jpg', ['shirts, red/a.jpg']],
    [`a.jpg,${X}b`, ['a.jpg', `${X}b`]],
    ['', []],
    [' , ', []],
  ])('splits %j', (text, links) => expect(splitLinks(text)).toEqual(links));
});

describe('webAddress', () => {
  it('adds the scheme that is left out, and nothing else', () => {
    expect(webAddress(' //x.example/a?b=1&amp;c=2 ')).toBe(`${X}a?b=1&c=2`);
    expect(webAddress('/a')).toBe('/a');
    expect(webAddress('x.example/a')).toBe('x.example/a');
  });
});
