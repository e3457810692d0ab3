import { describe, expect, it } from 'vitest';
import { productPredicates, type ResolvedFilter } from '../../../src/search/filter/product-filter.ts';
import { selectivePart } from '../../../src/search/nearest/selective-part.ts';
import { compiledConditions } from '../../support/compiled-conditions.ts';
import { makeClusters, makeSketches } from '../../support/vector-clusters.ts';

/** A million vectors in ten clusters, of which so many in all are of a value. */
function partOf(filter: ResolvedFilter, counts: Readonly<Record<string, number>>): string {
  const each = Object.fromEntries(Object.entries(counts).map(([value, vectors]) => [value, vectors / 10]));
  const made = Array.from({ length: 10 }, () => ({ vectors: 100_000, centroid: [1, 0], counts: each }));
  const part = selectivePart(makeSketches(makeClusters(made)), filter);
  return part === undefined ? '' : compiledConditions(productPredicates(part))[0];
}

const ACME = { brand: { in: ['Acme'] } };
const BLACK = { attributes: [{ name: 'color', in: ['Black'] }] };
const BY_BRAND = 'p.brand = any($1::text[])';

describe('selectivePart', () => {
  it('is what few hold for, beside what many do', () => {
    expect(partOf({ ...ACME, ...BLACK }, { 'BRAND:Acme': 10_000, 'color:Black': 200_000 })).toBe(BY_BRAND);
    expect(partOf({ and: [BLACK, { and: [ACME] }] }, { 'BRAND:Acme': 10_000, 'color:Black': 200_000 })).toBe(BY_BRAND);
  });

  it('is a code, which hardly any product has', () => {
    expect(partOf({ gtin: { in: ['1', '2'] }, ...BLACK }, { 'color:Black': 200_000 })).toContain(
      'v.gtin = any($1::text[])',
    );
  });

  it('may be one on attributes', () => {
    const part = partOf({ ...ACME, ...BLACK }, { 'BRAND:Acme': 500_000, 'color:Black': 5_000 });
    expect(part).toMatch(/^p\.attributes @> /);
  });

  it('is nothing where so much would have to be read that lists are quicker', () => {
    expect(partOf({ ...ACME, ...BLACK }, { 'BRAND:Acme': 50_000, 'color:Black': 200_000 })).toBe('');
  });

  it('is nothing where there is nothing to choose', () => {
    const counts = { 'BRAND:Acme': 10, 'color:Black': 500_000 };
    expect(partOf({}, counts)).toBe('');
    expect(partOf(ACME, counts)).toBe('');
    // What is turned round or one of several is not in a list.
    expect(partOf({ ...BLACK, not: ACME }, counts)).toBe('');
    expect(partOf({ ...BLACK, or: [ACME] }, counts)).toBe('');
    expect(partOf({ ...BLACK, brand: { notIn: ['Acme'] } }, counts)).toBe('');
  });

  it('looks up what is asked for, and not what is left out beside it', () => {
    const filter = { ...BLACK, brand: { in: ['Acme'], notIn: ['Acme Kids'] } };
    expect(partOf(filter, { 'BRAND:Acme': 10_000, 'BRAND:Acme Kids': 10, 'color:Black': 200_000 })).toBe(BY_BRAND);
  });
});
