import { describe, expect, it } from 'vitest';
import type { ProductImage } from '../../../src/catalog/read-products.ts';
import { AppError } from '../../../src/errors.ts';
import { createImageLoader } from '../../../src/shop/image-loader.ts';

const image = (id: string, contentHash: string | null): ProductImage => ({
  id,
  productId: 'p',
  contentHash,
  width: null,
  height: null,
  state: 'PENDING',
  failure: null,
  looks: null,
});

const images = [image('fetched', 'hash'), image('pending', null), image('lost', 'gone')];

const loadImage = createImageLoader({
  uploads: {
    read: async (id) => {
      if (id === 'upload') return Buffer.from('uploaded');
      throw new AppError('IMAGE_NOT_FOUND', 'no such upload');
    },
  },
  pictures: { read: async (hash) => (hash === 'hash' ? Buffer.from('stored') : undefined) },
  fetchImage: async (url) => ({ bytes: Buffer.from(url), version: null }),
  getProductImages: async (ids) => ids.map((id) => images.find((known) => known.id === id)),
});

describe('createImageLoader', () => {
  it.each([
    [{ kind: 'bytes', bytes: Buffer.from('given') }, 'given'],
    [{ kind: 'upload', id: 'upload' }, 'uploaded'],
    [{ kind: 'url', url: 'https://shop.example/1.jpg' }, 'https://shop.example/1.jpg'],
    [{ kind: 'productImage', id: 'fetched' }, 'stored'],
  ] as const)('loads %o', async (source, expected) => {
    expect(Buffer.from(await loadImage(source)).toString()).toBe(expected);
  });

  it.each([
    [{ kind: 'upload', id: 'other' }, 'IMAGE_NOT_FOUND', 'no such upload'],
    [{ kind: 'productImage', id: 'other' }, 'IMAGE_NOT_FOUND', 'no picture of the catalogue has the id "other"'],
    [{ kind: 'productImage', id: 'pending' }, 'IMAGE_NOT_FOUND', 'not fetched yet'],
    [{ kind: 'productImage', id: 'lost' }, 'IMAGE_NOT_FOUND', 'not in the folder of pictures'],
  ] as const)('refuses %o', async (source, code, message) => {
    await expect(loadImage(source)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
