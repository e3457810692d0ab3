import { describe, expect, it } from 'vitest';
import { refusalOf, retryClashes } from '../../../src/catalog/write-failures.ts';
import { AppError } from '../../../src/errors.ts';

/** What the driver throws for a statement that failed. */
function driverError(code: unknown): Error {
  return Object.assign(new Error('invalid byte sequence in "secret"'), { code });
}

/** Fails with each error in turn, then succeeds. */
function failing(...errors: Error[]): () => Promise<string> {
  const left = errors.values();
  return async () => {
    const { value: error, done } = left.next();
    if (done) return 'done';
    throw error;
  };
}

describe('retryClashes', () => {
  it('begins again after a deadlock or a serialization failure, three times', async () => {
    const clashes = [driverError('40P01'), driverError('40001'), driverError('40P01')];
    expect(await retryClashes(failing(...clashes))).toBe('done');
    const fourth = driverError('40001');
    await expect(retryClashes(failing(...clashes, fourth))).rejects.toBe(fourth);
  });

  it.each([driverError('23505'), driverError('57014'), new Error('40P01'), new AppError('TIMEOUT', 'too long')])(
    'passes %s on at once',
    async (error) => {
      await expect(retryClashes(failing(error))).rejects.toBe(error);
    },
  );
});

describe('refusalOf', () => {
  it.each([
    ['22021', 'a value that it cannot hold (SQLSTATE 22021)'],
    ['23514', 'a value that a rule of its tables forbids (SQLSTATE 23514)'],
    ['54000', 'more text than it can index (SQLSTATE 54000)'],
  ])("says in our words what %s means, none of the driver's", (code, found) => {
    expect(refusalOf(driverError(code))).toBe(`expected a product that the database can hold, found ${found}`);
  });

  it.each([
    driverError('42601'),
    driverError('08006'),
    driverError('53100'),
    driverError('EPIPE'),
    driverError('ECONNREFUSED'),
    driverError(22),
    new AppError('DATABASE_UNAVAILABLE', 'gone'),
    new Error('x'),
    '22021',
  ])('does not blame the row for %s', (error) => {
    expect(refusalOf(error)).toBeUndefined();
  });
});
