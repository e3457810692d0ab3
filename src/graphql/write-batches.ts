import type { ImageInput } from '../catalog/product-input.ts';

/** Things wait for each other until there are so many, or their pictures so large; then they are written together. */
const BATCH_PRODUCTS = 50;
const BATCH_PICTURE_BYTES = 32 * 1024 * 1024;

/**
 * Writes things together, so many at a time that their pictures fit into memory.
 *
 * @param most - things at a time
 */
export function createBatches<Item>(write: (batch: readonly Item[]) => Promise<void>, most = BATCH_PRODUCTS) {
  let batch: Item[] = [];
  let bytes = 0;

  async function flush(): Promise<void> {
    if (batch.length > 0) await write(batch);
    batch = [];
    bytes = 0;
  }

  return {
    async add(item: Item, images: readonly ImageInput[] = []): Promise<void> {
      batch.push(item);
      // One that several variants list is held once.
      bytes += [...new Set(images)].reduce((sum, image) => sum + (image.kind === 'bytes' ? image.bytes.length : 0), 0);
      if (batch.length >= most || bytes >= BATCH_PICTURE_BYTES) await flush();
    },
    flush,
  };
}
