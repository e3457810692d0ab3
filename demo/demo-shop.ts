import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { AppError, badInput } from '../src/errors.ts';
import { type DemoProduct, type ShopItem, shopItems } from './demo-products.ts';
import { drawCustomerPhoto, drawProduct } from './draw-product.ts';

export type { DemoProduct } from './demo-products.ts';

export interface DemoShopOptions {
  /** Made if it is not there. */
  readonly folder: string;
  /** (3) 1 to 200 */
  readonly picturesPerProduct?: number;
  /** (true) also `customer-photos/` with `queries.tsv` */
  readonly customerPhotos?: boolean;
  /** In pictures, customer photos included. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Every nineteenth product is photographed by a customer: some of each family, 17 in all. */
const CUSTOMER_PHOTO_STEP = 19;

/** The products of the demo shop, always the same; nothing is drawn. */
export function demoProducts(): readonly DemoProduct[] {
  return shopItems().map(({ product }) => product);
}

/**
 * Draws the demo shop into a folder: the feed `products.tsv` (Google Merchant's columns), its pictures in `pictures/`,
 * and `customer-photos/` with `queries.tsv` (image, id of the product that it shows).
 *
 * A picture's name ends in the hash of its drawing, so what is there already is kept: a run that was stopped goes on where it was,
 * and a second one draws nothing. The feed is written last.
 *
 * @returns the path of the feed, and how many products and product pictures it names
 * @throws AppError BAD_USER_INPUT: not 1 to 200 pictures; a folder that cannot be made
 * @throws the signal's reason, once it is aborted
 */
export async function writeDemoShop(
  options: DemoShopOptions,
): Promise<{ feed: string; products: number; pictures: number }> {
  const { folder, picturesPerProduct = 3, customerPhotos = true, onProgress, signal } = options;
  if (!Number.isInteger(picturesPerProduct) || picturesPerProduct < 1 || picturesPerProduct > 200)
    throw badInput('picturesPerProduct', 'a whole number from 1 to 200', picturesPerProduct);
  await makeFolder(join(folder, 'pictures'));
  const items = shopItems();
  const photographed = customerPhotos ? items.filter((_, i) => i % CUSTOMER_PHOTO_STEP === 7) : [];
  const tasks: (() => Promise<void>)[] = [];
  const names = new Map<ShopItem, string[]>();
  for (const item of items) {
    const own: string[] = [];
    names.set(item, own);
    for (let number = 1; number <= picturesPerProduct; number++)
      tasks.push(async () => {
        own[number - 1] = await writePicture(
          folder,
          `pictures/${item.product.id}-${number}`,
          drawProduct(item, number),
        );
      });
  }
  const photos: string[] = [];
  if (customerPhotos) await makeFolder(join(folder, 'customer-photos'));
  photographed.forEach((item, i) => {
    tasks.push(async () => {
      const name = `customer-photos/photo-${String(i + 1).padStart(2, '0')}`;
      photos[i] = await writePicture(folder, name, drawCustomerPhoto(item), asTakenByHand);
    });
  });
  await runAll(tasks, onProgress, signal);
  if (customerPhotos) {
    const rows = photographed.map((item, i) => [(photos[i] ?? '').replace('customer-photos/', ''), item.product.id]);
    await writeWhole(join(folder, 'customer-photos', 'queries.tsv'), tsv([['image', 'id'], ...rows]));
  }
  const feed = join(folder, 'products.tsv');
  await writeWhole(feed, tsv([FEED_COLUMNS, ...items.map((item) => feedRow(item.product, names.get(item) ?? []))]));
  return { feed, products: items.length, pictures: items.length * picturesPerProduct };
}

const FEED_COLUMNS = [
  'id',
  'title',
  'description',
  'product_type',
  'brand',
  'color',
  'gender',
  'material',
  'pattern',
  'season',
  'style',
  'price',
  'availability',
  'image_link',
  'additional_image_link',
];

function feedRow(product: DemoProduct, pictures: readonly string[]): string[] {
  const {
    id,
    title,
    description,
    productType,
    brand,
    color,
    gender,
    material,
    pattern,
    season,
    style,
    price,
    availability,
  } = product;
  const [first = '', ...others] = pictures;
  return [
    id,
    title,
    description,
    productType,
    brand,
    color,
    gender,
    material,
    pattern,
    season,
    style,
    price,
    availability,
    first,
    others.join(','),
  ];
}

function tsv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.join('\t')).join('\n')}\n`;
}

type Finish = (picture: Sharp) => Sharp;

const asDrawn: Finish = (picture) => picture.jpeg({ quality: 85 });
/** A little out of focus, and saved small. */
const asTakenByHand: Finish = (picture) => picture.blur(1.3).jpeg({ quality: 62 });

/** @returns the picture's name in the folder, with its hash */
async function writePicture(folder: string, name: string, drawing: string, finish: Finish = asDrawn): Promise<string> {
  const hash = createHash('sha256').update(drawing).digest('hex').slice(0, 10);
  const file = `${name}-${hash}.jpg`;
  const path = join(folder, file);
  if (!(await exists(path))) await writeWhole(path, await finish(sharp(Buffer.from(drawing))).toBuffer());
  return file;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whole or not at all, whenever the process is killed. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', `folder: expected one that can be made and written to, found ${path}`, {
      cause,
      path: ['folder'],
    });
  }
}

/**
 * As many at once as there are cores; sharp draws each in a thread of its own. After a failure nothing more is begun, and what is under way is waited for: whoever
 * stopped it may take the folder away.
 */
async function runAll(
  tasks: readonly (() => Promise<void>)[],
  onProgress: DemoShopOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const waiting = tasks.values();
  let done = 0;
  let failed = false;
  const worker = async () => {
    for (const task of waiting) {
      if (failed) return;
      try {
        signal?.throwIfAborted();
        await task();
      } catch (error) {
        failed = true;
        throw error;
      }
      done += 1;
      onProgress?.(done, tasks.length);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: availableParallelism() }, worker));
  const failure = ended.find((each) => each.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
