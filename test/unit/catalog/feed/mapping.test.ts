import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMapping } from '../../../../src/catalog/feed/mapping.ts';
import { openFeed } from '../../../../src/catalog/feed/open-feed.ts';
import { readVariantRows } from '../../../../src/catalog/feed/read-variant-rows.ts';
import type { VariantRow } from '../../../../src/catalog/product-input.ts';
import { AppError } from '../../../../src/errors.ts';

const CASES = path.resolve(import.meta.dirname, '../../../fixtures/feeds/cases');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lookgraph-mapping-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(file: string, mapping: Record<string, string | null>): Promise<VariantRow[]> {
  const options = { currency: 'EUR', mapping: parseMapping(JSON.stringify(mapping), 'map.json') };
  const products: VariantRow[] = [];
  for await (const row of readVariantRows(await openFeed(file), async (url) => ({ kind: 'url', url }), options)) {
    if ('row' in row) products.push(row.row);
  }
  return products;
}

async function readText(text: string, mapping: Record<string, string | null>): Promise<VariantRow[]> {
  const file = path.join(folder, 'feed');
  await writeFile(file, text);
  return read(file, mapping);
}

function refusal(text: string): string {
  try {
    parseMapping(text, 'map.json');
  } catch (error) {
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return error.message;
    throw error;
  }
  return 'none';
}

describe('a mapping', () => {
  it('makes a product of columns that nobody knows', async () => {
    const products = await readText('Teil;Bezeichnung;Netto;Ton;Notiz\nA1;Rotes Hemd;12,90 €;Rot;intern\n', {
      Teil: 'id',
      Bezeichnung: 'title',
      netto: 'price',
      Ton: 'attributes.color',
      Notiz: null,
    });
    expect(products).toMatchObject([
      { sku: 'A1', title: 'Rotes Hemd', price: { amount: '12.90', currency: 'EUR' }, attributes: { color: ['Rot'] } },
    ]);
    expect(Object.keys(products[0]?.attributes ?? {})).toEqual(['color']);
  });

  it('goes before what a dialect makes of a column', async () => {
    const products = await readText('id,title,name,brand,category\n1,Long title,Short,Acme,A > B\n', {
      title: 'description',
      Name: 'title',
      brand: 'attributes.maker',
    });
    expect(products).toMatchObject([
      { title: 'Short', description: 'Long title', brand: null, category: ['A', 'B'], attributes: { maker: ['Acme'] } },
    ]);
  });

  it.each([
    [
      'shopify-export.csv',
      { 'Variant SKU': 'gtin', Type: 'attributes.kind', 'Variant Grams': 'attributes.grams' },
      'handle-less id',
    ],
    ['shopify-products.json', { vendor: 'attributes.house', product_type: null }],
    ['woocommerce-export.csv', { Categories: 'attributes.shelf', Name: 'title' }],
    ['magento2-export.csv', { categories: 'product_type', name: 'title' }],
    ['prestashop-import.csv', { 'Short description': 'description' }],
    ['wix-export.csv', { brand: 'attributes.house' }],
    ['yandex-market.yml', { vendor: 'attributes.house', цвет: 'attributes.color' }],
    ['heureka.xml', { PRODUCT: 'title', barva: 'attributes.color' }],
    ['schema-org-itemlist.json', { category: 'attributes.shelf' }],
    ['google-merchant-api.json', { color: 'attributes.shade', brand: null }],
  ] as [string, Record<string, string | null>][])('is kept by the dialect of %s', async (file, mapping) => {
    const plain = await read(path.join(CASES, file), { nothing: null }).catch(() => undefined);
    const mapped = await read(path.join(CASES, file), mapping);
    expect(mapped.length).toBeGreaterThan(1);
    if (plain) expect(mapped).toHaveLength(plain.length);
    const targets = Object.values(mapping);
    for (const target of targets.filter((each) => each?.startsWith('attributes.'))) {
      expect(mapped.some(({ attributes }) => (target ?? '').slice('attributes.'.length) in attributes)).toBe(true);
    }
    if (targets.includes('attributes.shelf')) expect(mapped.flatMap(({ category }) => category)).toEqual([]);
    if (targets.includes('attributes.house')) expect(mapped.map(({ brand }) => brand)).toEqual(mapped.map(() => null));
    expect(mapped.map(({ title }) => title)).not.toContain('');
  });

  it('leaves the rows of a dialect together whose column it maps', async () => {
    const [first] = await read(path.join(CASES, 'shopify-export.csv'), { Handle: 'attributes.page' });
    expect(first).toMatchObject({ sku: 'TIL-BL-S', groupId: 'tilda-mug', attributes: { page: ['tilda-mug'] } });
    const jackets = await read(path.join(CASES, 'heureka.xml'), { PRODUCT: 'title', barva: 'attributes.color' });
    expect(jackets[0]).toMatchObject({ title: 'Hrnek Ořech modrý + doprava zdarma', attributes: { color: ['modrá'] } });
    expect(jackets[0]?.attributes).not.toHaveProperty('barva');
  });

  it('puts several columns of pictures together', async () => {
    const [product] = await readText(
      'id,title,foto_a,foto_b\n1,Shirt,https://a.example/1.jpg,https://a.example/2.jpg\n',
      {
        foto_a: 'image_link',
        foto_b: 'image_link',
      },
    );
    expect(product?.images).toHaveLength(2);
  });

  it('is refused with all that is wrong with it', () => {
    expect(refusal('{"x": "id", "X": "gtin", "a": "tittle", "b": "color", "c": 3}')).toMatch(
      /^map\.json: X: expected each column once, found it again; expected for each column one of id, title, .* or null; found for "a" "tittle" \(did you mean title\?\), for "b" "color" \(did you mean attributes\.color\?\), for "c" 3$/,
    );
    expect(refusal('{"a": "attributes.title"}')).toMatch(/for "a" "attributes\.title" \(did you mean title\?\)$/);
    expect(refusal('[1]')).toMatch(/expected an object/);
    expect(refusal('{"a"')).toMatch(/expected JSON, found/);
    expect(refusal('{}')).toMatch(/at least one column/);
  });

  it('is refused for columns that a table does not have', async () => {
    await expect(readText('id,title\n1,Shirt\n', { Titel: 'title' })).rejects.toThrow(
      'map: expected columns of the feed, found "titel"; it has "id", "title"',
    );
  });
});
