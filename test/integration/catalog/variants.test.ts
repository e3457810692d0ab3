import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteVariants, updateVariants } from '../../../src/catalog/change-variants.ts';
import { embedCatalog } from '../../../src/catalog/embed-catalog.ts';
import { writeRows } from '../../../src/catalog/feed/write-rows.ts';
import type { ImageInput, VariantInput, VariantRow } from '../../../src/catalog/product-input.ts';
import { updateProducts } from '../../../src/catalog/update-products.ts';
import { upsertProducts } from '../../../src/catalog/write-products.ts';
import { productId, variantId } from '../../../src/identifiers.ts';
import { createRandom } from '../../../src/seeded-random.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { emptyShop, openEmbedDeps } from '../../support/embed-deps.ts';
import { aPicture, aProduct, aRow, aVariant } from '../../support/product-factory.ts';

let database: TestDatabase;
let deps: Awaited<ReturnType<typeof openEmbedDeps>>;
const pictures = new Map<string, ImageInput>();
for (const [n, name] of ['red', 'blue', 'back', 'chart'].entries())
  pictures.set(name, { kind: 'bytes', bytes: await aPicture(n * 40, n) });

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await emptyShop(database);
  deps = await openEmbedDeps(database);
});
afterAll(() => database.close());

function pictureOf(name: string): ImageInput {
  const picture = pictures.get(name);
  if (picture === undefined) throw new Error(`no picture is called ${name}`);
  return picture;
}

const usd = (amount: string) => ({ amount, currency: 'USD' });

/** A shirt of a colour and size, with the pictures of its colour. */
function shirt(color: string, size: string, more: Partial<VariantInput> = {}): VariantInput {
  const images = [pictureOf(color.toLowerCase()), pictureOf('back')];
  return aVariant({ sku: `S-${color}-${size}`, attributes: { color: [color], size: [size] }, images, ...more });
}

function row(color: string, size: string, more: Partial<VariantRow> = {}): VariantRow {
  return {
    ...aRow({ title: `Linen shirt-${size}-${color}`, groupId: 'S' }),
    ...shirt(color, size),
    title: `Linen shirt-${size}-${color}`,
    link: null,
    ...more,
  };
}

const SHIRTS = ['Red', 'Blue'].flatMap((color) => ['S', 'M'].map((size) => shirt(color, size)));
const ROWS = ['Red', 'Blue'].flatMap((color) => ['S', 'M'].map((size) => row(color, size)));

async function product(groupId = 'S') {
  return database.db.selectFrom('product').selectAll().where('group_id', '=', groupId).executeTakeFirst();
}

async function variants(groupId = 'S') {
  return database.db
    .selectFrom('product_variant as v')
    .innerJoin('product as p', 'p.id', 'v.product_id')
    .selectAll('v')
    .where('p.group_id', '=', groupId)
    .orderBy('v.position')
    .execute();
}

async function images(groupId = 'S') {
  return database.db
    .selectFrom('product_image')
    .select(['id', 'looks', 'state'])
    .where('product_id', '=', productId(groupId))
    .orderBy('position')
    .execute();
}

async function groupIds() {
  const rows = await database.db.selectFrom('product').select('group_id').orderBy('group_id').execute();
  return rows.map(({ group_id }) => group_id);
}

/** What products say of their variants otherwise than SQL makes it of these; empty: nothing. */
async function untrue() {
  const { rows } = await sql<{ group_id: string }>`
    with before as (select id, group_id, to_jsonb(p) - 'words' - 'updated_at' as said from product as p),
    refreshed as (select refresh_products(array(select id from product), false, false))
    select b.group_id from before as b, refreshed
    where b.said is distinct from (select to_jsonb(p) - 'words' - 'updated_at' from product as p where p.id = b.id)`.execute(
    database.db,
  );
  const { rows: after } = await sql<{ group_id: string }>`
    select p.group_id from product as p
    where p.variant_count <> (select count(*) from product_variant as v where v.product_id = p.id)
      or p.price_lowest is distinct from (select min(price_amount) from product_variant as v where v.product_id = p.id)
      or p.price_highest is distinct from (select max(price_amount) from product_variant as v where v.product_id = p.id)
      or p.look_count <> (select count(distinct look) from product_variant as v where v.product_id = p.id)
      or (p.words_version is null)`.execute(database.db);
  return [...rows, ...after].map(({ group_id }) => group_id);
}

describe('a product with variants', () => {
  it('has what they have together, their looks, and each picture once', async () => {
    const [outcome] = await upsertProducts(deps, [
      aProduct({
        groupId: 'S',
        title: 'Linen shirt',
        variants: [
          shirt('Red', 'S', {
            price: usd('20'),
            gtin: '4006381333931',
            attributes: { color: ['Red'], size: ['S'], material: ['Linen'] },
          }),
          shirt('Red', 'M', {
            price: usd('25'),
            compareAtPrice: usd('30'),
            mpn: 'XK-1',
            attributes: { color: ['Red'], size: ['M'], material: ['Linen'] },
          }),
          shirt('Blue', 'S', {
            price: usd('9.5'),
            availability: 'OUT_OF_STOCK',
            attributes: { color: ['Blue'], size: ['S'], material: ['Linen'] },
          }),
        ],
      }),
    ]);
    expect(outcome).toMatchObject({ outcome: 'CREATED', productId: productId('S'), groupId: 'S', variantProblems: [] });
    expect(await product()).toMatchObject({
      ...{ title: 'Linen shirt', options: ['color', 'size'], variant_count: 3, look_count: 2 },
      attributes: { color: ['Red', 'Blue'], size: ['S', 'M'], material: ['Linen'] },
      common_attributes: { material: ['Linen'] },
      codes: ['S-Red-S', 'S-Red-M', 'S-Blue-S', '4006381333931', 'XK-1'],
      ...{ price_lowest: '9.5', price_highest: '25', price_currency: 'USD', availability: 'IN_STOCK', on_sale: true },
    });
    expect((await variants()).map(({ sku, position, look }) => [sku, position, look])).toEqual([
      ['S-Red-S', 0, 0],
      ['S-Red-M', 1, 0],
      ['S-Blue-S', 2, 1],
    ]);
    expect((await images()).map(({ looks }) => looks)).toEqual([[0], [0, 1], [1]]);
    expect(await untrue()).toEqual([]);
    expect(await embedCatalog(deps, {})).toMatchObject({ imagesEmbedded: 3, textsEmbedded: 1 });
    expect(deps.embedder.pictures).toHaveLength(3);
  });

  it('is as it was where the same is said again, and loses variants that are not named', async () => {
    const shirts = aProduct({ groupId: 'S', variants: SHIRTS });
    await upsertProducts(deps, [shirts]);
    await embedCatalog(deps, {});
    const before = [await product(), await variants(), await images()];
    expect(await upsertProducts(deps, [shirts])).toMatchObject([{ outcome: 'UNCHANGED' }]);
    expect([await product(), await variants(), await images()]).toEqual(before);
    expect(await upsertProducts(deps, [aProduct({ groupId: 'S', variants: SHIRTS.slice(0, 2) })])).toMatchObject([
      { outcome: 'UPDATED' },
    ]);
    expect((await variants()).map(({ sku, look }) => [sku, look])).toEqual([
      ['S-Red-S', 0],
      ['S-Red-M', 0],
    ]);
    // The picture of the colour that is gone, too; of one look all belong to none in particular.
    expect(await images()).toMatchObject([
      { looks: null, state: 'READY' },
      { looks: null, state: 'READY' },
    ]);
    expect(await product()).toMatchObject({
      options: ['size'],
      look_count: 1,
      variant_count: 2,
      attributes: { color: ['Red'], size: ['S', 'M'] },
    });
    expect(await untrue()).toEqual([]);
  });

  it('keeps a variant that is named and refused as it was', async () => {
    await upsertProducts(deps, [aProduct({ groupId: 'S', variants: SHIRTS })]);
    await upsertProducts(deps, [
      aProduct({ groupId: 'S', title: 'Other', variants: SHIRTS.slice(0, 1), keptSkus: ['S-Blue-M', 'unknown'] }),
    ]);
    expect((await variants()).map(({ sku }) => sku)).toEqual(['S-Red-S', 'S-Blue-M']);
    expect(await images()).toHaveLength(3);
    expect(await untrue()).toEqual([]);
  });

  it('keeps prices of several currencies apart', async () => {
    const eur = { amount: '5', currency: 'EUR' };
    await upsertProducts(deps, [
      aProduct({
        groupId: 'S',
        variants: [shirt('Red', 'S', { price: usd('20') }), shirt('Red', 'M', { price: eur })],
      }),
    ]);
    expect(await product()).toMatchObject({ price_lowest: '5', price_highest: '20', price_currency: null });
    const { rows } = await sql`select * from analytics.currency order by currency`.execute(database.db);
    expect(rows).toEqual([
      { currency: 'EUR', products: 1 },
      { currency: 'USD', products: 1 },
    ]);
  });

  it('lets the first of two products of a call have a sku, and says so of the other', async () => {
    const other = aProduct({ groupId: 'T', variants: [shirt('Red', 'S'), shirt('Red', 'XL')] });
    const third = aProduct({ groupId: 'U', variants: [shirt('Red', 'S')] });
    const reason = 'sku: expected each once, found "S-Red-S" in "S" before; the first was taken';
    expect(await upsertProducts(deps, [aProduct({ groupId: 'S', variants: SHIRTS }), other, third])).toMatchObject([
      { outcome: 'CREATED', variantProblems: [] },
      { outcome: 'CREATED', variantProblems: [{ sku: 'S-Red-S', variantId: variantId('S-Red-S'), reason }] },
      { outcome: 'FAILED', groupId: 'U', reason },
    ]);
    expect((await variants('T')).map(({ sku }) => sku)).toEqual(['S-Red-XL']);
  });
});

describe('a sku that another product names', () => {
  it('moves there, with the vectors of its pictures; a product without variants goes', async () => {
    await upsertProducts(deps, [
      aProduct({ sku: 'S-Red-S', images: [pictureOf('red')] }),
      aProduct({ groupId: 'B', variants: SHIRTS.slice(2) }),
    ]);
    await embedCatalog(deps, {});
    const encoded = deps.embedder.pictures.length;
    await upsertProducts(deps, [aProduct({ groupId: 'S', variants: SHIRTS.slice(0, 3) })]);
    expect(await groupIds()).toEqual(['B', 'S']);
    expect((await variants('S')).map(({ sku }) => sku)).toEqual(['S-Red-S', 'S-Red-M', 'S-Blue-S']);
    expect((await variants('B')).map(({ sku, position }) => [sku, position])).toEqual([['S-Blue-M', 0]]);
    expect((await images('S')).map(({ state }) => state)).toEqual(['READY', 'READY', 'READY']);
    expect(await product('B')).toMatchObject({
      codes: ['S-Blue-M'],
      attributes: { color: ['Blue'], size: ['M'] },
      variant_count: 1,
    });
    expect(await untrue()).toEqual([]);
    await embedCatalog(deps, {});
    expect(deps.embedder.pictures.length).toBe(encoded);
  });

  it('moves between products of one call', async () => {
    await upsertProducts(deps, [
      aProduct({ groupId: 'S', variants: SHIRTS.slice(0, 2) }),
      aProduct({ groupId: 'B', variants: SHIRTS.slice(2) }),
    ]);
    await upsertProducts(deps, [
      aProduct({ groupId: 'S', variants: [SHIRTS[2], SHIRTS[0]].flatMap((each) => each ?? []) }),
      aProduct({ groupId: 'B', variants: [SHIRTS[1], SHIRTS[3]].flatMap((each) => each ?? []) }),
    ]);
    expect((await variants('S')).map(({ sku }) => sku)).toEqual(['S-Blue-S', 'S-Red-S']);
    expect((await variants('B')).map(({ sku }) => sku)).toEqual(['S-Red-M', 'S-Blue-M']);
    expect(await untrue()).toEqual([]);
  });
});

describe('rows of a feed', () => {
  it('of one group are one product, whenever they come', async () => {
    const { groups, notes } = await writeRows(deps, ROWS.slice(0, 3));
    expect(groups).toMatchObject([{ places: [0, 1, 2], outcome: { outcome: 'CREATED', groupId: 'S' } }]);
    expect(notes).toEqual([]);
    expect(await product()).toMatchObject({ title: 'Linen shirt', variant_count: 3 });
    await writeRows(deps, [row('Blue', 'M', { groupId: 's' })]);
    expect(await groupIds()).toEqual(['S']);
    const whole = [await product(), await variants(), await images()];
    expect(await product()).toMatchObject({
      title: 'Linen shirt',
      options: ['color', 'size'],
      variant_count: 4,
      look_count: 2,
    });
    expect((await variants()).map(({ title }) => title)).toEqual(ROWS.map(({ title }) => title));
    for (const some of [ROWS, ROWS.slice(2), ROWS.slice(0, 1)])
      expect((await writeRows(deps, some)).groups).toMatchObject([{ outcome: { outcome: 'UNCHANGED' } }]);
    expect([await product(), await variants(), await images()]).toEqual(whole);
    // As if they had been handed in together.
    await emptyShop(database);
    await writeRows(deps, ROWS);
    const said = ({ title, attributes, content_hash }: NonNullable<Awaited<ReturnType<typeof product>>>) => ({
      title,
      attributes,
      content_hash,
    });
    const [first] = whole;
    const again = await product();
    expect(again && said(again)).toEqual(first && !Array.isArray(first) && said(first));
    expect(await untrue()).toEqual([]);
  });

  it('change their variant alone, and what the product has of all', async () => {
    await writeRows(deps, ROWS);
    await embedCatalog(deps, {});
    const before = await variants();
    const cheaper = row('Blue', 'S', { price: usd('1'), quantity: 3, availability: 'PREORDER' });
    expect((await writeRows(deps, [cheaper])).groups).toMatchObject([{ outcome: { outcome: 'UPDATED' } }]);
    expect(await product()).toMatchObject({ price_lowest: '1', price_highest: '12.90' });
    const after = await variants();
    expect(after.filter((each, n) => JSON.stringify(each) !== JSON.stringify(before[n])).map(({ sku }) => sku)).toEqual(
      ['S-Blue-S'],
    );
    expect(await embedCatalog(deps, {})).toMatchObject({ total: 0 });
    await writeRows(deps, [row('Blue', 'S', { title: 'Linen blouse' })]);
    expect(await product()).toMatchObject({ title: 'Linen' });
    expect(await untrue()).toEqual([]);
  });

  it('of another brand are a product of their own, told once', async () => {
    const bolt = ROWS.slice(2).map((each) => ({ ...each, brand: 'Bolt' }));
    const mixed = [...ROWS.slice(0, 2), ...bolt];
    const first = await writeRows(deps, mixed);
    expect(await groupIds()).toEqual(['S', 'S/Bolt']);
    expect(first.notes).toEqual([
      {
        place: 2,
        reason:
          'item_group_id: expected one brand to a group, found "Bolt" in "S", too; its rows are the product "S/Bolt"',
      },
    ]);
    expect((await writeRows(deps, bolt)).groups).toMatchObject([
      { outcome: { outcome: 'UNCHANGED', groupId: 'S/Bolt' } },
    ]);
    // The brand of all has another name.
    await writeRows(
      deps,
      ROWS.map((each) => ({ ...each, brand: 'Acme & Sons' })),
    );
    expect(await groupIds()).toEqual(['S']);
    expect(await product()).toMatchObject({ brand: 'Acme & Sons', variant_count: 4 });
    expect(await untrue()).toEqual([]);
  });

  it('beyond 200 of a group are refused by their skus', async () => {
    const rows = Array.from({ length: 203 }, (_, n) => row('Red', `${n}`, { images: [] }));
    const [written] = (await writeRows(deps, rows)).groups;
    expect(written?.outcome).toMatchObject({
      outcome: 'CREATED',
      variantProblems: ['S-Red-200', 'S-Red-201', 'S-Red-202'].map((sku) => ({
        sku,
        reason: expect.stringContaining('at most 200'),
      })),
    });
    expect(await product()).toMatchObject({ variant_count: 200 });
    expect((await writeRows(deps, rows)).groups).toMatchObject([
      { outcome: { outcome: 'UNCHANGED', variantProblems: [{}, {}, {}] } },
    ]);
  });
});

describe('changes of variants', () => {
  it('of price, stock and quantity write nothing else, and tell what there is not', async () => {
    await upsertProducts(deps, [aProduct({ groupId: 'S', variants: SHIRTS })]);
    await embedCatalog(deps, {});
    const lie = async () =>
      (
        await sql`select ctid::text, xmin::text from product_image union all select ctid::text, xmin::text from ${sql.table(deps.model.imageTable)} order by 1, 2`.execute(
          database.db,
        )
      ).rows;
    const before = [await lie(), await images()];
    const change = { price: usd('3'), availability: 'BACKORDER' as const, quantity: 0 };
    const results = await updateVariants(deps, [
      { variantId: variantId('S-Red-M'), change },
      { variantId: variantId('nobody'), change },
      { variantId: variantId('S-Blue-M'), change: { compareAtPrice: { amount: '9', currency: 'EUR' } } },
      { variantId: variantId('S-Red-S'), change: { quantity: null } },
    ]);
    expect(results).toMatchObject([
      { outcome: 'UPDATED', productId: productId('S') },
      { outcome: 'UNKNOWN' },
      { outcome: 'FAILED', reason: 'compareAtPrice.currency: expected the currency of the price, USD, found "EUR"' },
      { outcome: 'UNCHANGED' },
    ]);
    expect([await lie(), await images()]).toEqual(before);
    expect((await variants())[1]).toMatchObject({ price_amount: '3', availability: 'BACKORDER', quantity: 0 });
    expect(await product()).toMatchObject({ price_lowest: '3', price_highest: '12.90', availability: 'IN_STOCK' });
    const changed = SHIRTS.map((each) => (each.sku === 'S-Red-M' ? { ...each, ...change } : each));
    expect(await upsertProducts(deps, [aProduct({ groupId: 'S', variants: changed })])).toMatchObject([
      { outcome: 'UNCHANGED' },
    ]);
    expect(await untrue()).toEqual([]);
  });

  it('of attributes are of what is its own, and those of a product of what all have', async () => {
    const linen = SHIRTS.map((each) => ({ ...each, attributes: { ...each.attributes, material: ['Linen'] } }));
    await upsertProducts(deps, [aProduct({ groupId: 'S', variants: linen })]);
    await updateVariants(deps, [
      {
        variantId: variantId('S-Red-S'),
        change: { attributes: { color: ['Wine'], size: ['S'] }, images: [pictureOf('chart')] },
      },
    ]);
    expect((await variants())[0]).toMatchObject({
      attributes: { color: ['Wine'], size: ['S'], material: ['Linen'] },
      look: 0,
    });
    expect(await product()).toMatchObject({ look_count: 3, attributes: { color: ['Wine', 'Red', 'Blue'] } });
    await updateProducts(deps, [
      { productId: productId('S'), change: { attributes: { material: ['Hemp'], care: ['Hand'] } } },
    ]);
    expect((await variants()).map(({ attributes }) => attributes)).toMatchObject([
      { color: ['Wine'], size: ['S'], material: ['Hemp'], care: ['Hand'] },
      { color: ['Red'], size: ['M'], material: ['Hemp'], care: ['Hand'] },
      { color: ['Blue'] },
      { color: ['Blue'] },
    ]);
    expect(await untrue()).toEqual([]);
  });

  it('that delete some leave what the others have, and with the last the product goes', async () => {
    await upsertProducts(deps, [aProduct({ groupId: 'S', variants: SHIRTS }), aProduct({ sku: 'other' })]);
    const gone = ['S-Blue-S', 'S-Blue-M', 'nobody'].map(variantId);
    expect([...(await deleteVariants(deps, gone))].sort()).toEqual(gone.slice(0, 2).sort());
    expect((await images()).map(({ id }) => id)).toEqual((await variants())[0]?.image_ids);
    expect(await product()).toMatchObject({ variant_count: 2, look_count: 1, attributes: { color: ['Red'] } });
    expect(await untrue()).toEqual([]);
    await deleteVariants(deps, ['S-Red-S', 'S-Red-M'].map(variantId));
    expect(await groupIds()).toEqual(['other']);
  });
});

describe('what products say of their variants', () => {
  it('is true after any writes, in SQL, too', async () => {
    const random = createRandom(16);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const any = () =>
      row(pick(['Red', 'Blue']), pick(['S', 'M', 'L', 'XL']), {
        groupId: pick(['S', 'T', null]),
        brand: pick(['Acme', 'Acme', 'Bolt']),
        price: pick([usd('5'), usd('8'), { amount: '7', currency: 'EUR' }, null]),
        availability: pick(['IN_STOCK', 'OUT_OF_STOCK', 'PREORDER']),
        images: pick([[], [pictureOf('red')], [pictureOf('blue'), pictureOf('back')]]),
      });
    for (let round = 0; round < 40; round++) {
      const rows = new Map(Array.from({ length: 1 + Math.floor(random() * 6) }, any).map((each) => [each.sku, each]));
      await writeRows(deps, [...rows.values()]);
      if (round % 5 === 0) await deleteVariants(deps, [variantId(any().sku), variantId(any().sku)]);
      if (round % 7 === 0)
        await sql`update product_variant set availability = 'BACKORDER', price_amount = null, price_currency = null where sku = ${any().sku}`.execute(
          database.db,
        );
      expect([round, await untrue()]).toEqual([round, []]);
      const { rows: stray } = await sql`
        select v.sku from product_variant as v, unnest(v.image_ids) as image_id
        where not exists (select from product_image as i where i.product_id = v.product_id and i.id = image_id and (i.looks is null or v.look = any(i.looks)))`.execute(
        database.db,
      );
      expect(stray).toEqual([]);
    }
    expect((await groupIds()).length).toBeGreaterThan(1);
  });
});
