import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type DemoProduct, demoProducts, writeDemoShop } from '../../demo/demo-shop.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { openEmbedder } from '../../src/embedding/open-embedder.ts';
import { cosineSimilarity, type Embedding } from '../../src/embedding-vector.ts';

/** Embeds 957 pictures: some ten seconds on two cores; the set-up has drawn them. */
const SLOW = 600_000;

let folder: string;
let feed: string;
let rows: Record<string, string>[];
let embedder: Embedder;
/** By product id; one for each picture. */
const vectors = new Map<string, Embedding[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lookgraph-demo-shop-'));
  await cp(inject('drawnPictures'), folder, { recursive: true });
  ({ feed } = await writeDemoShop({ folder }));
  rows = await readTsv(feed);
  embedder = await openEmbedder({ folder: fileURLToPath(new URL('../../models/lookgraph-mini', import.meta.url)) });
  for (const row of rows)
    vectors.set(row.id ?? '', await Promise.all(picturesOf(row).map((picture) => embedFile(picture))));
}, SLOW);

afterAll(async () => {
  await embedder?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('writeDemoShop', () => {
  it('writes a feed with a row for each product, and each picture that it names', async () => {
    expect(rows.map((row) => row.id)).toEqual(demoProducts().map((product) => product.id));
    const named = rows.flatMap(picturesOf);
    expect(named).toHaveLength(rows.length * 3);
    const there = await readdir(join(folder, 'pictures'));
    expect(new Set(named.map((name) => name.replace('pictures/', '')))).toEqual(new Set(there));
  });

  it('draws nothing a second time', async () => {
    const [first = ''] = rows.flatMap(picturesOf);
    const before = await stat(join(folder, first));
    const text = await readFile(feed, 'utf8');
    await writeDemoShop({ folder });
    expect((await stat(join(folder, first))).mtimeMs).toBe(before.mtimeMs);
    expect(await readFile(feed, 'utf8')).toBe(text);
  });
});

describe('the demo shop as the bundled model sees it', () => {
  it('has what was asked for in the first ten: article and colour right for 85 % over 50 queries', async () => {
    const scores: { query: string; found: number; there: number }[] = [];
    for (const [query, isAsked] of QUERIES) {
      const there = Math.min(10, demoProducts().filter(isAsked).length);
      expect(there, `products for "${query}"`).toBeGreaterThan(0);
      const found = rank(await embedder.embedText(query))
        .slice(0, 10)
        .filter(isAsked).length;
      scores.push({ query, found: Math.min(found, there), there });
    }
    const share = mean(scores.map(({ found, there }) => found / there));
    const missed = scores
      .filter(({ found, there }) => found < there)
      .map(({ query, found, there }) => `${query}: ${found} of ${there}`);
    console.log(
      `demo shop, ${scores.length} queries: ${(share * 100).toFixed(1)} % of what there is in ten; missed: ${missed.join('; ')}`,
    );
    expect(share).toBeGreaterThanOrEqual(0.85);
  });

  it('finds the product that a customer photographed: 40 % first, 70 % in ten', async () => {
    const photos = await readTsv(join(folder, 'customer-photos', 'queries.tsv'));
    expect(photos.length).toBeGreaterThanOrEqual(12);
    const ranks: number[] = [];
    for (const { image = '', id } of photos) {
      const ranking = rank(await embedFile(join('customer-photos', image)));
      ranks.push(ranking.findIndex((product) => product.id === id) + 1);
    }
    const within = (k: number) => ranks.filter((place) => place >= 1 && place <= k).length / ranks.length;
    console.log(`demo shop, ${photos.length} customer photos: ranks ${ranks.join(', ')}`);
    // Seen: 9 or 10, and 15 of 17. The photos are hard on purpose: another ground, another light, turned.
    expect(within(1)).toBeGreaterThanOrEqual(0.4);
    expect(within(10)).toBeGreaterThanOrEqual(0.7);
  });
});

/** Products by their nearest picture, nearest first. */
function rank(query: Embedding): DemoProduct[] {
  const nearest = (id: string) => Math.max(...(vectors.get(id) ?? []).map((vector) => cosineSimilarity(vector, query)));
  return demoProducts()
    .map((product) => ({ product, similarity: nearest(product.id) }))
    .sort((a, b) => b.similarity - a.similarity)
    .map(({ product }) => product);
}

async function embedFile(name: string): Promise<Embedding> {
  return embedder.embedImage(await readFile(join(folder, name)), { priority: 'import' });
}

function picturesOf(row: Record<string, string>): string[] {
  return [row.image_link ?? '', ...(row.additional_image_link ?? '').split(',')];
}

async function readTsv(path: string): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i], value])));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

type Asked = (product: DemoProduct) => boolean;

/** Of one of these categories (the last part of the path) and one of these colours, both separated by `|`. */
function a(categories: string, colors = '', also: Asked = () => true): Asked {
  const kinds = categories.split('|');
  const shades = colors === '' ? [] : colors.split('|');
  return (product) => {
    const kind = product.productType.split(' > ').at(-1) ?? '';
    return kinds.includes(kind) && (shades.length === 0 || shades.includes(product.color)) && also(product);
  };
}

const QUERIES: readonly (readonly [query: string, isAsked: Asked])[] = [
  ['black leather wallet', a('Wallets', 'Black')],
  ['brown wallet for men', a('Wallets', 'Brown|Tan')],
  ["navy blue men's polo t-shirt", a('Tshirts', 'Navy Blue', (product) => product.gender === 'male')],
  ['green t-shirt', a('Tshirts', 'Green')],
  ['red t-shirt for men', a('Tshirts', 'Red', (product) => product.gender === 'male')],
  ['blue checked shirt', a('Shirts', 'Blue', (product) => product.pattern === 'Checked')],
  ['white shirt', a('Shirts', 'White')],
  ['black leather jacket', a('Jackets', 'Black')],
  ['grey sweatshirt', a('Sweatshirts|Sweaters', 'Grey')],
  ['red dress', a('Dresses', 'Red')],
  ['black dress', a('Dresses', 'Black')],
  ['red saree', a('Sarees', 'Red')],
  ['green kurta', a('Kurtas', 'Green')],
  ['blue jeans', a('Jeans', 'Blue|Navy Blue')],
  ['black trousers', a('Trousers', 'Black')],
  ['black shorts', a('Shorts', 'Black')],
  ['pink skirt', a('Skirts', 'Pink')],
  ['white sneakers', a('Casual Shoes|Sports Shoes', 'White')],
  ['red high top sneakers', a('Casual Shoes', 'Red')],
  ['purple running shoes', a('Sports Shoes', 'Purple')],
  ['black formal shoes', a('Formal Shoes', 'Black')],
  ['brown leather boots', a('Boots', 'Brown|Tan')],
  ['red heels', a('Heels', 'Red')],
  ['black heels', a('Heels', 'Black')],
  ['blue flip flops', a('Flip Flops', 'Blue|Navy Blue')],
  ['red handbag', a('Handbags', 'Red')],
  ['brown handbag', a('Handbags', 'Brown|Tan')],
  ['black backpack', a('Backpacks', 'Black')],
  ['blue backpack', a('Backpacks', 'Blue|Navy Blue')],
  ['brown belt', a('Belts', 'Brown|Tan')],
  ['gold watch', a('Watches', 'Gold')],
  ['black watch', a('Watches', 'Black')],
  ['black sunglasses', a('Sunglasses', 'Black')],
  ['red cap', a('Caps', 'Red')],
  ['purple tie', a('Ties', 'Purple')],
  ['gold earrings', a('Earrings', 'Gold')],
  ['blue necklace', a('Necklace and Chains', 'Blue')],
  ['pink nail polish', a('Nail Polish', 'Pink|Magenta|Peach')],
  ['blue nail polish', a('Nail Polish', 'Blue')],
  ['red lipstick', a('Lipstick', 'Red|Maroon')],
  ['pink perfume', a('Perfume and Body Mist', 'Pink')],
  ['green apple', a('Apple', 'Green')],
  ['red apples', a('Apple', 'Red')],
  ['yellow lemon', a('Lemon')],
  ['orange', a('Orange')],
  ['banana', a('Banana')],
  ['ripe tomato', a('Tomato')],
  ['red bell pepper', a('Bell Pepper', 'Red')],
  ['carrots', a('Carrots')],
  ['orange juice', a('Juice', '', (product) => product.title.includes('Orange'))],
];
