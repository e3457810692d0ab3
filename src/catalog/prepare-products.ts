// What is done before the transaction is opened: files, hashes, and the question of what has changed at all.
import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { imageId, productId, variantId } from '../identifiers.ts';
import { mapConcurrently } from '../limiter.ts';
import { formerContentHash, variantContentHash } from './content-hash.ts';
import { type IdentifiedImage, identifyImage, takeInImage } from './image-intake.ts';
import type { InspectPicture, PictureStore } from './picture-store.ts';
import { categoryPaths } from './product-categories.ts';
import type { ImageInput, ProductInput, VariantInput, VariantRow } from './product-input.ts';
import type { TakenImage } from './taken-image.ts';
import { contentHashOf, type PreparedImage } from './variants/finish-product.ts';
import { isSameOffer, type Offer, offerRecord } from './variants/offer.ts';
import { type ReadImage, type ReadProduct, type ReadRow, rowOfVariant } from './variants/read-product.ts';
import { productHashes, variantOffers } from './variants/stored-statements.ts';
import type { VariantOffer } from './variants/variant-statements.ts';
import { failedImages, storedImages } from './write-statements.ts';

/** What is to be written of one product. */
export type ProductWrite =
  /** All of it; a variant that is not named is deleted, unless it is among `keptSkus`. */
  | { readonly product: ProductInput }
  /** Rows of a feed; variants that are not among them stay, and what is said of the product is composed anew of them all. At least one, each sku once. */
  | { readonly groupId: string; readonly rows: readonly VariantRow[] };

/** A product with all that its rows need, its pictures read. */
export interface PreparedWrite {
  readonly id: string;
  readonly groupId: string;
  /** Ids of the variants that are handed in. */
  readonly variantIds: readonly string[];
  /** Paths that categories may be needed of. */
  readonly categories: readonly (readonly string[])[];
  readonly read:
    | { readonly product: ReadProduct; readonly keptSkus: readonly string[] }
    | { readonly rows: readonly ReadRow[] };
  /** Nothing is written of it, except `offers` and `retried`. */
  readonly isUnchanged: boolean;
  /** Of an unchanged product: the variants that cost something else now, or of which there are more or less. */
  readonly offers: readonly VariantOffer[];
  /** Of an unchanged product: pictures that FAILED before and were tried again, or all that were read again. */
  readonly retried: readonly PreparedImage[];
}

interface PrepareDeps {
  readonly db: Kysely<Database>;
  readonly pictures: PictureStore;
  readonly inspectPicture: InspectPicture;
}

/** Products whose files are looked at or read at once. Node.js has four threads for files; the rest keeps them busy. */
const PRODUCTS_AT_ONCE = 16;

/**
 * Reads what is new of the products' pictures, in no transaction, and finds out which products differ from what is stored.
 * An unchanged product costs a look at its files' times and its part of three statements, by keys.
 *
 * @param refetch - whether all files are read again (false)
 */
export async function prepareProducts(
  deps: PrepareDeps,
  writes: readonly ProductWrite[],
  refetch = false,
): Promise<PreparedWrite[]> {
  const drafts = await mapConcurrently(writes, PRODUCTS_AT_ONCE, draftProduct);
  const unchanged = await findUnchanged(deps.db, drafts);
  const known = await findKnownImages(deps.db, drafts, { unchanged, all: refetch });
  return mapConcurrently(drafts, PRODUCTS_AT_ONCE, async (draft) => {
    const offers = unchanged.get(draft.id);
    const isUnchanged = offers !== undefined;
    const taken = new Map<string, TakenImage>();
    for (const image of draft.images.values()) {
      const stored = known.size === 0 ? undefined : known.get(imageId(draft.id, image.source));
      if (isUnchanged && stored === undefined) continue;
      taken.set(image.source, await takeInImage(deps, image, refetch ? undefined : stored));
    }
    const { images: _, read, ...rest } = draft;
    if (!isUnchanged) return { ...rest, read: withTaken(read, taken), isUnchanged, offers: [], retried: [] };
    return { ...rest, read, isUnchanged, offers, retried: retriedImages(draft, taken, known) };
  });
}

interface Draft extends Omit<PreparedWrite, 'isUnchanged' | 'offers' | 'retried'> {
  /** By source: a picture that is listed twice is one picture. */
  readonly images: ReadonlyMap<string, IdentifiedImage>;
}

/** Its pictures are identified, and not read yet: all are `later`. */
async function draftProduct(write: ProductWrite): Promise<Draft> {
  const images = new Map<string, IdentifiedImage>();
  const list = (inputs: readonly ImageInput[]) => identifyImages(inputs, images);
  if ('rows' in write) {
    const { groupId } = write;
    const rows: ReadRow[] = [];
    for (const row of write.rows) {
      const listed = await list(row.images);
      rows.push({ row, images: listed, contentHash: variantContentHash({ ...row, groupId }, listed) });
    }
    const categories = write.rows.flatMap(categoryPaths);
    const variantIds = write.rows.map(({ sku }) => variantId(sku));
    return { id: productId(groupId), groupId, variantIds, categories, read: { rows }, images };
  }
  const { product } = write;
  const variants: (readonly [VariantInput, ReadImage[]])[] = [];
  for (const variant of product.variants) variants.push([variant, await list(variant.images)]);
  const read = readProduct(product, variants, await list(product.images));
  const { groupId, keptSkus = [] } = product;
  const variantIds = product.variants.map(({ sku }) => variantId(sku));
  return {
    ...{ id: productId(groupId), groupId, variantIds, categories: categoryPaths(product) },
    ...{ read: { product: read, keptSkus }, images },
  };
}

/** A product, its pictures being named; with what is said of each variant hashed. */
export function readProduct(
  product: Omit<ProductInput, 'images' | 'variants' | 'keptSkus'>,
  variants: readonly (readonly [Omit<VariantInput, 'images'>, readonly ReadImage[]])[],
  images: readonly ReadImage[],
): ReadProduct {
  const { groupId, title, description, brand, category, furtherCategories, link, options } = product;
  const facts = { groupId, title, description, brand, category, furtherCategories, link, options };
  return {
    ...facts,
    images,
    variants: variants.map(([given, own]) => {
      const variant = { ...given, title: given.title === title ? null : given.title };
      return {
        variant,
        images: own,
        contentHash: variantContentHash(rowOfVariant(facts, variant), [...own, ...images]),
      };
    }),
  };
}

/** Names pictures, without reading them. @param known - by source; pictures are added to it */
export async function identifyImages(
  inputs: readonly ImageInput[],
  known: Map<string, IdentifiedImage>,
): Promise<ReadImage[]> {
  const listed = new Map<string, ReadImage>();
  for (const input of inputs) {
    // Twelve sizes list the same files: each is looked at once.
    const named = input.kind === 'file' ? known.get(`file:${input.name}`) : undefined;
    const image = named ?? (await identifyImage(input));
    const { source, version } = known.get(image.source) ?? image;
    if (!known.has(source)) known.set(source, image);
    if (!listed.has(source)) listed.set(source, { source, version, taken: { kind: 'later' } });
  }
  return [...listed.values()];
}

function withTaken(read: PreparedWrite['read'], taken: ReadonlyMap<string, TakenImage>): PreparedWrite['read'] {
  const fill = (images: readonly ReadImage[]) =>
    images.map((image) => ({ ...image, taken: taken.get(image.source) ?? image.taken }));
  if ('rows' in read) return { rows: read.rows.map((row) => ({ ...row, images: fill(row.images) })) };
  return { ...read, product: imagesReplaced(read.product, fill) };
}

/** @param replace - gives other pictures for those of the product or of one variant */
export function imagesReplaced(
  product: ReadProduct,
  replace: (images: readonly ReadImage[]) => readonly ReadImage[],
): ReadProduct {
  return {
    ...product,
    images: replace(product.images),
    variants: product.variants.map((variant) => ({ ...variant, images: replace(variant.images) })),
  };
}

type KnownImages = ReadonlyMap<string, Awaited<ReturnType<ReturnType<typeof storedImages>['execute']>>[number]>;

function retriedImages(draft: Draft, taken: ReadonlyMap<string, TakenImage>, known: KnownImages): PreparedImage[] {
  return [...taken].flatMap(([source, found]) => {
    const id = imageId(draft.id, source);
    const stored = known.get(id);
    const version = draft.images.get(source)?.version ?? null;
    return stored === undefined
      ? []
      : [{ id, position: stored.position, looks: stored.looks, source, version, taken: found }];
  });
}

/** By id, the products that are as they are handed in but for what their variants cost and how many there are: these, as they are to be. */
async function findUnchanged(
  db: Kysely<Database>,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, readonly VariantOffer[]>> {
  const variantIds = drafts.flatMap((draft) => draft.variantIds);
  const productIds = drafts.flatMap(({ id, read }) => ('rows' in read ? [] : [id]));
  const variants = variantIds.length === 0 ? [] : await variantOffers(db, variantIds).execute();
  const products = productIds.length === 0 ? [] : await productHashes(db, productIds).execute();
  const hashes = new Map(products.map(({ id, content_hash }) => [id, content_hash]));
  const stored = new Map(variants.map((variant) => [variant.id, variant]));

  function offersOf(draft: Draft): VariantOffer[] | undefined {
    const offers: VariantOffer[] = [];
    const { read } = draft;
    const given = givenVariants(draft);
    if ('product' in read) {
      const hash = hashes.get(draft.id);
      const [only] = given;
      const isSame = () => hash === contentHashOf(read.product) || (given.length === 1 && hash === only?.formerHash());
      if (hash === undefined || read.keptSkus.length > 0 || !isSame()) return undefined;
    }
    for (const [place, { offer, contentHash, formerHash }] of given.entries()) {
      const found = stored.get(draft.variantIds[place] ?? '');
      if (found?.product_id !== draft.id) return undefined;
      const record = offerRecord(offer);
      const isSame = isSameOffer(record, found);
      if (found.content_hash === contentHash) {
        if (!isSame) offers.push({ ...record, product_id: draft.id, id: found.id, content_hash: contentHash });
      } else if (!isSame || found.content_hash !== formerHash()) return undefined;
    }
    return offers;
  }
  return new Map(
    drafts.flatMap((draft) => {
      const offers = offersOf(draft);
      return offers === undefined ? [] : [[draft.id, offers] as const];
    }),
  );
}

/** The variants that are handed in, as hashes tell them; in the order of `variantIds`. */
function givenVariants({
  groupId,
  read,
}: Draft): { readonly offer: Offer; readonly contentHash: string; readonly formerHash: () => string }[] {
  if ('rows' in read)
    return read.rows.map(({ row, images, contentHash }) => ({
      ...{ offer: row, contentHash },
      formerHash: () => formerContentHash({ ...row, groupId }, images),
    }));
  const { product } = read;
  return product.variants.map(({ variant, images, contentHash }) => ({
    ...{ offer: variant, contentHash },
    formerHash: () => formerContentHash(rowOfVariant(product, variant), [...images, ...product.images]),
  }));
}

/** By picture id: all pictures of changed products, the FAILED ones of unchanged products, or of these all, too. */
async function findKnownImages(
  db: Kysely<Database>,
  drafts: readonly Draft[],
  { unchanged, all }: { readonly unchanged: ReadonlyMap<string, unknown>; readonly all: boolean },
): Promise<KnownImages> {
  const ids = drafts.map(({ id }) => id);
  const whole = ids.filter((id) => all || !unchanged.has(id));
  const failed = ids.filter((id) => !all && unchanged.has(id));
  const rows = [
    ...(whole.length === 0 ? [] : await storedImages(db, whole).execute()),
    ...(failed.length === 0 ? [] : await failedImages(db, failed).execute()),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}
