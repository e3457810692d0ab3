import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../src/search/request/check-request.ts';
import { needsCurrency } from '../../../src/search/request/needs-currency.ts';
import type { SearchRequest } from '../../../src/search/request/search-request.ts';

const needs = (request: Partial<SearchRequest>) => needsCurrency(checkRequest({ terms: [], ...request }));
const price = { price: { min: '1' } };

describe('needsCurrency', () => {
  it.each<Partial<SearchRequest>>([
    { filter: price },
    { filter: { and: [{ brand: { in: ['Acme'] } }, { or: [{ not: price }] }] } },
    { boosts: [{ filter: { or: [price] }, by: 0.1 }] },
    { sort: 'PRICE_ASC' },
    { sort: 'PRICE_DESC' },
  ])('holds where prices are compared: %j', (request) => {
    expect(needs(request)).toBe(true);
  });

  it.each<Partial<SearchRequest>>([
    {},
    { filter: { or: [], not: { brand: { in: ['Acme'] } } }, boosts: [{ filter: {}, by: 0.1 }], sort: 'TITLE' },
  ])('does not hold where none is: %j', (request) => {
    expect(needs(request)).toBe(false);
  });
});
