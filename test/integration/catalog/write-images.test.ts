import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPictureStore, pictureHash } from '../../../src/catalog/picture-store.ts';
import type { ImageInput } from '../../../src/catalog/product-input.ts';
import { upsertProducts, type WriteDeps, type WriteOutcome } from '../../../src/catalog/write-products.ts';
import { registerEmbeddingModel } from '../../../src/database/embedding-models.ts';
import { inspectPicture } from '../../../src/embedding/picture.ts';
import { imageId, productId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { aPicture, aProduct } from '../../support/product-factory.ts';
import { testWords } from '../../support/test-words.ts';

let database: TestDatabase;
let deps: WriteDeps;
/** How often a picture was looked into. */
let inspected = 0;
let vectors: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const pictures = await openPictureStore(`${database.dataFolder}/pictures`);
  deps = {
    db: database.db,
    words: await testWords(),
    pictures,
    inspectPicture: (bytes) => {
      inspected++;
      return inspectPicture(bytes);
    },
  };
  const model = { name: 'tiny', version: '1', manifestHash: 'a'.repeat(64), dimensions: 2 };
  vectors = (await registerEmbeddingModel(database.db, model)).imageTable;
});
beforeEach(async () => {
  await sql`truncate product, category cascade`.execute(database.db);
  await rm(feedFolder(), { recursive: true, force: true });
  await mkdir(feedFolder());
  inspected = 0;
});
afterAll(() => database.close());

const feedFolder = () => `${database.dataFolder}/feed`;
const file = (name: string): ImageInput => ({ kind: 'file', name, path: `${feedFolder()}/${name}` });
const url = (address: string): ImageInput => ({ kind: 'url', url: address });
const write = (name: string, bytes: Uint8Array) => writeFile(`${feedFolder()}/${name}`, bytes);

async function send(...images: ImageInput[]): Promise<WriteOutcome | undefined> {
  const [outcome] = await upsertProducts(deps, [aProduct({ images })]);
  return outcome;
}

async function stored() {
  return database.db.selectFrom('product_image').selectAll().orderBy('position').execute();
}

/** As if embed-catalog.ts had been here. */
async function embedAll(): Promise<void> {
  await sql`insert into ${sql.table(vectors)} select product_id, id, '[1,0]' from product_image on conflict do nothing`.execute(
    database.db,
  );
  await sql`update product_image set state = 'READY', failure = null`.execute(database.db);
}

async function vectorsOf(): Promise<unknown[]> {
  return (await sql<{ image_id: string }>`select image_id from ${sql.table(vectors)}`.execute(database.db)).rows;
}

describe('pictures of upsertProducts', () => {
  it('keeps files and bytes at once, and leaves web addresses for later', async () => {
    const [red, green] = [await aPicture(255), await aPicture(0, 255)];
    await write('red.png', red);
    expect(await send(file('red.png'), url('https://x.example/1.jpg'), { kind: 'bytes', bytes: green })).toMatchObject({
      outcome: 'CREATED',
      imageProblems: [],
    });
    const kept = { state: 'PENDING', failure: null, width: 8, height: 6 };
    expect(await stored()).toMatchObject([
      { ...kept, position: 0, source: 'file:red.png', content_hash: pictureHash(red) },
      { position: 1, source: 'https://x.example/1.jpg', state: 'PENDING', content_hash: null, source_version: null },
      { ...kept, position: 2, source: `content:${pictureHash(green)}`, content_hash: pictureHash(green) },
    ]);
    expect((await stored())[0]?.id).toBe(imageId(productId('A1'), 'file:red.png'));
    expect(await deps.pictures.read(pictureHash(green))).toEqual(green);
  });

  it('reads a file again only when its size or time has changed', async () => {
    await write('a.png', await aPicture(1));
    await send(file('a.png'));
    await embedAll();
    expect(await send(file('a.png'))).toMatchObject({ outcome: 'UNCHANGED' });
    await upsertProducts(deps, [aProduct({ title: 'Other', images: [file('a.png')] })]);
    expect(inspected).toBe(1);

    await utimes(`${feedFolder()}/a.png`, 1, 1);
    expect(await send(file('a.png'))).toMatchObject({ outcome: 'UPDATED' });
    expect(inspected).toBe(2);
    // The same bytes: nothing to embed again.
    expect(await stored()).toMatchObject([{ state: 'READY', source_version: expect.stringMatching(/-1000$/) }]);
    expect(await vectorsOf()).toHaveLength(1);
  });

  it('drops the vectors of a picture whose content has changed', async () => {
    await write('a.png', await aPicture(1));
    await write('b.png', await aPicture(2));
    await send(file('a.png'), file('b.png'));
    await embedAll();
    const other = await aPicture(3);
    await write('a.png', other);
    await utimes(`${feedFolder()}/a.png`, 1, 1);
    await send(file('a.png'), file('b.png'));
    expect(await stored()).toMatchObject([
      { source: 'file:a.png', state: 'PENDING', content_hash: pictureHash(other) },
      { source: 'file:b.png', state: 'READY' },
    ]);
    expect(await vectorsOf()).toEqual([{ image_id: imageId(productId('A1'), 'file:b.png') }]);
  });

  it('adds, removes and moves pictures, and keeps the vectors of those that stay', async () => {
    await send(url('https://x.example/1'), url('https://x.example/2'), url('https://x.example/3'));
    await embedAll();
    await send(url('https://x.example/3'), url('https://x.example/4'), url('https://x.example/1'));
    expect((await stored()).map(({ source, state }) => `${source} ${state}`)).toEqual([
      'https://x.example/3 READY',
      'https://x.example/4 PENDING',
      'https://x.example/1 READY',
    ]);
    expect(await vectorsOf()).toHaveLength(2);
    await send();
    expect(await stored()).toEqual([]);
  });

  it('keeps what was learnt of a web address when the product changes', async () => {
    await send(url('https://x.example/1'));
    await sql`update product_image set state = 'READY', content_hash = 'abc', source_version = 'etag', width = 1`.execute(
      database.db,
    );
    const images = [url('https://x.example/0'), url('https://x.example/1')];
    await upsertProducts(deps, [aProduct({ title: 'Other', images })]);
    expect(await stored()).toMatchObject([
      { position: 0, state: 'PENDING' },
      { position: 1, state: 'READY', content_hash: 'abc', source_version: 'etag', width: 1 },
    ]);
  });

  it('keeps a picture that is listed twice once, at its first place', async () => {
    const bytes = await aPicture(1);
    await send(
      { kind: 'bytes', bytes },
      url('https://x.example/1'),
      { kind: 'bytes', bytes },
      url('https://x.example/1'),
    );
    expect((await stored()).map(({ position }) => position)).toEqual([0, 1]);
  });

  it('saves the product and says why when pictures cannot be read', async () => {
    const whole = await aPicture(1);
    await write('cut.png', whole.subarray(0, whole.length - 30));
    await write('empty.png', new Uint8Array());
    await write('words.png', Buffer.from('no picture'));
    await write('large.png', Buffer.alloc(10 * 1024 ** 2 + 1));
    await mkdir(`${feedFolder()}/folder.png`);
    const names = [
      'cut.png',
      'missing.png',
      'empty.png',
      'words.png',
      'large.png',
      'folder.png',
      'empty.png/x',
      'x'.repeat(300),
    ];
    const outcome = await send(...names.map(file), { kind: 'bytes', bytes: Buffer.from('neither') });
    expect(outcome).toMatchObject({ outcome: 'CREATED' });
    const problems = outcome?.outcome === 'CREATED' ? outcome.imageProblems : [];
    expect(Object.fromEntries(problems.map(({ source, reason }) => [source, reason]))).toEqual({
      'file:cut.png': expect.stringMatching(/picture/),
      'file:missing.png': 'expected a picture file, found no such file',
      'file:empty.png': expect.stringMatching(/found no bytes at all/),
      'file:words.png': expect.stringMatching(/expected JPEG, PNG/),
      'file:large.png': 'expected at most 10,485,760 bytes, found 10,485,761',
      'file:folder.png': 'expected a file, found something else',
      'file:empty.png/x': 'expected a picture file, found no such file',
      [`file:${'x'.repeat(300)}`]: 'expected a picture file, found one that cannot be read (ENAMETOOLONG)',
      [`content:${pictureHash(Buffer.from('neither'))}`]: expect.stringMatching(/expected JPEG, PNG/),
    });
    for (const row of await stored()) expect(row).toMatchObject({ state: 'FAILED', content_hash: null });
  });

  it('tries a picture that failed again when the product is sent again', async () => {
    await write('a.png', Buffer.from('no picture'));
    await write('b.png', await aPicture(2));
    const images = [file('a.png'), file('b.png'), url('https://x.example/1')];
    await send(...images);
    await sql`update product_image set state = 'FAILED', failure = 'was cut' where source like 'https%'`.execute(
      database.db,
    );
    inspected = 0;
    // Still no picture: nothing is written of it, and the other file is not read again.
    expect(await send(...images)).toMatchObject({ outcome: 'UNCHANGED', imageProblems: [{ source: 'file:a.png' }] });
    expect(inspected).toBe(1);
    expect((await stored()).map(({ state }) => state)).toEqual(['FAILED', 'PENDING', 'PENDING']);

    // Mended without a trace in size or time: the product is unchanged, the picture is tried all the same.
    const time = new Date(1_700_000_000_000);
    const mended = await aPicture(7);
    await write('a.png', Buffer.alloc(mended.length, 'x'));
    await utimes(`${feedFolder()}/a.png`, time, time);
    await send(...images);
    await write('a.png', mended);
    await utimes(`${feedFolder()}/a.png`, time, time);
    expect(await send(...images)).toMatchObject({ outcome: 'UNCHANGED', imageProblems: [] });
    expect(await stored()).toMatchObject([
      { state: 'PENDING', content_hash: pictureHash(mended), position: 0 },
      { state: 'PENDING', position: 1 },
      { state: 'PENDING', position: 2 },
    ]);
  });

  it('takes in a file that was missing once it is there, and fails one that has gone', async () => {
    await send(file('a.png'));
    await write('a.png', await aPicture(1));
    expect(await send(file('a.png'))).toMatchObject({ outcome: 'UPDATED', imageProblems: [] });
    await embedAll();
    await rename(`${feedFolder()}/a.png`, `${feedFolder()}/b.png`);
    expect(await send(file('a.png'))).toMatchObject({ outcome: 'UPDATED', imageProblems: [{ source: 'file:a.png' }] });
    expect(await stored()).toMatchObject([{ state: 'FAILED', content_hash: null }]);
    expect(await vectorsOf()).toEqual([]);
  });

  it('saves nothing when the fault is not the picture', async () => {
    await write('a.png', await aPicture(1));
    const full = new Error('disk full');
    const pictures = { ...deps.pictures, put: () => Promise.reject(full) };
    await expect(upsertProducts({ ...deps, pictures }, [aProduct({ images: [file('a.png')] })])).rejects.toBe(full);
    expect(await stored()).toEqual([]);
  });

  it('takes 500 products of 32 pictures each in one call', async () => {
    const images = Array.from({ length: 32 }, (_, i) => url(`https://x.example/${i}`));
    const products = Array.from({ length: 500 }, (_, i) => aProduct({ sku: `p${i}`, images }));
    await upsertProducts(deps, products);
    const { count } = await database.db
      .selectFrom('product_image')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(16_000);
    const reversed = products.map(({ groupId }) => aProduct({ sku: groupId, images: images.toReversed() }));
    await upsertProducts(deps, reversed);
    const main = await database.db
      .selectFrom('product_image')
      .select('source')
      .distinct()
      .where('position', '=', 0)
      .execute();
    expect(main).toEqual([{ source: 'https://x.example/31' }]);
  });
});
