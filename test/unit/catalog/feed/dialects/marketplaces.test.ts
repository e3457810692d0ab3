import { describe, expect, it } from 'vitest';
import { element, json, table, xml } from './rows-of.ts';

describe('Google Merchant and Meta', () => {
  it('drops what speaks to advertisers, joins numbered columns, and keeps the rest as attributes', async () => {
    const [row] = await table({
      id: '1',
      title: 'Lamp',
      'image[0].url': 'https://x.example/a.jpg',
      'product_tags[0]': 'warm',
      'product_tags[1]': 'oak',
      mobile_link: 'https://m.example',
      shipping: 'DE::5 EUR',
      custom_label_0: 'spring',
      fb_product_category: 'x',
      colour: 'Black',
      'Energy class': 'A',
    });
    expect(row).toEqual({
      line: 2,
      fields: {
        id: ['1'],
        title: ['Lamp'],
        color: ['Black'],
        additional_image_link: ['https://x.example/a.jpg'],
        product_tags: ['warm', 'oak'],
        energy_class: ['A'],
      },
    });
  });

  it('takes sku for the id where there are both, but not in XML', async () => {
    expect(await table({ id: '1', sku: 'S', title: 'A' })).toMatchObject([{ fields: { id: ['S'] } }]);
    const item = element('item', [element('id', '1'), element('sku', 'S'), element('title', 'A')]);
    expect(await xml('rss/item', [item])).toMatchObject([{ fields: { id: ['1'] } }]);
  });

  it('reads the Content API and the Merchant API', async () => {
    const rows = await json(
      {
        kind: 'content#product',
        id: 'online:en:DE:C-1',
        offerId: 'C-1',
        title: 'Cup',
        price: { value: '5.00', currency: 'EUR' },
        productTypes: ['A > B', 'C'],
      },
      {
        name: 'accounts/1/products/x',
        offerId: 'C-2',
        productAttributes: {
          title: 'Jug',
          price: { amountMicros: '500000', currencyCode: 'EUR' },
          salePriceEffectiveDate: { startTime: '2024-01-01T00:00:00Z' },
          gtins: ['20'],
        },
      },
    );
    expect(rows).toMatchObject([
      { fields: { id: ['C-1'], title: ['Cup'], price: ['5.00 EUR'], product_type: ['A > B', 'C'] } },
      {
        fields: {
          id: ['C-2'],
          title: ['Jug'],
          price: ['0.50 EUR'],
          sale_price_effective_date: ['2024-01-01T00:00:00Z/'],
          gtin: ['20'],
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('accounts');
  });

  it('reads Google Ads', async () => {
    expect(
      await table({
        ID: '1',
        ID2: '',
        'Item title': 'Cup',
        'Final URL': 'https://x.example',
        'Image URL': 'a.jpg',
        Price: '5 EUR',
        'Contextual keywords': 'a;b',
      }),
    ).toEqual([
      {
        line: 2,
        fields: { id: ['1'], title: ['Cup'], link: ['https://x.example'], image_link: ['a.jpg'], price: ['5 EUR'] },
      },
    ]);
  });
});

describe('Awin', () => {
  it('takes the shop’s own id, picture and page', async () => {
    const [row] = await table({
      aw_deep_link: 'https://aw.example',
      product_name: 'Top',
      aw_product_id: '9',
      merchant_product_id: 'T-9',
      merchant_image_url: 'https://x.example/t.jpg',
      aw_image_url: 'https://aw.example/t.jpg',
      search_price: '8.00',
      currency: 'GBP',
      merchant_name: 'Seller',
      brand_name: 'Ull',
      in_stock: '0',
      colour: 'Red',
      'Fashion:suitable_for': 'Women',
      'Fashion:size': 'M',
      alternate_image_two: 'https://x.example/2.jpg',
    });
    expect(row).toEqual({
      line: 2,
      fields: {
        id: ['T-9'],
        title: ['Top'],
        link: ['https://aw.example'],
        image_link: ['https://x.example/t.jpg'],
        additional_image_link: ['https://x.example/2.jpg'],
        price: ['8.00'],
        price_currency: ['GBP'],
        availability: ['0'],
        brand: ['Ull'],
        color: ['Red'],
        size: ['M'],
        suitable_for: ['Women'],
      },
    });
  });
});

describe('Heureka and Zbozi', () => {
  const item = (...more: ReturnType<typeof element>[]) =>
    element('shopitem', [element('item_id', '1'), element('productname', 'Hrnek'), ...more]);

  it('reads parameters, the category below the root, and when it can be had', async () => {
    const param = element('param', [element('param_name', 'Barva hrnku'), element('val', 'bílá')]);
    const rows = await xml('shop/shopitem', [
      item(
        param,
        element('delivery_date', '0'),
        element('categorytext', 'Heureka.sk | Kuchyňa | Hrnčeky'),
        element('price', '1'),
        element('price_vat', '2'),
      ),
      item(element('delivery_date', '7')),
      item(element('delivery_date', '2999-01-01')),
    ]);
    expect(rows).toMatchObject([
      {
        fields: { id: ['1'], price: ['2'], barva_hrnku: ['bílá'], availability: ['in_stock'] },
        category: ['Kuchyňa', 'Hrnčeky'],
      },
      { fields: { availability: ['backorder'] }, category: [] },
      { fields: { availability: ['preorder'] } },
    ]);
  });
});

describe('Yandex Market', () => {
  it('reads the path of a category by its parents, and names of vendor and model', async () => {
    const tables = new Map([
      [
        'category',
        [
          { attributes: { id: '1' }, text: 'Дом' },
          { attributes: { id: '2', parent_id: '1' }, text: 'Вазы' },
          { attributes: { id: '3', parent_id: '3' }, text: 'Круг' },
        ],
      ],
    ]);
    const offer = (category: string) =>
      element(
        'offer',
        [
          element('type_prefix', 'Ваза'),
          element('vendor', 'Люд'),
          element('model', '5'),
          element('category_id', category),
          element('param', '20', { name: 'Высота', unit: 'см' }),
          element('picture', 'a.jpg'),
          element('picture', 'b.jpg'),
        ],
        { id: 'Y', available: 'false', group_id: 'G' },
      );
    const [row, circle] = await xml('yml_catalog/offer', [offer('2'), offer('3')], tables);
    expect(row).toEqual({
      line: 1,
      fields: {
        id: ['Y'],
        item_group_id: ['G'],
        availability: ['false'],
        title: ['Ваза Люд 5'],
        brand: ['Люд'],
        высота: ['20 см'],
        image_link: ['a.jpg', 'b.jpg'],
      },
      category: ['Дом', 'Вазы'],
    });
    expect(circle?.category).toEqual(['Круг']);
  });
});

describe('schema.org JSON-LD', () => {
  const product = {
    '@type': 'Product',
    sku: 'L',
    name: 'Lamp',
    offers: { '@type': 'Offer', price: 5, priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
  };

  it('reads offers, properties and pictures, and leaves out what is no product', async () => {
    const rows = await json(
      {
        '@type': 'ListItem',
        position: 1,
        item: {
          ...product,
          image: { '@type': 'ImageObject', url: 'a.jpg' },
          additionalProperty: [{ '@type': 'PropertyValue', name: 'Socket', value: 'E27' }],
        },
      },
      { '@type': 'Organization', name: 'Shop' },
    );
    expect(rows).toMatchObject([
      {
        fields: {
          id: ['L'],
          title: ['Lamp'],
          price: ['5'],
          price_currency: ['EUR'],
          availability: ['https://schema.org/InStock'],
          image_link: ['a.jpg'],
          socket: ['E27'],
        },
      },
      { leftOut: 'not a product' },
    ]);
  });

  it('makes a row of each variant of a group', async () => {
    const group = {
      '@type': 'ProductGroup',
      productGroupID: 'G',
      name: 'Lamp',
      brand: { '@type': 'Brand', name: 'Ljus' },
      hasVariant: [
        { ...product, color: 'Red' },
        { ...product, sku: 'M' },
      ],
    };
    expect(await json(group)).toMatchObject([
      { fields: { id: ['L'], item_group_id: ['G'], brand: ['Ljus'], color: ['Red'] } },
      { fields: { id: ['M'], item_group_id: ['G'] } },
    ]);
  });
});

describe('Shopify products.json', () => {
  it('makes a row of each variant', async () => {
    const product = {
      handle: 'rug',
      title: 'Rug',
      vendor: 'Ull',
      tags: 'a, b',
      published_at: '2024-01-01',
      options: [{ name: 'Colour' }],
      images: [
        { id: 5, src: 'https://x.example/5.jpg' },
        { id: 6, src: 'https://x.example/6.jpg' },
      ],
      variants: [
        {
          sku: null,
          option1: 'Red',
          price: '5.00',
          image_id: 6,
          inventory_management: 'shopify',
          inventory_quantity: 0,
          inventory_policy: 'deny',
        },
        { sku: 'R-2', option1: 'Blue', price: '6.00', available: true },
      ],
    };
    expect(await json(product, { ...product, published_at: null })).toMatchObject([
      {
        fields: {
          id: ['rug-Red'],
          item_group_id: ['rug'],
          colour: ['Red'],
          availability: ['out_of_stock'],
          tags: ['a', 'b'],
          image_link: ['https://x.example/6.jpg'],
        },
      },
      { fields: { id: ['R-2'], availability: ['in_stock'] } },
      { sku: 'rug-Red', leftOut: 'not published' },
      { sku: 'R-2', leftOut: 'not published' },
    ]);
  });
});

describe('JSON of no particular shop', () => {
  it('takes objects apart', async () => {
    const rows = await json(
      {
        sku: 'A',
        name: 'Mug',
        brand: { id: 1, name: 'Ler' },
        images: [{ url: 'a.jpg' }, { src: 'b.jpg' }],
        categories: ['Home', 'Mugs'],
        price: { amount: '5', currency: 'EUR' },
        attributes: { Colour: 'Blue', Sizes: ['S', 'M'] },
        specs: [{ name: 'Weight', value: '300 g' }],
      },
      {
        sku: 'B',
        name: 'Jar',
        category: [
          { id: 1, name: 'Jars' },
          { id: 2, name: 'Sale' },
        ],
        price: 5,
        currency: 'EUR',
      },
    );
    expect(rows).toMatchObject([
      {
        fields: {
          id: ['A'],
          title: ['Mug'],
          brand: ['Ler'],
          additional_image_link: ['a.jpg', 'b.jpg'],
          price: ['5 EUR'],
          color: ['Blue'],
          sizes: ['S', 'M'],
          weight: ['300 g'],
        },
        category: ['Home', 'Mugs'],
      },
      { fields: { id: ['B'], product_type: ['Jars', 'Sale'], price: ['5'], price_currency: ['EUR'] } },
    ]);
  });
});
