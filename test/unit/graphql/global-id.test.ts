import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { decodeGlobalId, encodeGlobalId, parseGlobalId } from '../../../src/graphql/global-id.ts';

const UUID = '6f0a4e36-6a0c-5b54-9d5e-3f1f6f1d2c11';

describe('global ids', () => {
  it.each(['product', 'category', 'image', 'model', 'import', 'evaluation'] as const)(
    'come back as what they were made of: %s',
    (kind) => {
      expect(parseGlobalId(encodeGlobalId(kind, UUID))).toEqual({ kind, uuid: UUID });
      expect(decodeGlobalId(kind, `${kind}_${UUID}`, 'id')).toBe(UUID);
    },
  );

  it.each([
    '',
    UUID,
    `shop_${UUID}`,
    `product_${UUID} `,
    `product_${UUID.toUpperCase()}`,
    `product_${UUID.slice(1)}`,
    `xproduct_${UUID}`,
    `product_${UUID}\n`,
    "product_' or 1 = 1",
  ])('are nothing else: %j', (text) => {
    expect(parseGlobalId(text)).toBeUndefined();
  });

  it('of another kind are refused with what was expected and what was found', () => {
    const decode = () => decodeGlobalId('product', `category_${UUID}`, 'filter.product.in.0.id');
    expect(decode).toThrow(AppError);
    expect(decode).toThrow(
      `filter.product.in.0.id: expected an id like product_6f0a4e36-6a0c-4b54-9d5e-3f1f6f1d2c11, found "category_${UUID}"`,
    );
  });
});
