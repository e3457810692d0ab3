// Variants of products, changed; and all changes that cannot be made, told by place.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf } from '../support/document-examples.ts';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing, embedded } from '../support/small-shop.ts';
import {
  codes,
  outcomes,
  size,
  style,
  told,
  UPDATE_VARIANTS,
  usd,
  variantMutations,
} from '../support/variant-mutations.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const { upsert, updateProducts, updateVariants } = variantMutations(() => server);

it('does what the example of docs/http.md says', async () => {
  const [example] = examplesOf('docs/http.md').filter(({ code }) => code.includes('upsertProducts('));
  const data = await server.data(example?.code ?? '');
  expect(data).toMatchObject({
    upsertProducts: {
      results: [
        { outcome: 'CREATED', product: { groupId: 'HTTP-1', options: [{ name: 'color' }] } },
        { outcome: 'CREATED', product: { groupId: 'HTTP-2', options: [] } },
      ],
      ...{ userErrors: [], warnings: [] },
    },
    updateVariants: { results: [{ outcome: 'UPDATED' }, { outcome: 'UPDATED' }], userErrors: [] },
    updateProducts: {
      results: [{ outcome: 'UPDATED' }, { outcome: 'REFUSED' }],
      userErrors: [{ path: ['products', '1', 'by', 'sku'] }],
    },
    deleteVariants: { deletedCount: 1, userErrors: [] },
    deleteProducts: { deletedCount: 2, userErrors: [] },
  });
});

describe('updateProducts', () => {
  it('changes what variants have in common, and leaves them and what is their own', async () => {
    await upsert(
      style('C', [
        { ...size('S'), sku: 'c-1', quantity: 4 },
        { ...size('M'), sku: 'c-2' },
      ]),
    );
    const attributes = [{ name: 'material', values: ['Wool'] }];
    const { results, userErrors } = await updateProducts({ by: { sku: 'c-2' }, title: 'Pullover', attributes });
    expect(userErrors).toEqual([]);
    expect(results).toMatchObject([
      {
        outcome: 'UPDATED',
        product: {
          ...{ groupId: 'C', title: 'Pullover', options: [{ name: 'size' }], attributes },
          variants: [
            { sku: 'c-1', quantity: 4, attributes: [{ name: 'size', values: ['S'] }] },
            { sku: 'c-2', attributes: [{ name: 'size', values: ['M'] }] },
          ],
        },
      },
    ]);
  });

  it('refuses options that a variant has no value of, and clears them', async () => {
    const cut = (value: string) => [{ name: 'fit', values: [value] }];
    await upsert(
      style('Y', [
        { ...size('S'), sku: 'y-1' },
        { sku: 'y-2', attributes: [...cut('Slim'), ...size('M').attributes] },
      ]),
    );
    const { results, userErrors } = await updateProducts({
      by: { groupId: 'Y' },
      title: 'New',
      options: ['size', 'fit'],
    });
    expect(outcomes(results)).toEqual(['REFUSED']);
    expect(told(userErrors)).toEqual([
      'products.0.options | options: expected attributes of which each variant has a value, found "fit", of which "y-1" has none',
    ]);
    expect(
      (await updateVariants({ by: { sku: 'y-1' }, attributes: [...cut('Wide'), ...size('S').attributes] })).results,
    ).toMatchObject([{ outcome: 'UPDATED' }]);
    const optionsOf = async (options: string[] | null) => {
      const { results } = await updateProducts({ by: { groupId: 'Y' }, options });
      return results[0].product.options.map(({ name }: { name: string }) => name);
    };
    expect([await optionsOf(['fit', 'size']), await optionsOf(null)]).toEqual([['fit', 'size'], []]);
  });
});

describe('updateVariants', () => {
  it('changes what is given of variants of any products, clears by null, and touches no vector for price and stock', async () => {
    const image = { base64: (await drawing('green', 'dress')).toString('base64') };
    const dress = (n: number) => ({
      ...size(`${n}`),
      sku: `dress-${n}`,
      price: usd('9'),
      quantity: n,
      images: [image],
    });
    await upsert(style('DRESS', [dress(1), dress(2)]), { title: 'Belt', variants: [{ sku: 'belt', gtin: '123' }] });
    await embedded(server);
    const [model] = await rows<{ image_table: string }>(
      `select image_table from embedding_model where state = 'ACTIVE'`,
    );
    const vectors = () =>
      rows(
        `select product_id, image_id, xmin::text, ctid::text from ${model?.image_table} order by product_id, image_id`,
      );
    const before = await vectors();
    expect(before.length).toBeGreaterThan(0);
    const { results, userErrors } = await updateVariants(
      { by: { sku: 'dress-1' }, price: usd('7.50'), compareAtPrice: usd('9'), quantity: null },
      { by: { sku: 'dress-2' }, availability: 'PREORDER', price: usd('9') },
      {
        by: { sku: 'belt' },
        mpn: 'B-1',
        gtin: null,
        title: 'Long belt',
        attributes: [{ name: 'length', values: ['1'] }],
      },
    );
    expect(userErrors).toEqual([]);
    expect(results).toMatchObject([
      {
        outcome: 'UPDATED',
        variant: {
          ...{ sku: 'dress-1', price: { amount: '7.50' }, compareAtPrice: { amount: '9' }, quantity: null },
          product: { groupId: 'DRESS' },
        },
      },
      { outcome: 'UPDATED', variant: { sku: 'dress-2', availability: 'PREORDER', quantity: 2 } },
      {
        outcome: 'UPDATED',
        variant: {
          sku: 'belt',
          mpn: 'B-1',
          title: 'Long belt',
          product: { attributes: [{ name: 'length', values: ['1'] }] },
        },
      },
    ]);
    expect(await vectors()).toEqual(before);
    expect(outcomes((await updateVariants({ by: { sku: 'dress-1' }, price: usd('7.50') })).results)).toEqual([
      'UNCHANGED',
    ]);
  });

  it('gives a variant pictures of its own', async () => {
    const [red, blue] = await Promise.all([drawing('red', 'handbag'), drawing('blue', 'handbag')]);
    const base64 = (bytes: Buffer) => ({ base64: bytes.toString('base64') });
    await upsert(
      style('BAG', [
        { ...size('S'), sku: 'bag-1', images: [base64(red)] },
        { ...size('M'), sku: 'bag-2', images: [base64(red)] },
      ]),
    );
    const broken = { base64: Buffer.from('no picture').toString('base64') };
    const { results, userErrors } = await updateVariants(
      { by: { sku: 'bag-1' }, mpn: '1' },
      { by: { sku: 'bag-2' }, images: [base64(blue), broken] },
    );
    expect(outcomes(results)).toEqual(['UPDATED', 'UPDATED']);
    expect(results[1].variant.images).toHaveLength(2);
    expect(results[1].variant.images[0]).not.toEqual(results[0].variant.images[0]);
    expect(codes(userErrors)).toEqual(['variants.1.images.1 IMAGE_UNREADABLE']);
  });

  it('says of each change what happened, and of each refusal where, what was expected and what was found', async () => {
    await upsert(
      style(
        'U',
        [1, 2, 3].map((n) => ({ ...size(`${n}`), sku: `u-${n}`, price: usd('5') })),
      ),
    );
    const { variant } = await server.data('{ variant(by: { sku: "u-3" }) { id } }');
    const { results, userErrors } = await updateVariants(
      { by: { sku: 'u-1' }, quantity: 1 },
      { by: { sku: 'nobody' }, quantity: 1 },
      { by: { sku: 'nobody' }, mpn: 'x' },
      { by: { sku: 'u-2' }, availability: null, quantity: -1, price: { amount: '-1', currency: 'USD' } },
      { by: { sku: 'u-1' }, quantity: 2 },
      { by: { id: 'product_x' }, quantity: 1 },
      { by: { id: variant.id }, compareAtPrice: { amount: '6', currency: 'EUR' } },
      { by: { id: variant.id }, quantity: 7 },
      { by: { sku: 'u-2' }, images: [{ upload: 'never-given' }] },
    );
    expect(outcomes(results)).toEqual(['UPDATED', ...Array.from({ length: 8 }, () => 'REFUSED')]);
    expect(results[1].variant).toBeNull();
    expect(told(userErrors)).toEqual([
      'variants.1.by.sku | by.sku: expected the sku of a variant of this shop, found "nobody"',
      'variants.2.by | by: expected a variant once, and variants.1 changes it already, found "nobody"',
      expect.stringMatching(/^variants\.3\.availability \| .*found null$/),
      expect.stringMatching(/^variants\.3\.price\.amount \| .*found "-1"$/),
      expect.stringMatching(/^variants\.3\.quantity \| .*found -1$/),
      'variants.4.by | by: expected a variant once, and variants.0 changes it already, found "u-1"',
      expect.stringMatching(/^variants\.5\.by\.id \| .*found "product_x"$/),
      'variants.6.compareAtPrice.currency | compareAtPrice.currency: expected the currency of the price, USD, found "EUR"',
      expect.stringMatching(/^variants\.7\.by \| by: expected a variant once, and variants\.6 changes it already/),
      expect.stringMatching(/^variants\.8\.images\.0 \| /),
    ]);
  });

  it('warns of a price in another currency than the others, and of a variant that nothing tells from another', async () => {
    await upsert(
      style(
        'Z',
        [1, 2, 3].map((n) => ({ ...size(`${n}`), sku: `z-${n}`, price: usd('5') })),
      ),
    );
    const price = { amount: '4', currency: 'EUR' };
    const { results, userErrors, warnings } = await updateVariants(
      { by: { sku: 'z-3' }, attributes: size('2').attributes },
      { by: { sku: 'z-1' }, price },
      { by: { sku: 'z-2' }, quantity: 1 },
    );
    expect([outcomes(results), userErrors]).toEqual([['UPDATED', 'UPDATED', 'UPDATED'], []]);
    expect(codes(warnings)).toEqual([
      'variants.0.attributes OPTIONS_REPEATED',
      'variants.1.price.currency SEVERAL_CURRENCIES',
    ]);
    expect(told(warnings)[1]).toContain('expected one currency in a product, found ["USD","EUR"]');
    // All of them: nothing to warn of.
    const all = await updateVariants(...[2, 3].map((n) => ({ by: { sku: `z-${n}` }, price })));
    expect([outcomes(all.results), all.warnings]).toEqual([['UPDATED', 'UPDATED'], []]);
  });

  it('knows no variant that was deleted before, in the same operation', async () => {
    await upsert(style('V', [{ ...size('S'), sku: 'v-1' }]));
    const { gone, changed } = await server.data(`mutation {
      gone: deleteProducts(input: { products: [{ groupId: "V" }] }) { deletedCount }
      changed: updateVariants(input: { variants: [{ by: { sku: "v-1" }, quantity: 1 }, { by: { sku: "v-1" }, mpn: "1" }] }) {
        results { outcome } userErrors { path message } }
    }`);
    expect(gone).toEqual({ deletedCount: 1 });
    expect(outcomes(changed.results)).toEqual(['REFUSED', 'REFUSED']);
    expect(told(changed.userErrors)[0]).toBe(
      'variants.0.by.sku | by.sku: expected the sku of a variant of this shop, found "v-1"',
    );
  });

  it('takes 500 changes at a time', async () => {
    const changes = Array.from({ length: 501 }, (_, n) => ({ by: { sku: `none-${n}` }, quantity: 1 }));
    expect((await server.ask(UPDATE_VARIANTS, { variants: changes })).errors).toMatchObject([
      { message: 'input.variants: expected at most 500, found 501', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    const { userErrors } = await updateVariants(...changes.slice(1));
    expect(userErrors).toHaveLength(500);
  });
});

async function rows<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
  const client = new pg.Client(server.connection);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
