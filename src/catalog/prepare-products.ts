// What is done before the transaction is opened: files, hashes, and the question of what has changed at all.
import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { imageId, productId } from '../identifiers.ts';
import { mapConcurrently } from '../limiter.ts';
import { productContentHash } from './content-hash.ts';
import { type IdentifiedImage, identifyImage, type TakenImage, takeInImage } from './image-intake.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';
import type { ImageInput, ProductInput } from './product-input.ts';
import { failedImages, productHashes, storedImages } from './write-statements.ts';

/** A product with all that its rows need, its pictures read. */
export interface PreparedProduct {
  readonly id: string;
  readonly input: ProductInput;
  readonly contentHash: string;
  /** UNCHANGED: nothing is written of it, except pictures that FAILED before and are tried again. */
  readonly change: 'NEW' | 'CHANGED' | 'UNCHANGED';
  /** All its pictures, or those tried or read again where it is UNCHANGED. */
  readonly images: readonly PreparedImage[];
  /** Its pictures stay as they are, whatever else changes; `images` has none. */
  readonly keepsImages?: boolean;
}

/** A picture of a prepared product. */
export interface PreparedImage {
  /** As in product_image. */
  readonly id: string;
  readonly position: number;
  readonly source: string;
  readonly version: string | null;
  readonly taken: TakenImage;
}

interface PrepareDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
}

/** A product before it is compared with what is stored. */
interface Draft {
  readonly id: string;
  readonly input: ProductInput;
  readonly contentHash: string;
  readonly images: readonly DraftImage[];
}

/** A picture of a product that has not been read yet. */
export type DraftImage = IdentifiedImage & { readonly id: string; readonly position: number };

/** Products whose files are looked at or read at once. Node.js has four threads for files; the rest keeps them busy. */
const PRODUCTS_AT_ONCE = 16;

/**
 * Reads what is new of the products' pictures, in no transaction, and finds out which products differ from what is stored.
 * An unchanged product costs a look at its files' times and its part of two statements, by primary key.
 *
 * @param refetch - whether all files are read again (false)
 */
export async function prepareProducts(
  deps: PrepareDeps,
  products: readonly ProductInput[],
  refetch = false,
): Promise<PreparedProduct[]> {
  const drafts = await mapConcurrently(products, PRODUCTS_AT_ONCE, draftProduct);
  const changes = await findChanges(deps.db, drafts);
  const known = await findKnownImages(deps.db, changes, refetch);
  return mapConcurrently(drafts, PRODUCTS_AT_ONCE, async (draft) => {
    const change = changes.get(draft.id) ?? 'NEW';
    const images: PreparedImage[] = [];
    for (const image of draft.images) {
      const stored = known.get(image.id);
      if (change === 'UNCHANGED' && stored === undefined) continue;
      images.push({ ...image, taken: await takeInImage(deps, image, refetch ? undefined : stored) });
    }
    return { id: draft.id, input: draft.input, contentHash: draft.contentHash, change, images };
  });
}

async function draftProduct(input: ProductInput): Promise<Draft> {
  const id = productId(input.sku);
  const images = await draftImages(id, input.images);
  return { id, input, contentHash: productContentHash(input, images), images };
}

/** By source: a picture that is listed twice is one picture, at its first place. */
export async function draftImages(id: string, inputs: readonly ImageInput[]): Promise<DraftImage[]> {
  const identified = new Map<string, IdentifiedImage>();
  for (const image of inputs) {
    const each = await identifyImage(image);
    if (!identified.has(each.source)) identified.set(each.source, each);
  }
  return [...identified.values()].map((image, position) => ({ ...image, id: imageId(id, image.source), position }));
}

/** By product id; a product that is not stored is not in it. */
async function findChanges(
  db: Kysely<Database>,
  drafts: readonly Draft[],
): Promise<Map<string, 'CHANGED' | 'UNCHANGED'>> {
  const ids = drafts.map((draft) => draft.id);
  const stored = new Map((await productHashes(db, ids).execute()).map((row) => [row.id, row.content_hash]));
  const changes = new Map<string, 'CHANGED' | 'UNCHANGED'>();
  for (const { id, contentHash } of drafts) {
    if (stored.has(id)) changes.set(id, stored.get(id) === contentHash ? 'UNCHANGED' : 'CHANGED');
  }
  return changes;
}

/** By picture id: all pictures of changed products, the FAILED ones of unchanged products, or of these all, too. */
async function findKnownImages(
  db: Kysely<Database>,
  changes: ReadonlyMap<string, 'CHANGED' | 'UNCHANGED'>,
  all: boolean,
) {
  const idsOf = (wanted: 'CHANGED' | 'UNCHANGED') =>
    [...changes].filter(([, change]) => change === wanted).map(([id]) => id);
  const changed = all ? [...changes.keys()] : idsOf('CHANGED');
  const unchanged = all ? [] : idsOf('UNCHANGED');
  const rows = [
    ...(changed.length === 0 ? [] : await storedImages(db, changed).execute()),
    ...(unchanged.length === 0 ? [] : await failedImages(db, unchanged).execute()),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}
