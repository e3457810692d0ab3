import { describe, expect, it } from 'vitest';
import type { ProductInput } from '../../../src/catalog/product-input.ts';
import type { WriteOutcome } from '../../../src/catalog/write-products.ts';
import { AppError } from '../../../src/errors.ts';
import { saveProducts } from '../../../src/graphql/save-products.ts';

const MEGABYTE = 1024 * 1024;

/** A catalogue that saves everything but what is called `cursed`, and remembers how it was asked. */
function catalogue({ pictureBytes = 1 } = {}) {
  const writes: (readonly ProductInput[])[] = [];
  const deps = {
    upsertProducts: async (products: readonly ProductInput[]): Promise<WriteOutcome[]> => {
      writes.push(products);
      return products.map(({ groupId }) =>
        groupId === 'cursed'
          ? { outcome: 'FAILED', groupId, reason: 'it cannot be stored' }
          : {
              outcome: 'CREATED',
              groupId,
              productId: `id of ${groupId}`,
              imageProblems: [],
              variantProblems: [],
              movedVariants: [],
            },
      );
    },
    loadImage: async () => new Uint8Array(pictureBytes),
  };
  return { deps, writes };
}

/** A product of one variant. */
const single = (sku: string, title: string, images: { upload: string }[] = []) => ({
  title,
  images,
  variants: [{ sku }],
});

const products = (number: number, images: { upload: string }[] = []) =>
  Array.from({ length: number }, (_, index) => single(`s${index}`, 'Thing', images));

describe('saveProducts', () => {
  it('writes in batches of 50, in the order given', async () => {
    const { deps, writes } = catalogue();
    const { results, userErrors } = await saveProducts(deps, products(120));
    expect(writes.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(results).toEqual(products(120).map((_, n) => ({ productId: `id of s${n}`, outcome: 'CREATED' })));
    expect(userErrors).toEqual([]);
  });

  it('writes nothing for nothing', async () => {
    const { deps, writes } = catalogue();
    expect(await saveProducts(deps, [])).toEqual({ results: [], userErrors: [], warnings: [] });
    expect(writes).toEqual([]);
  });

  it('holds no more than some 32 MiB of pictures at once', async () => {
    const { deps, writes } = catalogue({ pictureBytes: 8 * MEGABYTE });
    await saveProducts(deps, products(6, [{ upload: 'a' }, { upload: 'b' }]));
    expect(writes.map(({ length }) => length)).toEqual([2, 2, 2]);
  });

  it('reads no picture of a product that is refused anyway', async () => {
    const { deps } = catalogue();
    const loadImage = async () => {
      throw new Error('read');
    };
    const { userErrors } = await saveProducts({ ...deps, loadImage }, [single('a', '', [{ upload: 'u' }])]);
    expect(userErrors).toMatchObject([{ path: ['products', '0', 'title'], code: 'BAD_USER_INPUT' }]);
  });

  it('says which product could not be stored, in the order of the input', async () => {
    const { deps } = catalogue();
    const { results, userErrors } = await saveProducts(deps, [
      single('a', 'A'),
      single('cursed', 'B'),
      single('c', ''),
    ]);
    const refused = { productId: null, outcome: 'REFUSED' };
    expect(results).toEqual([{ productId: 'id of a', outcome: 'CREATED' }, refused, refused]);
    expect(userErrors.map(({ path }) => path)).toEqual([
      ['products', '1'],
      ['products', '2', 'title'],
    ]);
    expect(userErrors[0]?.message).toBe('it cannot be stored');
  });

  it("ends at a failure that is no product's fault", async () => {
    const { deps } = catalogue();
    const away = async () => {
      throw new AppError('DATABASE_UNAVAILABLE', 'the database is away');
    };
    const withPicture = products(1, [{ upload: 'u' }]);
    await expect(saveProducts({ ...deps, upsertProducts: away }, products(1))).rejects.toThrow('the database is away');
    await expect(saveProducts({ ...deps, loadImage: away }, withPicture)).rejects.toThrow('the database is away');
  });
});
