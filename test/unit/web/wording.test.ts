import { describe, expect, it } from 'vitest';
import { asFailure, Failure, failureOf, failureOfStatus } from '../../../web/api/failure.ts';
import { operationAsText, statementsAsText } from '../../../web/components/copied-text.ts';
import { firstOperation } from '../../../web/graphiql/first-operation.ts';
import { count, counted, duration, ordinal, percent, price, signed } from '../../../web/wording.ts';

describe('how numbers are written', () => {
  it('is the same everywhere', () => {
    expect([count(44_072), counted(1, 'product'), counted(0, 'query', 'queries')]).toEqual([
      '44,072',
      '1 product',
      '0 queries',
    ]);
    expect([signed(0.5), signed(-0.123), signed(0), percent(0.971)]).toEqual(['+0.5', '−0.12', '0', '97 %']);
    expect([duration(3.14), duration(340.4), duration(1_234)]).toEqual(['3.1 ms', '340 ms', '1.2 s']);
    expect([1, 2, 3, 11, 22].map(ordinal)).toEqual(['1st', '2nd', '3rd', '11th', '22nd']);
    expect(price({ amount: '12.90', currency: 'USD' })).toBe('$12.90');
  });
});

describe('why a request failed', () => {
  it('says whether trying again may help', () => {
    expect(failureOf({ message: 'm', code: 'SERVER_OVERLOADED', retryable: true }).kind).toBe('busy');
    expect(failureOf({ message: 'm', code: 'DATABASE_UNAVAILABLE', retryable: true }).kind).toBe('unreachable');
    expect(failureOf({ message: 'm', code: 'BAD_USER_INPUT', retryable: false }).kind).toBe('refused');
    expect([failureOfStatus(502).kind, failureOfStatus(404).kind]).toEqual(['unreachable', 'refused']);
    expect(asFailure(new TypeError('Failed to fetch'), false)?.kind).toBe('unreachable');
  });

  it('is nobody’s business once the request was superseded', () => {
    expect(asFailure(new Failure('busy', 'm'), true)).toBeNull();
  });
});

describe('what is copied', () => {
  const variables = { input: {}, first: 24, facets: [], severalTerms: false, byVariant: false, explain: false };

  it('is the operation with its fragments, tidy, and its variables', () => {
    const text = operationAsText(variables);
    expect(text).toMatch(/^query Search\(/);
    expect(text).toMatch(/^fragment Card on Product \{\n {2}id/m);
    expect(JSON.parse(text.split('# Variables:')[1] ?? '')).toEqual(variables);
  });

  it('is all statements in their order, each ended once', () => {
    const statements = [
      { stage: 'WORDS' as const, milliseconds: 1, sql: 'select 1;' },
      { stage: null, milliseconds: 2, sql: 'select 2\n' },
    ];
    expect(statementsAsText({ statements, milliseconds: 3.25 })).toBe(
      '-- 2 statements, 3.3 ms all together\n\n-- WORDS, 1.0 ms\nselect 1;\n\n-- between two stages, 2.0 ms\nselect 2;\n',
    );
  });
});

describe('the explorer', () => {
  it('begins with what the page hands over', () => {
    expect(firstOperation(`#${new URLSearchParams({ query: '{ a & b }', variables: '{"a": "#"}' })}`)).toEqual({
      query: '{ a & b }',
      variables: '{"a": "#"}',
    });
    expect(firstOperation('')).toEqual({ query: undefined, variables: undefined });
  });
});
