import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import {
  checkFirst,
  readListCursor,
  readNumberedCursor,
  toConnection,
  writeListCursor,
} from '../../../src/graphql/list-pages.ts';

const ID = '6f0a4e36-6a0c-4b54-9d5e-3f1f6f1d2c11';
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the cursor of a list', () => {
  it.each([0, 12, 1_767_225_600_123_456, null])('comes back as what it was made of: %s', (number) => {
    expect(readListCursor(writeListCursor({ number, id: ID }))).toEqual({ number, id: ID });
  });

  it.each([null, undefined])('asks for the first page where there is none: %s', (after) => {
    expect(readListCursor(after)).toBeUndefined();
    expect(readNumberedCursor(after)).toBeUndefined();
  });

  it.each([
    '',
    'x',
    ID,
    encoded([12]),
    encoded([12, ID, 1]),
    encoded([1.5, ID]),
    encoded([-1, ID]),
    encoded([2 ** 60, ID]),
    encoded(['12', ID]),
    encoded([12, `${ID}0`]),
    encoded([12, "' or 1 = 1"]),
    encoded({ number: 12, id: ID }),
  ])('is refused where it is none: %j', (after) => {
    expect(() => readListCursor(after)).toThrow(AppError);
    expect(() => readListCursor(after)).toThrow('after: expected a cursor that another page of this list gave, found');
  });

  it('is refused where everything has a number, and it has none', () => {
    expect(() => readNumberedCursor(writeListCursor({ number: null, id: ID }))).toThrow('after: expected a cursor');
    expect(readNumberedCursor(writeListCursor({ number: 3, id: ID }))).toEqual({ number: 3, id: ID });
  });
});

describe('a page of a list', () => {
  it('says where it begins and ends, and what is around it', () => {
    const place = (number: number) => ({ number, id: ID });
    const connection = toConnection({ items: [1, 2], hasNextPage: true }, place, 'a cursor');
    expect(connection.edges).toEqual([
      { cursor: writeListCursor(place(1)), node: 1 },
      { cursor: writeListCursor(place(2)), node: 2 },
    ]);
    expect(connection.nodes).toEqual([1, 2]);
    expect(connection.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: true,
      startCursor: writeListCursor(place(1)),
      endCursor: writeListCursor(place(2)),
    });
    expect(toConnection({ items: [], hasNextPage: false }, place, null).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it('has 1 to 100 items', () => {
    expect([1, 100].map(checkFirst)).toEqual([1, 100]);
    for (const first of [0, -1, 101])
      expect(() => checkFirst(first)).toThrow(`first: expected 1 to 100, found ${first}`);
  });
});
