// Products with several variants, saved whole and deleted; and all of them that cannot be so, told by place.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShopServer, startShopServer } from '../support/shop-server.ts';
import { drawing } from '../support/small-shop.ts';
import { codes, outcomes, size, style, type Told, told, usd, variantMutations } from '../support/variant-mutations.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await startShopServer();
});
afterAll(async () => {
  expect(server.loggedErrors).toEqual([]);
  await server.close();
});

const { upsert, deleteVariants, skusOf } = variantMutations(() => server);

describe('upsertProducts', () => {
  it('saves a product with its variants, and replaces them', async () => {
    const base64 = (await drawing('red', 'shirt')).toString('base64');
    const red = (value: string) => ({
      sku: `T-${value}`,
      price: usd('20'),
      quantity: 3,
      attributes: [{ name: 'size', values: [value] }],
      images: [{ base64 }],
    });
    const shirt = {
      ...{ groupId: 'T', title: 'Tee', attributes: [{ name: 'material', values: ['Cotton'] }] },
      variants: [red('S'), { ...red('M'), title: 'Tee in M', mpn: 'T/M', compareAtPrice: usd('25') }],
    };
    const { results, userErrors, warnings } = await upsert(shirt);
    expect([userErrors, warnings]).toEqual([[], []]);
    const [{ outcome, product }] = results;
    expect(outcome).toBe('CREATED');
    expect(product).toMatchObject({
      groupId: 'T',
      options: [{ name: 'size', values: [{ value: 'S' }, { value: 'M' }] }],
      attributes: [{ name: 'material', values: ['Cotton'] }],
      variants: [
        { sku: 'T-S', title: 'S', quantity: 3, compareAtPrice: null, attributes: [{ name: 'size', values: ['S'] }] },
        { sku: 'T-M', title: 'Tee in M', mpn: 'T/M', compareAtPrice: { amount: '25' } },
      ],
    });
    // What both list is one picture.
    expect(product.images).toHaveLength(1);
    expect(product.variants[0].images).toEqual(product.variants[1].images);

    expect(outcomes((await upsert(shirt)).results)).toEqual(['UNCHANGED']);
    expect(outcomes((await upsert({ ...shirt, variants: [red('L'), red('S')] })).results)).toEqual(['UPDATED']);
    expect(await skusOf('T')).toEqual(['T-L', 'T-S']);
  });

  it('takes a product of one variant without a group id, and none of several', async () => {
    const { results, userErrors } = await upsert(
      { title: 'Cup', variants: [{ sku: ' cup ' }] },
      { title: 'Pair', variants: [{ sku: 'left' }, { sku: 'right' }] },
    );
    expect(outcomes(results)).toEqual(['CREATED', 'REFUSED']);
    expect(results[0].product.groupId).toBe('cup');
    expect(told(userErrors)).toEqual(['products.1.groupId | groupId: expected 1 to 200 characters, found nothing']);
  });

  it('takes the first of two variants with the same sku, in a product and in the call', async () => {
    const { results, userErrors } = await upsert(
      style('D', [size('S'), size('M'), { ...size('L'), sku: ' S-S' }]),
      style('E', [size('M'), size('XL')]),
      style('F', [size('S')]),
      style('D', [size('XXL')]),
    );
    expect(outcomes(results)).toEqual(['CREATED', 'CREATED', 'REFUSED', 'REFUSED']);
    expect(told(userErrors)).toEqual([
      'products.0.variants.2.sku | variants.2.sku: expected a sku once, and variants.0 has it already, found "S-S"',
      'products.1.variants.0.sku | variants.0.sku: expected a sku once, and products.0.variants.1 has it already, found "S-M"',
      'products.2.variants.0.sku | variants.0.sku: expected a sku once, and products.0.variants.0 has it already, found "S-S"',
      'products.3.groupId | groupId: expected a group id once, and products.0 has it already, found "D"',
    ]);
    expect([await skusOf('D'), await skusOf('E'), await skusOf('F')]).toEqual([['S-S', 'S-M'], ['S-XL'], null]);
  });

  it('finds a sku that comes twice also where so many products lie between that they are written apart', async () => {
    const others = Array.from({ length: 60 }, (_, n) => ({ title: 'Far', variants: [{ sku: `far-${n}` }] }));
    const { results, userErrors } = await upsert(...others, style('FAR', [{ ...size('S'), sku: 'far-0' }]));
    expect(outcomes(results).at(-1)).toBe('REFUSED');
    expect(told(userErrors)).toEqual([
      'products.60.variants.0.sku | variants.0.sku: expected a sku once, and products.0.variants.0 has it already, found "far-0"',
    ]);
    expect(await skusOf('far-0')).toEqual(['far-0']);
  });

  it('moves a sku that another product has and warns of it; a product without variants goes', async () => {
    await upsert(
      style('OLD', [
        { ...size('S'), sku: 'm-1' },
        { ...size('M'), sku: 'm-2' },
      ]),
    );
    const one = await upsert(
      style('NEW', [
        { ...size('L'), sku: 'm-3' },
        { ...size('S'), sku: 'm-1' },
      ]),
    );
    expect([outcomes(one.results), one.userErrors]).toEqual([['CREATED'], []]);
    expect(one.warnings).toEqual([
      {
        path: ['products', '0', 'variants', '1', 'sku'],
        message: 'variants.1.sku: expected one that no other product has, found "m-1" in "OLD"; it has moved',
        code: 'VARIANT_MOVED',
      },
    ]);
    expect([await skusOf('OLD'), await skusOf('NEW')]).toEqual([['m-2'], ['m-3', 'm-1']]);
    // The product that it was, handed in again behind the one that takes its last variant.
    const two = await upsert(
      style('NEW', [{ ...size('M'), sku: 'm-2' }]),
      style('OLD', [{ ...size('M'), sku: 'm-2' }]),
    );
    expect(outcomes(two.results)).toEqual(['UPDATED', 'REFUSED']);
    expect(two.warnings.map(({ code }: Told) => code)).toEqual(['VARIANT_MOVED']);
    expect(told(two.userErrors)).toEqual([
      'products.1.variants.0.sku | variants.0.sku: expected a sku once, and products.0.variants.0 has it already, found "m-2"',
    ]);
    expect([await skusOf('OLD'), await skusOf('NEW')]).toEqual([null, ['m-2']]);
  });

  it('refuses a product without variants and one of 201, and takes the others', async () => {
    const many = Array.from({ length: 201 }, (_, n) => ({ ...size(`${n}`), sku: `many-${n}` }));
    const { results, userErrors } = await upsert(
      style('N', []),
      style('M', many),
      { title: 'None', variants: [] },
      style('OK', [{ ...size('S'), sku: 'ok-1' }]),
      style('M200', many.slice(1)),
    );
    expect(outcomes(results)).toEqual(['REFUSED', 'REFUSED', 'REFUSED', 'CREATED', 'CREATED']);
    expect(told(userErrors)).toEqual([
      'products.0.variants | variants: expected 1 to 200 variants, found 0',
      'products.1.variants | variants: expected 1 to 200 variants, found 201',
      'products.2.variants | variants: expected 1 to 200 variants, found 0',
    ]);
    expect(await skusOf('M200')).toHaveLength(200);
  });

  it('refuses a variant alone for what is wrong with it; one that the shop had stays as it was', async () => {
    const variant = (n: number, more: object = {}) => ({ ...size(`${n}`), sku: `part-${n}`, quantity: n, ...more });
    await upsert(style('PART', [variant(0), variant(1), variant(2)]));
    const { results, userErrors } = await upsert(
      style('PART', [
        variant(0, { quantity: 10 }),
        variant(1, { quantity: -1, price: { amount: '1', currency: 'dollars' } }),
        variant(2, { quantity: 12, images: [{ upload: 'never-given' }] }),
        variant(3, { compareAtPrice: usd('3') }),
        variant(4, { images: Array.from({ length: 33 }, () => ({ base64: 'AAAA' })) }),
      ]),
    );
    expect(outcomes(results)).toEqual(['UPDATED']);
    expect(codes(userErrors)).toEqual([
      'products.0.variants.1.price.currency BAD_USER_INPUT',
      'products.0.variants.1.quantity BAD_USER_INPUT',
      'products.0.variants.2.images.0 IMAGE_NOT_FOUND',
      'products.0.variants.3.compareAtPrice.currency BAD_USER_INPUT',
      'products.0.variants.4.images BAD_USER_INPUT',
    ]);
    const quantities = results[0].product.variants.map(({ sku, quantity }: { sku: string; quantity: number }) => [
      ...[sku, quantity],
    ]);
    expect(quantities).toEqual([
      ['part-0', 10],
      ['part-1', 1],
      ['part-2', 2],
    ]);
  });

  it('refuses a product alone for its own pictures, reading none of its variants', async () => {
    const url = (n: number) => ({ url: `https://192.0.2.1/${n}.jpg` });
    const eight = (n: number) => Array.from({ length: 29 }, (_, place) => url(n * 29 + place));
    const { results, userErrors } = await upsert(
      style('P', [{ ...size('S'), sku: 'p-1', images: [{ upload: 'never-given' }] }], { images: [{ base64: '!' }] }),
      style(
        'Q',
        Array.from({ length: 7 }, (_, n) => ({ ...size(`${n}`), sku: `q-${n}`, images: eight(n) })),
      ),
    );
    expect(outcomes(results)).toEqual(['REFUSED', 'REFUSED']);
    expect(told(userErrors)).toEqual([
      expect.stringMatching(/^products\.0\.images\.0\.base64 \| .*expected/),
      'products.1.images | images: expected at most 200 different ones with those of the variants, found 203',
    ]);
  });

  it('tells a picture that cannot be read by the first place that lists it', async () => {
    const broken = { base64: Buffer.from('no picture').toString('base64') };
    const fine = { base64: (await drawing('blue', 'shirt')).toString('base64') };
    const { results, userErrors } = await upsert(
      style('R', [
        { ...size('S'), sku: 'r-1', images: [fine] },
        { ...size('M'), sku: 'r-2', images: [fine, broken] },
        { ...size('L'), sku: 'r-3', images: [broken] },
      ]),
    );
    expect(outcomes(results)).toEqual(['CREATED']);
    expect(codes(userErrors)).toEqual(['products.0.variants.1.images.1 IMAGE_UNREADABLE']);
  });

  it('refuses variants that lack an option that is named, and warns of those that lack one that is found', async () => {
    const of = (sku: string, name: string, value: string) => ({ sku, attributes: [{ name, values: [value] }] });
    const variants = [of('o-1', 'size', 'S'), of('o-2', 'size', 'M'), of('o-3', 'fit', 'Slim')];
    const named = await upsert(style('O', variants));
    expect(told(named.userErrors)).toEqual([
      'products.0.variants.2.attributes | variants.2.attributes: expected a value of the option "size", found ["fit"]',
    ]);
    expect(await skusOf('O')).toEqual(['o-1', 'o-2']);
    const found = await upsert(style('O', variants, { options: null }));
    expect(found.userErrors).toEqual([]);
    expect(found.warnings).toEqual([
      {
        path: ['products', '0', 'variants', '2', 'attributes'],
        message: 'variants.2.attributes: expected a value of the option "size", found ["fit"]',
        code: 'OPTION_MISSING',
      },
    ]);
    expect(await skusOf('O')).toEqual(['o-1', 'o-2', 'o-3']);
  });

  it('warns of variants that nothing tells apart, and of prices in several currencies, and keeps them', async () => {
    const { results, userErrors, warnings } = await upsert(
      style('W', [
        { ...size('S'), sku: 'w-1', price: usd('1') },
        { ...size('S'), sku: 'w-2' },
        { ...size('M'), sku: 'w-3', price: { amount: '2', currency: 'eur' } },
      ]),
      { groupId: 'X', title: 'Same', variants: [{ sku: 'x-1' }, { sku: 'x-2' }] },
    );
    expect([outcomes(results), userErrors]).toEqual([['CREATED', 'CREATED'], []]);
    expect(warnings.map(({ path, message, code }: Told) => `${code} ${path.join('.')} | ${message}`)).toEqual([
      'OPTIONS_REPEATED products.0.variants.1.attributes | variants.1.attributes: expected other values of size than "w-1" has, found {"size":["S"]}',
      'SEVERAL_CURRENCIES products.0.variants.2.price.currency | variants.2.price.currency: expected one currency in a product, found ["USD","EUR"]',
      'OPTIONS_REPEATED products.1.variants.1.attributes | variants.1.attributes: expected attributes that "x-1" has not, found {}',
    ]);
    expect(results[0].product.variants.map(({ price }: { price: object | null }) => price)).toEqual([
      ...[{ amount: '1', currency: 'USD' }, null, { amount: '2', currency: 'EUR' }],
    ]);
  });
});

describe('deleteVariants', () => {
  it('deletes by sku and id, a product with its last one, and refuses only keys that name nothing', async () => {
    await upsert(
      style(
        'G',
        [1, 2, 3].map((n) => ({ ...size(`${n}`), sku: `g-${n}` })),
      ),
    );
    const { variant } = await server.data('{ variant(by: { sku: "g-2" }) { id } }');
    const keys = [{ sku: 'g-1' }, { id: variant.id }, { sku: 'never' }, { id: 'product_x' }, { sku: 'g-1' }];
    expect(await deleteVariants(...keys)).toEqual({
      deletedCount: 2,
      userErrors: [
        {
          path: ['variants', '3', 'id'],
          message: expect.stringContaining('found "product_x"'),
          code: 'BAD_USER_INPUT',
        },
      ],
    });
    expect(await skusOf('G')).toEqual(['g-3']);
    expect(await deleteVariants({ sku: 'g-3' })).toMatchObject({ deletedCount: 1 });
    expect(await skusOf('G')).toBeNull();
  });
});

describe('deleteProducts', () => {
  it('does not delete several variants by the sku of one', async () => {
    await upsert(
      style(
        'H',
        [1, 2].map((n) => ({ ...size(`${n}`), sku: `h-${n}` })),
      ),
    );
    const DELETE = `mutation ($products: [ProductKey!]!) {
      deleteProducts(input: { products: $products }) { deletedCount userErrors { path message } } }`;
    const { deleteProducts } = await server.data(DELETE, { products: [{ sku: 'h-1' }] });
    expect(deleteProducts.deletedCount).toBe(0);
    expect(told(deleteProducts.userErrors)).toEqual([
      'products.0.sku | products.0.sku: expected the sku of a product of one variant (deleteVariants deletes one of several; groupId "H" names the product), found "h-1"',
    ]);
    expect(await skusOf('H')).toEqual(['h-1', 'h-2']);
    expect((await server.data(DELETE, { products: [{ groupId: 'H' }] })).deleteProducts.deletedCount).toBe(1);
  });
});
