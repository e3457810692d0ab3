// What shops hand in of groups and variants that cannot be so: each is told, and the rest goes in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { updateVariants } from '../../../src/catalog/change-variants.ts';
import { checkProduct, type RawProduct } from '../../../src/catalog/check-product.ts';
import { importFeed } from '../../../src/catalog/import-feed.ts';
import { upsertProducts } from '../../../src/catalog/write-products.ts';
import { productId, variantId } from '../../../src/identifiers.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { aPicture } from '../../support/product-factory.ts';

const RED = 'https://shop.example/red.png';

let database: TestDatabase;
let folder: string;
let deps: Awaited<ReturnType<typeof openEmbedDeps>>;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-bad-variants-'));
});
beforeEach(async () => {
  await emptyShop(database);
  deps = await openEmbedDeps(database, { web: { [RED]: await aPicture(200) } });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** Imports rows and returns what was told of them, by their lines. */
async function imported(...rows: readonly Readonly<Record<string, string>>[]): Promise<[number | null, string][]> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((cells) => cells.join('\t'));
  const path = join(folder, 'feed.tsv');
  await writeFile(path, `${lines.join('\n')}\n`);
  const { importId } = await importFeed(deps, { path });
  const items = await database.db
    .selectFrom('import_item')
    .select(['line', 'reason'])
    .where('import_id', '=', importId)
    .where('outcome', '=', 'FAILED')
    .orderBy('line')
    .execute();
  return items.map(({ line, reason }) => [line, reason ?? '']);
}

const shirt = (size: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{
    id: `S-${size}`,
    title: `Shirt ${size}`,
    item_group_id: 'S',
    color: 'Red',
    size,
    price: '10 USD',
    brand: 'Acme',
  },
  ...more,
});

/** Skus by the group ids of their products, in the shop's order. */
async function shop(): Promise<Record<string, string[]>> {
  const rows = await database.db
    .selectFrom('product as p')
    .innerJoin('product_variant as v', 'v.product_id', 'p.id')
    .select(['p.group_id', 'v.sku'])
    .orderBy('p.group_id')
    .orderBy('v.position')
    .execute();
  const skus: Record<string, string[]> = {};
  for (const { group_id, sku } of rows) skus[group_id] = [...(skus[group_id] ?? []), sku];
  return skus;
}

/** Checks products and writes what of them is sound; returns all that was told. */
async function upserted(...raws: readonly RawProduct[]): Promise<string[]> {
  const checks = raws.map(checkProduct);
  const outcomes = await upsertProducts(
    deps,
    checks.flatMap(({ product }) => product ?? []),
  );
  return [
    ...checks.flatMap(({ problems }) => problems.map(({ message }) => message)),
    ...outcomes.flatMap((outcome) =>
      outcome.outcome === 'FAILED'
        ? outcome.reason
        : [...outcome.variantProblems, ...outcome.movedVariants].map(({ reason }) => reason),
    ),
  ];
}

const style = (groupId: string, sizes: readonly string[], more: Partial<RawProduct> = {}): RawProduct => ({
  ...{ groupId, title: 'Shirt', options: ['size'] },
  variants: sizes.map((size) => ({ sku: `S-${size}`, attributes: [{ name: 'size', values: [size] }] })),
  ...more,
});

it('takes the first of two variants with the same sku', async () => {
  expect(await upserted(style('S', ['S', 'M', 'S']))).toEqual([
    'variants.2.sku: expected a sku once, and variants.0 has it already, found "S-S"',
  ]);
  expect(await shop()).toEqual({ S: ['S-S', 'S-M'] });
  expect(await imported(shirt('S'), shirt('M'), shirt('S', { title: 'Again' }))).toEqual([
    [4, 'id: expected each id once, found it in line 2 before'],
  ]);
});

it('moves a sku that another product has, and says from where', async () => {
  expect(await imported(shirt('S'), shirt('M'))).toEqual([]);
  const reason = 'sku: expected one that no other product has, found "S-M" in "S"; it has moved';
  expect(await imported(shirt('M', { item_group_id: 'T' }), shirt('L', { item_group_id: 'T' }))).toEqual([[2, reason]]);
  expect(await shop()).toEqual({ S: ['S-S'], T: ['S-M', 'S-L'] });
  expect(await upserted(style('U', ['M']))).toEqual([reason.replace('"S";', '"T";')]);
  expect(await shop()).toEqual({ S: ['S-S'], T: ['S-L'], U: ['S-M'] });
});

it('deletes a product whose last variant another one of the call takes, and says so of what it was to be', async () => {
  await upserted(style('S', ['S']), style('T', ['M']));
  const taken = 'sku: expected each once, found "S-S" in "T" before; the first was taken';
  expect(await upserted(style('T', ['S', 'M']), style('S', ['S'], { title: 'Other' }))).toEqual([
    'sku: expected one that no other product has, found "S-S" in "S"; it has moved',
    taken,
  ]);
  expect(await shop()).toEqual({ T: ['S-S', 'S-M'] });
  const update = { variantId: variantId('S-S'), change: { quantity: 3 } };
  expect(await updateVariants(deps, [update, { ...update, variantId: variantId('S-gone') }])).toMatchObject([
    { outcome: 'UPDATED', productId: productId('T') },
    { outcome: 'UNKNOWN' },
  ]);
});

it('refuses a product without variants and one of 201, and takes the others', async () => {
  const sizes = Array.from({ length: 201 }, (_, n) => `${n}`);
  const many = style('M', sizes);
  expect(await upserted(style('N', []), many, style('S', ['S']))).toEqual([
    'variants: expected 1 to 200 variants, found 0',
    'variants: expected 1 to 200 variants, found 201',
  ]);
  expect(await shop()).toEqual({ S: ['S-S'] });
  expect(await imported(...sizes.map((size) => shirt(size, { id: `N-${size}`, item_group_id: 'N' })))).toEqual([
    [202, 'variants: expected at most 200 to a product, found 201; the first 200 were taken'],
  ]);
  expect((await shop()).N).toEqual(sizes.slice(0, 200).map((size) => `N-${size}`));
});

it('tells variants that lack an option of the others', async () => {
  const [small, large] = style('S', ['S', 'L']).variants ?? [];
  const fitted = { sku: 'S-fit', attributes: [{ name: 'fit', values: ['Slim'] }] };
  const variants = [small, large, fitted].flatMap((each) => each ?? []);
  expect(await upserted(style('S', [], { variants }))).toEqual([
    'variants.2.attributes: expected a value of the option "size", found ["fit"]',
  ]);
  expect(await shop()).toEqual({ S: ['S-S', 'S-L'] });
  expect(await imported(shirt('M'), shirt('XL'), { ...shirt('', { id: 'S-fit' }), fit: 'Slim' })).toEqual([
    [4, 'size: expected a value in each row of the group, found none'],
  ]);
  expect((await shop()).S).toEqual(['S-S', 'S-L', 'S-M', 'S-XL', 'S-fit']);
});

it('keeps a group id for the brand that has it, and gives another brand one of its own', async () => {
  expect(await imported(shirt('S'), shirt('M'), shirt('L', { brand: 'Bolt' }))).toEqual([
    [4, 'item_group_id: expected one brand to a group, found "Bolt" in "S", too; its rows are the product "S/Bolt"'],
  ]);
  expect(await shop()).toEqual({ S: ['S-S', 'S-M'], 'S/Bolt': ['S-L'] });
});

it('tells prices of several currencies, and keeps each', async () => {
  expect(await imported(shirt('S'), shirt('M', { price: '9 EUR' }), shirt('L'))).toEqual([
    [3, 'price: expected one currency in a group, found USD, EUR; each variant keeps its own'],
  ]);
  const prices = await database.db.selectFrom('product_variant').select('price_currency').orderBy('position').execute();
  expect(prices.map(({ price_currency }) => price_currency)).toEqual(['USD', 'EUR', 'USD']);
});

it('tells a picture that is gone, of the row that has it, and the product is found by the others', async () => {
  const gone = 'https://shop.example/gone.png';
  const told = await imported(
    shirt('S', { image_link: RED }),
    shirt('M', { color: 'Blue', image_link: gone }),
    shirt('L', { image_link: RED }),
  );
  expect(told.map(([, reason]) => reason)).toEqual([expect.stringContaining('404')]);
  const states = await database.db.selectFrom('product_image').select(['source', 'state', 'failure']).execute();
  expect(new Map(states.map(({ source, state }) => [source, state]))).toEqual(
    new Map([
      [RED, 'READY'],
      [gone, 'FAILED'],
    ]),
  );
  expect(await shop()).toEqual({ S: ['S-S', 'S-M', 'S-L'] });
});

it('puts a new size where the feed has it, and options in the order of its columns', async () => {
  const tee = (size: string, color: string) => ({
    ...{ id: `T-${size}-${color}`, title: 'Tee', item_group_id: 'T', size, color },
  });
  await imported(tee('S', 'Red'), tee('L', 'Red'), tee('S', 'Blue'));
  await imported(tee('S', 'Red'), tee('M', 'Red'));
  expect(await shop()).toEqual({ T: ['T-S-Red', 'T-M-Red', 'T-L-Red', 'T-S-Blue'] });
  const product = await database.db.selectFrom('product').select(['options', 'attributes']).executeTakeFirst();
  expect(product).toEqual({
    options: ['size', 'color'],
    attributes: { size: ['S', 'M', 'L'], color: ['Red', 'Blue'] },
  });
});
