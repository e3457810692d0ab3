import { describe, expect, it } from 'vitest';
import { PRODUCT_LIMITS } from '../../../src/catalog/check-fields.ts';
import { checkRow, type RawRow } from '../../../src/catalog/check-variant.ts';

const RAW: RawRow = { sku: 'A1', title: 'Red shirt' };

function problems(raw: RawRow): string[] {
  return (checkRow(raw).problems ?? []).map(({ message }) => message);
}

describe('checkRow', () => {
  it('needs no more than a sku and a title', () => {
    expect(checkRow(RAW)).toEqual({
      row: {
        groupId: null,
        sku: 'A1',
        title: 'Red shirt',
        description: null,
        brand: null,
        gtin: null,
        mpn: null,
        quantity: null,
        category: [],
        furtherCategories: [],
        price: null,
        compareAtPrice: null,
        availability: 'IN_STOCK',
        attributes: {},
        link: null,
        images: [],
      },
      problems: undefined,
    });
  });

  it('tidies what it takes', () => {
    const bytes = Buffer.from('x');
    const { row } = checkRow({
      groupId: ' G\t',
      sku: '  A 1\n',
      title: '\t Red \u00a0 shirt\r\n for men ',
      description: '  Two\n lines ',
      brand: ' ',
      gtin: ' 4006381333931 ',
      mpn: ' XK-1',
      quantity: 0,
      category: [' Men  s', 'Shirts '],
      furtherCategories: [[' Sale', 'Shirts'], ['Men s', 'Shirts'], []],
      price: { amount: ' 12.90 ', currency: 'usd' },
      compareAtPrice: { amount: '15', currency: 'Usd' },
      availability: 'PREORDER',
      attributes: [
        { name: ' Color ', values: [' Red', 'Red', 'red '] },
        { name: 'Color', values: ['Blue'] },
        { name: '__proto__', values: ['x'] },
      ],
      link: ' https://shop.example/a1?x=1 ',
      images: [
        { kind: 'url', url: ' https://x.example/1 ' },
        { kind: 'file', name: 'a.png', path: '/feed/a.png' },
        { kind: 'bytes', bytes },
      ],
    });
    expect(row).toEqual({
      groupId: 'G',
      sku: 'A 1',
      title: 'Red shirt for men',
      description: 'Two\n lines',
      brand: null,
      gtin: '4006381333931',
      mpn: 'XK-1',
      quantity: 0,
      category: ['Men s', 'Shirts'],
      furtherCategories: [['Sale', 'Shirts']],
      price: { amount: '12.90', currency: 'USD' },
      compareAtPrice: { amount: '15', currency: 'USD' },
      availability: 'PREORDER',
      attributes: { Color: ['Red', 'red', 'Blue'], ['__proto__']: ['x'] },
      link: 'https://shop.example/a1?x=1',
      images: [
        { kind: 'url', url: 'https://x.example/1' },
        { kind: 'file', name: 'a.png', path: '/feed/a.png' },
        { kind: 'bytes', bytes },
      ],
    });
    expect(Object.keys(row?.attributes ?? {})).toContain('__proto__');
  });

  it('reports every problem, each with its path', () => {
    const { problems: all } = checkRow({
      title: ' ',
      category: ['Apparel', ''],
      price: { amount: '12,90', currency: 'dollars' },
      availability: 'in stock',
      attributes: [
        { name: '', values: ['x'] },
        { name: 'color', values: [] },
        { name: 'size', values: ['S', ' '] },
      ],
      link: 'shop.example/a1',
      images: [{ kind: 'url', url: '' }],
    });
    expect(all?.every(({ code }) => code === 'BAD_USER_INPUT')).toBe(true);
    expect(all?.map(({ path }) => path.join('.'))).toEqual([
      'sku',
      'price.amount',
      'price.currency',
      'availability',
      'attributes.0.name',
      'attributes.1.values',
      'attributes.2.values.1',
      'link',
      'images.0.url',
      'title',
      'category.1',
    ]);
    expect(all?.[0]?.message).toBe('sku: expected 1 to 200 characters, found nothing');
    expect(all?.[2]?.message).toBe(
      'price.currency: expected the three letters of an ISO 4217 currency like USD, found "dollars"',
    );
  });

  it.each<[string, (length: number) => RawRow, number]>([
    ['sku', (n) => ({ ...RAW, sku: 'x'.repeat(n) }), PRODUCT_LIMITS.sku],
    ['groupId', (n) => ({ ...RAW, groupId: 'x'.repeat(n) }), PRODUCT_LIMITS.groupId],
    ['mpn', (n) => ({ ...RAW, mpn: 'x'.repeat(n) }), PRODUCT_LIMITS.mpn],
    ['quantity', (n) => ({ ...RAW, quantity: n }), PRODUCT_LIMITS.quantity],
    ['title', (n) => ({ ...RAW, title: 'x'.repeat(n) }), PRODUCT_LIMITS.title],
    ['title in emoji', (n) => ({ ...RAW, title: '😀'.repeat(n) }), PRODUCT_LIMITS.title],
    ['description', (n) => ({ ...RAW, description: 'x'.repeat(n) }), PRODUCT_LIMITS.description],
    ['brand', (n) => ({ ...RAW, brand: 'x'.repeat(n) }), PRODUCT_LIMITS.brand],
    ['category levels', (n) => ({ ...RAW, category: Array.from({ length: n }, () => 'x') }), 10],
    ['category name', (n) => ({ ...RAW, category: ['x'.repeat(n)] }), PRODUCT_LIMITS.categoryName],
    [
      'category path in bytes',
      (n) => ({ ...RAW, category: [...Array.from({ length: 4 }, () => '赤'.repeat(199)), 'x'.repeat(n - 4 * 597)] }),
      PRODUCT_LIMITS.categoryPathBytes,
    ],
    [
      'attributes',
      (n) => ({ ...RAW, attributes: Array.from({ length: n }, (_, i) => ({ name: `${i}`, values: ['x'] })) }),
      100,
    ],
    ['attribute name', (n) => ({ ...RAW, attributes: [{ name: 'x'.repeat(n), values: ['x'] }] }), 100],
    [
      'attribute values',
      (n) => ({ ...RAW, attributes: [{ name: 'x', values: Array.from({ length: n }, (_, i) => `${i}`) }] }),
      100,
    ],
    ['attribute value', (n) => ({ ...RAW, attributes: [{ name: 'x', values: ['x'.repeat(n)] }] }), 1_000],
    ['link', (n) => ({ ...RAW, link: 'https://x.example/'.padEnd(n, 'x') }), PRODUCT_LIMITS.link],
    [
      'images',
      (n) => ({ ...RAW, images: Array.from({ length: n }, () => ({ kind: 'url', url: 'x' }) as const) }),
      PRODUCT_LIMITS.images,
    ],
    ['image address', (n) => ({ ...RAW, images: [{ kind: 'url', url: 'x'.repeat(n) }] }), PRODUCT_LIMITS.imageSource],
    ['price digits', (n) => ({ ...RAW, price: { amount: '1'.repeat(n), currency: 'USD' } }), 14],
    ['price decimals', (n) => ({ ...RAW, price: { amount: `1.${'1'.repeat(n)}`, currency: 'USD' } }), 4],
  ])('takes %s up to the limit and no further', (_what, raw, limit) => {
    expect(problems(raw(limit))).toEqual([]);
    expect(problems(raw(limit + 1))).toHaveLength(1);
  });

  it('says how long a text is that is too long, not what it says', () => {
    expect(problems({ ...RAW, title: 'x'.repeat(1_234) })).toEqual([
      'title: expected at most 1,000 characters, found 1234',
    ]);
  });

  it('takes a price before in the currency of the price alone', () => {
    const before = { amount: '15', currency: 'USD' };
    const price = { amount: '12.90', currency: 'USD' };
    expect(problems({ ...RAW, price, compareAtPrice: before })).toEqual([]);
    expect(problems({ ...RAW, price, compareAtPrice: { ...before, currency: 'EUR' } })).toHaveLength(1);
    expect(problems({ ...RAW, compareAtPrice: before })).toHaveLength(1);
    expect(problems({ ...RAW, price, compareAtPrice: { ...before, amount: '-1' } })).toHaveLength(1);
  });

  it.each(['0', '0.0', '12.9', '99999999999999', '0.0001'])('takes the price %s', (amount) => {
    expect(problems({ ...RAW, price: { amount, currency: 'USD' } })).toEqual([]);
  });

  it.each(['', '-1', '+1', '1e3', '.5', '5.', '05', '1,000', '12 90', 'NaN', 'Infinity', '0x10', '１２', '1.00001'])(
    'refuses the price %j',
    (amount) => {
      expect(problems({ ...RAW, price: { amount, currency: 'USD' } })).toHaveLength(1);
    },
  );

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the quantity %d', (quantity) => {
    expect(problems({ ...RAW, quantity })).toHaveLength(1);
  });

  it.each(['', 'US', 'USDX', '$', 'U S', 'ÄÖÜ', 'ﬀs'])('refuses the currency %j', (currency) => {
    expect(problems({ ...RAW, price: { amount: '1', currency } })).toHaveLength(1);
  });

  it.each(['javascript:alert(1)', 'ftp://x.example', '//x.example', 'http://', 'mailto:a@x.example'])(
    'refuses the link %j',
    (link) => {
      expect(problems({ ...RAW, link })).toHaveLength(1);
    },
  );

  it.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud83db'],
  ])('refuses %s anywhere, once for each place', (_what, text) => {
    expect(
      problems({
        sku: text,
        title: text,
        description: text,
        brand: text,
        category: [text],
        attributes: [{ name: text, values: [text] }],
        link: `https://x.example/${text}`,
        images: [
          { kind: 'url', url: text },
          { kind: 'file', name: text, path: '/x' },
        ],
      }),
    ).toHaveLength(10);
  });
});
