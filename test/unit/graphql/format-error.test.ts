import { GraphQLError, Kind, locatedError, parseValue } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { formatError } from '../../../src/graphql/format-error.ts';

/** Formats what a resolver at `product` threw, and gives what was logged beside it. */
function format(
  thrown: unknown,
  { signal = new AbortController().signal, code }: { signal?: AbortSignal; code?: string } = {},
) {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const located = locatedError(thrown, { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'product' } }, ['product']);
  const formatted = { message: located.message, path: ['product'], extensions: code === undefined ? {} : { code } };
  return { answer: formatError(formatted, located, { requestId: 'r-1', signal, logger }), lines };
}

describe('formatError', () => {
  it('shows a refusal with its code and place, and does not log it', () => {
    const { answer, lines } = format(new AppError('BAD_USER_INPUT', 'by.id: expected ...', { path: ['by', 'id'] }));
    expect(answer).toEqual({
      message: 'by.id: expected ...',
      path: ['product'],
      extensions: { code: 'BAD_USER_INPUT', retryable: false, path: ['by', 'id'] },
    });
    expect(lines).toEqual([]);
  });

  it('shows a failure of the world as retryable, and logs its cause once', () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7:5432');
    const { answer, lines } = format(new AppError('DATABASE_UNAVAILABLE', 'the database is away', { cause }));
    expect(answer.extensions).toEqual({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    expect(JSON.stringify(answer)).not.toContain('10.0.0.7');
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain('10.0.0.7');
  });

  it.each([
    ['an error', new Error('relation "product" does not exist')],
    ['a string', 'relation "product" does not exist'],
    ['a value that we could not write', new GraphQLError('relation "product" does not exist')],
  ])('masks a defect and logs it once under the request id: %s', (_, thrown) => {
    const { answer, lines } = format(thrown);
    expect(answer.message).toBe('Something went wrong on our side; the log has it under request id r-1.');
    expect(answer.extensions).toEqual({ code: 'INTERNAL', retryable: false });
    expect(lines).toMatchObject([{ requestId: 'r-1' }]);
    expect(JSON.stringify(lines)).toContain('relation');
  });

  it('keeps what graphql-js says of an argument that it refuses while it runs', () => {
    const nodes = parseValue('{ sku: null }');
    const { answer, lines } = format(new GraphQLError('Argument "by" has invalid value', { nodes }));
    expect(answer).toMatchObject({
      message: 'Argument "by" has invalid value',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(lines).toEqual([]);
  });

  it.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST'])(
    'keeps the standard code %s and cuts a long message',
    (code) => {
      const { answer } = format(new GraphQLError('x'.repeat(5_000)), { code });
      expect(answer.extensions).toEqual({ code, retryable: false });
      expect(answer.message.length).toBeLessThan(600);
    },
  );

  it('finds what was thrown however often it was wrapped', () => {
    const refusal = new AppError('NOT_FOUND', 'nothing there');
    const { answer } = format(new GraphQLError('nothing there', { originalError: refusal }));
    expect(answer.extensions).toEqual({ code: 'NOT_FOUND', retryable: false });
  });

  it('says that time was up whatever the abort made of it', () => {
    const signal = AbortSignal.abort(new AppError('TIMEOUT', 'expected an answer within 5 ms, found none'));
    const { answer } = format(new DOMException('This operation was aborted', 'AbortError'), { signal });
    expect(answer).toMatchObject({
      message: 'expected an answer within 5 ms, found none',
      extensions: { code: 'TIMEOUT', retryable: true },
    });
  });

  it('logs nothing for a client that went away', () => {
    const { answer, lines } = format(new Error('connection closed'), { signal: AbortSignal.abort() });
    expect(answer.extensions).toMatchObject({ code: 'TIMEOUT' });
    expect(lines).toEqual([]);
  });
});
