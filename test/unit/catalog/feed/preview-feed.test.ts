import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../../src/catalog/feed/dialects/tell-dialect.ts';
import { withLocalFeed } from '../../../../src/catalog/feed/feed-source.ts';
import { parseMapping } from '../../../../src/catalog/feed/mapping.ts';
import { type FeedPreview, previewFeed } from '../../../../src/catalog/feed/preview-feed.ts';
import type { FeedOptions } from '../../../../src/catalog/feed/read-prices.ts';

const FEEDS = path.resolve(import.meta.dirname, '../../../fixtures/feeds');

function preview(file: string, options: FeedOptions = { currency: 'EUR' }): Promise<FeedPreview> {
  const fetchFeed = () => Promise.reject(new Error('expected a file'));
  return withLocalFeed({ path: path.join(FEEDS, file) }, fetchFeed, (feed) => previewFeed(feed, options));
}

/** What became of the columns that have values, those that are not read left out. */
function uses({ columns }: FeedPreview): Record<string, string> {
  const read = columns.filter(({ fields, decidesRows }) => fields.length > 0 || decidesRows);
  return Object.fromEntries(
    read.map(({ column, fields, decidesRows }) => [column, [...fields, ...(decidesRows ? ['rows'] : [])].join(' ')]),
  );
}

/** One feed at least of each dialect. */
const FIXTURES: readonly (readonly [file: string, dialect: string])[] = [
  ['cases/yandex-market.yml', 'Yandex Market YML'],
  ['cases/heureka.xml', 'Heureka or Zbozi.cz XML'],
  ['cases/zbozi.xml', 'Heureka or Zbozi.cz XML'],
  ['cases/google-rss.xml', 'Google Merchant (RSS or Atom)'],
  ['cases/google-atom.xml', 'Google Merchant (RSS or Atom)'],
  ['cases/schema-org-itemlist.json', 'schema.org JSON-LD'],
  ['cases/shopify-products.json', 'Shopify products.json'],
  ['cases/shopify-products.jsonl', 'Shopify products.json'],
  ['cases/google-merchant-api.json', 'Google Merchant API'],
  ['cases/shopify-export.csv', 'Shopify product export'],
  ['cases/shopify-export-2024.csv', 'Shopify product export'],
  ['cases/woocommerce-export.csv', 'WooCommerce product export'],
  ['cases/magento2-export.csv', 'Magento 2 product export'],
  ['cases/prestashop-import.csv', 'PrestaShop product file'],
  ['cases/wix-export.csv', 'Wix Stores export'],
  ['dialects/bigcommerce.csv', 'BigCommerce product export'],
  ['dialects/bigcommerce-2024.csv', 'BigCommerce product export'],
  ['cases/awin-datafeed.csv', 'Awin product data feed'],
  ['cases/google-ads-remarketing.csv', 'Google Ads dynamic remarketing'],
  ['cases/google-crlf.tsv', 'Columns with the usual names (Google Merchant, Meta and others)'],
  ['cases/meta-template.csv', 'Columns with the usual names (Google Merchant, Meta and others)'],
  ['cases/array-pretty.json', 'Columns with the usual names (Google Merchant, Meta and others)'],
  ['cases/big-ids.jsonl', 'Columns with the usual names (Google Merchant, Meta and others)'],
];

describe('a dry run', () => {
  it.each(FIXTURES)('tells the dialect of %s, and makes products of it', async (file, dialect) => {
    const { dialect: told, products, read, columns } = await preview(file);
    expect(told).toBe(dialect);
    expect(products.length).toBeGreaterThan(0);
    expect(read).toMatchObject({ refused: 0, isAll: true });
    const used = new Set(columns.flatMap(({ fields }) => fields));
    expect([...used]).toEqual(expect.arrayContaining(['id', 'title']));
  });

  it('has a feed of every dialect', () => {
    const told = new Set(FIXTURES.map(([, dialect]) => dialect));
    expect(DIALECTS.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
  });

  it('says what each column becomes, also where a program and no list of names reads it', async () => {
    expect(uses(await preview('cases/shopify-export.csv'))).toEqual({
      handle: 'item_group_id',
      title: 'title',
      'body_(html)': 'description',
      vendor: 'brand',
      type: 'product_type',
      tags: 'tags',
      published: 'rows',
      status: 'rows',
      option1_name: 'color',
      option1_value: 'color',
      option2_name: 'size',
      option2_value: 'size',
      variant_sku: 'id',
      variant_inventory_tracker: 'availability',
      variant_inventory_qty: 'availability',
      variant_inventory_policy: 'availability',
      variant_price: 'price',
      variant_compare_at_price: 'price_before',
      image_src: 'additional_image_link',
      variant_image: 'image_link',
    });
    expect(uses(await preview('cases/heureka.xml'))).toMatchObject({
      delivery_date: 'availability',
      param: 'barva objem',
    });
    expect(uses(await preview('cases/schema-org-itemlist.json'))).toMatchObject({
      '@type': 'rows',
      offers: 'price price_currency availability',
    });
  });

  it('reads both exports of BigCommerce', async () => {
    const older = await preview('dialects/bigcommerce.csv');
    expect(older.products).toMatchObject([
      {
        ...{ title: 'Tilda Mug', category: ['Kitchen', 'Mugs'], options: ['color'] },
        variants: [
          { sku: 'MUG-1-B', attributes: { color: ['Blue'] } },
          { sku: 'MUG-1-G', availability: 'OUT_OF_STOCK', price: { amount: '12.90' } },
        ],
      },
      {
        groupId: 'TRAY-1',
        variants: [{ sku: 'TRAY-1', price: { amount: '39.00', currency: 'EUR' }, availability: 'IN_STOCK' }],
      },
    ]);
    expect(older.read).toMatchObject({ products: 2, variants: 3, leftOut: 2 });
    const newer = await preview('dialects/bigcommerce-2024.csv');
    expect(newer.products.flatMap(({ variants }) => variants)).toMatchObject([
      {
        sku: 'MUG-1-B',
        images: [{ kind: 'url', url: 'https://cdn.shop.example/mug.jpg' }],
        attributes: { color: ['Blue'] },
      },
      { sku: 'TRAY-1', price: { amount: '29.00' } },
    ]);
  });

  it('says what a mapping makes of columns, and what goes wrong', async () => {
    const mapping = parseMapping(
      '{"Variant Grams": "attributes.grams", "Vendor": null, "Title": "attributes.name"}',
      'map',
    );
    const { columns, problems, read, products } = await preview('cases/shopify-export.csv', { mapping });
    expect(columns.find(({ column }) => column === 'vendor')).toMatchObject({ fields: [], decidesRows: false });
    expect(columns.find(({ column }) => column === 'variant_grams')).toMatchObject({ fields: ['grams'] });
    expect(products).toEqual([]);
    expect(read).toMatchObject({ products: 0, refused: 4 });
    expect(problems[0]).toEqual({ line: 2, sku: 'TIL-BL-S', reason: expect.stringMatching(/^title: expected/) });
  });
});
