import type { ImageState } from '../database/tables.ts';
import type { PreparedImage } from './variants/finish-product.ts';
import type { ImageKey, ImageMove, ImageRecord } from './write-statements.ts';

/** What a row of product_image says now. */
export interface CurrentImage extends ImageKey {
  readonly position: number;
  readonly looks: readonly number[] | null;
  readonly source_version: string | null;
  readonly content_hash: string | null;
  readonly state: ImageState;
  readonly failure: string | null;
}

/** What is to be done to product_image: first what is deleted, then the rest. */
export interface ImageChanges {
  readonly deleted: readonly ImageKey[];
  readonly inserted: readonly ImageRecord[];
  readonly moved: readonly ImageMove[];
}

/** A product as far as its pictures go. */
export interface PicturedProduct {
  readonly id: string;
  readonly images: readonly PreparedImage[];
  /** Whether these are all that it has: others go. */
  readonly isComplete: boolean;
}

/**
 * Compares pictures with their rows. A row whose picture has become another one is deleted and inserted anew, so that its
 * vectors go with it, whatever models there are; a row that FAILED is as well, unless it fails again for the same reason.
 *
 * @param current - the rows of these products, read in the transaction that holds the products
 */
export function imageChanges(products: readonly PicturedProduct[], current: readonly CurrentImage[]): ImageChanges {
  const rows = new Map(current.map((row) => [row.id, row]));
  const deleted: ImageKey[] = [];
  const inserted: ImageRecord[] = [];
  const moved: ImageMove[] = [];
  for (const product of products) {
    for (const image of product.images) {
      const row = rows.get(image.id);
      if (row !== undefined && staysAsItIs(image, row)) {
        // Of a web address what is stored is what its server said later.
        const version = image.taken.kind === 'later' ? row.source_version : (image.version ?? row.source_version);
        const { position, looks } = image;
        if (row.position !== position || row.source_version !== version || !areSame(row.looks, looks))
          moved.push({ product_id: product.id, id: image.id, position, looks, source_version: version });
        continue;
      }
      if (row !== undefined) deleted.push({ product_id: product.id, id: image.id });
      inserted.push(imageRecord(product.id, image));
    }
  }
  return { deleted: [...deleted, ...unlisted(products, current)], inserted, moved };
}

function staysAsItIs({ taken }: PreparedImage, row: CurrentImage): boolean {
  if (taken.kind === 'failed') return row.state === 'FAILED' && row.failure === taken.reason;
  if (row.state === 'FAILED') return false;
  return taken.kind === 'later' || row.content_hash === taken.contentHash;
}

function areSame(some: readonly number[] | null, others: readonly number[] | null): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** Rows of pictures that the shop no longer lists. */
function unlisted(products: readonly PicturedProduct[], current: readonly CurrentImage[]): ImageKey[] {
  const complete = new Set(products.filter(({ isComplete }) => isComplete).map(({ id }) => id));
  const listed = new Set(products.flatMap((product) => product.images.map((image) => image.id)));
  return current
    .filter((row) => complete.has(row.product_id) && !listed.has(row.id))
    .map(({ product_id, id }) => ({ product_id, id }));
}

function imageRecord(productId: string, { id, position, looks, source, version, taken }: PreparedImage): ImageRecord {
  const kept = taken.kind === 'kept' ? taken : undefined;
  return {
    product_id: productId,
    id,
    position,
    looks,
    source,
    source_version: version,
    content_hash: kept?.contentHash ?? null,
    width: kept?.width ?? null,
    height: kept?.height ?? null,
    state: taken.kind === 'failed' ? 'FAILED' : 'PENDING',
    failure: taken.kind === 'failed' ? taken.reason : null,
  };
}
