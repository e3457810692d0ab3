import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../src/search/request/check-request.ts';
import { requestHash } from '../../../src/search/request/request-hash.ts';
import type { SearchRequest } from '../../../src/search/request/search-request.ts';

const REQUEST: SearchRequest = {
  terms: [{ match: { kind: 'text', text: 'red' } }],
  filter: { brand: { in: ['Acme'] }, price: { min: '1', max: '2' } },
};
const hashOf = (request: SearchRequest) => requestHash(checkRequest(request));
const picture = (bytes: Uint8Array): SearchRequest => ({
  terms: [{ match: { kind: 'image', source: { kind: 'bytes', bytes } } }],
});

describe('requestHash', () => {
  it('is the same for the same search, however it is written', () => {
    const same: SearchRequest = {
      after: 'x',
      first: 3,
      words: 'AUTO',
      filter: { price: { max: '2', min: '1' }, brand: { in: ['Acme'] } },
      terms: [{ weight: 1, match: { kind: 'text', text: ' red ' } }],
    };
    expect(hashOf(same)).toBe(hashOf(REQUEST));
  });

  it.each<Partial<SearchRequest>>([
    { terms: [{ match: { kind: 'text', text: 'blue' } }] },
    { terms: [{ match: { kind: 'text', text: 'red' }, weight: 0.5 }] },
    { filter: { brand: { in: ['Bolt'] } } },
    { filter: { updatedAt: { from: new Date(0) } } },
    { filter: { updatedAt: { from: new Date(1) } } },
    { words: 'OFF' },
    { minRelevance: 0.1 },
    { sort: 'PRICE_ASC' },
    { currency: 'EUR' },
    { unavailable: 'SHOW' },
    { boosts: [{ filter: { brand: { in: ['Acme'] } }, by: 0.1 }] },
    { pin: [{ kind: 'sku', sku: 'A' }] },
    { exclude: [{ kind: 'sku', sku: 'A' }] },
    { unlike: { kind: 'sku', sku: 'A' } },
    { diversify: {} },
    { diversify: { strength: 0.4 } },
    { diversify: { candidates: 50 } },
  ])('differs with %j', (change) => {
    expect(hashOf({ ...REQUEST, ...change })).not.toBe(hashOf(REQUEST));
  });

  it('heeds the order of pinned products, and not how a default is spelt', () => {
    const [a, b] = [
      { kind: 'sku', sku: 'A' },
      { kind: 'sku', sku: 'B' },
    ] as const;
    expect(hashOf({ ...REQUEST, pin: [a, b] })).not.toBe(hashOf({ ...REQUEST, pin: [b, a] }));
    expect(hashOf({ ...REQUEST, diversify: { strength: 0 } })).toBe(hashOf(REQUEST));
    expect(hashOf({ ...REQUEST, diversify: {} })).toBe(hashOf({ ...REQUEST, diversify: { strength: 0.3 } }));
  });

  it('tells pictures apart by their bytes', () => {
    expect(hashOf(picture(Uint8Array.of(1, 2)))).toBe(hashOf(picture(Uint8Array.of(1, 2))));
    expect(hashOf(picture(Uint8Array.of(1, 2)))).not.toBe(hashOf(picture(Uint8Array.of(1, 3))));
  });
});
