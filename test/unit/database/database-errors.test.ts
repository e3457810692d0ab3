import { describe, expect, it } from 'vitest';
import { translateDatabaseError } from '../../../src/database/database-errors.ts';
import { AppError } from '../../../src/errors.ts';

function driverError(code: string, message = 'driver text with secret'): Error {
  return Object.assign(new Error(message), { code });
}

describe('translateDatabaseError', () => {
  it.each(['08000', '08006', '08P01', '57P01', '57P02', '57P03', '53300', '25P03', '28P01', '28000', '3D000'])(
    'says that the database is unavailable for SQLSTATE %s, and keeps the driver text out of the message',
    (code) => {
      const original = driverError(code);
      const translated = translateDatabaseError(original);
      expect(translated).toMatchObject({ name: 'AppError', code: 'DATABASE_UNAVAILABLE', cause: original });
      expect((translated as Error).message).not.toContain('secret');
    },
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'])(
    'does so for the system error %s',
    (code) => {
      expect(translateDatabaseError(driverError(code))).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    },
  );

  it('does so for a name whose addresses all refuse', () => {
    const error = new AggregateError([driverError('ECONNREFUSED'), driverError('ECONNREFUSED')]);
    expect(translateDatabaseError(error)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
  ])('does so for the driver message "%s"', (message) => {
    expect(translateDatabaseError(new Error(message))).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('says TIMEOUT for a cancelled statement', () => {
    expect(translateDatabaseError(driverError('57014'))).toMatchObject({ code: 'TIMEOUT' });
  });

  it.each(['23505', '42601', '42P01', '22P02', '22000', '40001', 'ENOMEM', '08', '0800'])(
    'lets %s through as it is',
    (code) => {
      const error = driverError(code);
      expect(translateDatabaseError(error)).toBe(error);
    },
  );

  it('lets what is translated already, and what is no error, through', () => {
    const translated = new AppError('TIMEOUT', 'slow');
    expect(translateDatabaseError(translated)).toBe(translated);
    expect(translateDatabaseError('57014')).toBe('57014');
  });
});
