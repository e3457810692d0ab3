import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../../../src/catalog/feed/read-json-lines.ts';
import { collect, inPieces } from './collect-feed.ts';

const read = (text: string, size?: number) => collect(readJsonLines(inPieces(text, size)));

describe('readJsonLines', () => {
  it('reads strings, numbers, booleans, lists and money, and leaves null out', async () => {
    const line = JSON.stringify({
      id: 1,
      title: ' A ',
      imageLink: 'a.jpg',
      color: ['Red', 'Blue'],
      is_bundle: false,
      brand: null,
      price: { value: '12.90', currency: 'USD' },
      shipping: [{ country: 'US', service: 'Standard' }],
    });
    expect(await read(`${line}\r\n\n`, 5)).toEqual([
      {
        line: 1,
        id: ['1'],
        title: ['A'],
        image_link: ['a.jpg'],
        color: ['Red', 'Blue'],
        is_bundle: ['false'],
        price: ['12.90 USD'],
        shipping: ['US:Standard'],
      },
    ]);
  });

  it.each([
    ['text', 'hello'],
    ['cut JSON', '{"id": "1", "title'],
    ['a list', '[{"id": "1"}]'],
    ['null', 'null'],
    ['a number', '12'],
  ])('reports a line of %s and reads on', async (_, line) => {
    expect(await read(`${line}\n{"id":"2","title":"B"}`)).toMatchObject([
      { line: 1, problem: expect.stringMatching(/^expected one JSON object on the line, found/) },
      { line: 2, id: ['2'] },
    ]);
  });

  it('refuses a value nested so deep that it would exhaust the stack', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await read(`{"id":"1","title":"A","color":${deep}}\n{"id":"2","title":"B"}`)).toMatchObject([
      { line: 1, problem: expect.stringContaining('nested') },
      { line: 2 },
    ]);
  });

  it('keeps a field called __proto__ a field', async () => {
    expect(Object.keys((await read('{"id":"1","__proto__":"x"}'))[0] ?? {})).toContain('id');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
