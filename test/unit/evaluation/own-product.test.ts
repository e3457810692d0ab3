import { describe, expect, it } from 'vitest';
import { type Hit, withOwnProduct } from '../../../src/evaluation/own-product.ts';

const hit = (
  productId: string,
  similarity: number | null,
  imageId: string | null = `picture of ${productId}`,
): Hit => ({
  productId,
  imageId,
  similarity,
});
const HITS = [hit('a', 0.9), hit('b', 0.5), hit('c', 0.1)];
const own = (similarity: number) => ({ productId: 'own', imageId: 'another picture', similarity });

function order(hits: readonly Hit[], similarity: number, { hasNextPage = false, depth = 100 } = {}): string[] {
  return withOwnProduct(hits, own(similarity), { hasNextPage, depth }).map(({ productId }) => productId);
}

describe('withOwnProduct', () => {
  it('gives the product the place of its nearest other picture', () => {
    expect(order(HITS, 0.95)).toEqual(['own', 'a', 'b', 'c']);
    expect(order(HITS, 0.6)).toEqual(['a', 'own', 'b', 'c']);
    expect(order(HITS, 0)).toEqual(['a', 'b', 'c', 'own']);
    expect(order([], 0)).toEqual(['own']);
  });

  it('leaves it out where it would be on a later page', () => {
    expect(order(HITS, 0, { hasNextPage: true })).toEqual(['a', 'b', 'c']);
  });

  it('keeps to the depth', () => {
    expect(order(HITS, 0.95, { depth: 3 })).toEqual(['own', 'a', 'b']);
    expect(order(HITS, 0, { depth: 3 })).toEqual(['a', 'b', 'c']);
  });

  it('does not compare with products that have no picture', () => {
    expect(order([hit('a', 0.9), hit('text', 0.2, null), hit('c', 0.1)], 0.5)).toEqual(['a', 'text', 'own', 'c']);
  });

  it('changes nothing where there is no other picture', () => {
    expect(withOwnProduct(HITS, undefined, { hasNextPage: false, depth: 100 })).toEqual(HITS);
  });
});
