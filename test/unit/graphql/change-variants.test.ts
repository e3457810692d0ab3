import { describe, expect, it } from 'vitest';
import type { VariantOutcome, VariantUpdate } from '../../../src/catalog/change-variants.ts';
import { AppError } from '../../../src/errors.ts';
import { changeVariants } from '../../../src/graphql/change-variants.ts';
import { variantId } from '../../../src/identifiers.ts';

/** A catalogue that changes everything, and remembers how it was asked. */
function catalogue() {
  const writes: (readonly VariantUpdate[])[] = [];
  const deps = {
    updateVariants: async (updates: readonly VariantUpdate[]): Promise<VariantOutcome[]> => {
      writes.push(updates);
      return updates.map(({ variantId: id }) => ({
        ...{ variantId: id, outcome: 'UPDATED', productId: 'p', imageProblems: [] },
      }));
    },
    loadImage: async () => new Uint8Array(1),
  };
  return { deps, writes };
}

const changes = <Change extends object>(number: number, change: Change) =>
  Array.from({ length: number }, (_, n) => ({ by: { sku: `s${n}` }, ...change }));

describe('changeVariants', () => {
  it('makes changes of prices and stock in one call, and others 50 at a time', async () => {
    const { deps, writes } = catalogue();
    const { results, userErrors } = await changeVariants(deps, [
      ...changes(120, { quantity: 1, price: { amount: '1', currency: 'USD' } }),
      ...changes(180, { mpn: 'x' }).slice(120),
    ]);
    expect(writes.map(({ length }) => length).sort((a, b) => a - b)).toEqual([10, 50, 120]);
    expect(userErrors).toEqual([]);
    expect(results).toEqual(
      Array.from({ length: 180 }, (_, n) => ({ variantId: variantId(`s${n}`), outcome: 'UPDATED' })),
    );
  });

  it('reads no picture of a change that is refused anyway, and of the others what they name', async () => {
    const { deps, writes } = catalogue();
    const read: unknown[] = [];
    const loadImage = async (source: unknown) => {
      read.push(source);
      return new Uint8Array(1);
    };
    const images = [{ upload: 'u' }];
    const { userErrors } = await changeVariants({ ...deps, loadImage }, [
      { by: { sku: 'a' }, quantity: -1, images },
      { by: { sku: 'b' }, images: null },
      { by: { sku: 'c' }, images },
    ]);
    expect(userErrors).toMatchObject([{ path: ['variants', '0', 'quantity'], code: 'BAD_USER_INPUT' }]);
    expect(read).toEqual([{ kind: 'upload', id: 'u' }]);
    expect(writes.flat().map(({ change }) => change.images?.length)).toEqual([0, 1]);
  });

  it("ends at a failure that is no change's fault", async () => {
    const away = async () => {
      throw new AppError('DATABASE_UNAVAILABLE', 'the database is away');
    };
    const { deps } = catalogue();
    const change = changes(1, { quantity: 1 });
    await expect(changeVariants({ ...deps, updateVariants: away }, change)).rejects.toThrow('the database is away');
  });
});
