import type { ImageState } from '../database/tables.ts';
import type { PreparedImage, PreparedProduct } from './prepare-products.ts';
import type { ImageKey, ImageMove, ImageRecord } from './write-statements.ts';

/** What a row of product_image says now. */
export interface CurrentImage extends ImageKey {
  readonly position: number;
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

/**
 * Compares pictures with their rows. A row whose picture has become another one is deleted and inserted anew, so that its
 * vectors go with it, whatever models there are; a row that FAILED is as well, unless it fails again for the same reason.
 *
 * @param current - the rows of these products, read in the transaction that holds the products
 */
export function imageChanges(products: readonly PreparedProduct[], current: readonly CurrentImage[]): ImageChanges {
  const rows = new Map(current.map((row) => [row.id, row]));
  const deleted: ImageKey[] = [];
  const inserted: ImageRecord[] = [];
  const moved: ImageMove[] = [];
  for (const product of products) {
    for (const image of product.images) {
      const row = rows.get(image.id);
      if (row !== undefined && staysAsItIs(image, row)) {
        const version = image.taken.kind === 'later' ? row.source_version : image.version;
        if (row.position !== image.position || row.source_version !== version) {
          moved.push({ product_id: product.id, id: image.id, position: image.position, source_version: version });
        }
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

/** Rows of pictures that the shop no longer lists. Of an unchanged product only a part of the pictures is known here. */
function unlisted(products: readonly PreparedProduct[], current: readonly CurrentImage[]): ImageKey[] {
  const complete = new Set(products.filter(({ change }) => change !== 'UNCHANGED').map(({ id }) => id));
  const listed = new Set(products.flatMap((product) => product.images.map((image) => image.id)));
  return current
    .filter((row) => complete.has(row.product_id) && !listed.has(row.id))
    .map(({ product_id, id }) => ({ product_id, id }));
}

function imageRecord(productId: string, { id, position, source, version, taken }: PreparedImage): ImageRecord {
  const kept = taken.kind === 'kept' ? taken : undefined;
  return {
    product_id: productId,
    id,
    position,
    source,
    source_version: version,
    content_hash: kept?.contentHash ?? null,
    width: kept?.width ?? null,
    height: kept?.height ?? null,
    state: taken.kind === 'failed' ? 'FAILED' : 'PENDING',
    failure: taken.kind === 'failed' ? taken.reason : null,
  };
}
